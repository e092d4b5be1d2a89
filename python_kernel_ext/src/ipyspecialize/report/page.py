# SPDX-License-Identifier: BSD-3-Clause
"""A reading as a page of its own, and the index of several: one file each, no network.

In: readings. Out: HTML, everything escaped by the templates or by `views.marks`. What a page can
look like is in it from the start, so that it can be read without its script; the script chooses.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import jinja2
import markupsafe

from ipyspecialize.reading.columns import split_lines
from ipyspecialize.report.extents import NOTHING, Sized, allowed, sized
from ipyspecialize.report.listing import listing
from ipyspecialize.report.rows import columns, functions_of, total
from ipyspecialize.report.sheet import legend, name_pairs, sheet
from ipyspecialize.views.text import notes as notes_of
from ipyspecialize.views.text import summary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ipyspecialize.describe import Reading
    from ipyspecialize.report.rows import Row
    from ipyspecialize.report.stretches import Looks

#: How a page that we made is known again.
GENERATOR = "ipyspecialize"
_NOTHING = "nothing ran often enough to specialize"
#: Style sheets; the last one overrules the others.
_SHEETS = ("page.css", "tables.css", "source.css", "media.css")
#: Bytes that a row of the table of functions takes at least without its name, and one count in it.
_ROW, _CELL = 140, len("<td></td>")
#: Functions up to which their table is open at first, and that it has at most: what it takes is
#: taken from the source.
_FEW, _MOST = 12, 200


class Frame(NamedTuple):
    """What a page says of itself.

    title:  The file's name.
    above:  Address of the index; empty if there is none.
    """

    title: str
    above: str = ""


def page(reading: Reading, frame: Frame) -> str:
    """Return the page of one file, with as much as three times its source and 100 kB hold."""
    if reading.text is not None:
        most = allowed(reading.text)
        for some in sized(reading.speaking, reading.text, _shell(_listed(functions_of(reading)))):
            made = _page(reading, frame, some)
            if len(made.encode("utf-8", "replace")) <= most:
                return made
    return _page(reading, frame, Sized(NOTHING, []))


def index(rows: Sequence[Row], idle: Sequence[str], reading: Reading, notes: Sequence[str]) -> str:
    """Return the page that lists *rows*, what fails most first.

    idle:     Names of the targets of which nothing ran.
    reading:  Any of them: all have its interpreter and its look.
    """
    whole = total(rows)
    files = "1 file" if len(rows) == 1 else f"{len(rows)} files"
    said = f"{files}: {whole.share or 'none'} of the sites that were tried are specialized"
    return _render(
        "index.html.j2",
        reading,
        {},
        summary=said,
        notes=notes,
        states=columns(rows),
        files=sorted(rows, key=lambda row: row.worst_first),
        whole=whole,
        idle=idle,
    )


def _listed(functions: Sequence[Row]) -> Sequence[Row]:
    """Return those of *functions* that the table has, in their order."""
    if len(functions) <= _MOST:
        return functions
    worst = set(sorted(range(len(functions)), key=lambda row: functions[row].worst_first)[:_MOST])
    return [function for row, function in enumerate(functions) if row in worst]


def _shell(functions: Sequence[Row]) -> int:
    """Return how many bytes a page with this table has at least besides source and cards."""
    row = _ROW + len(columns(functions)) * _CELL
    files = (_script(), _style(), _file("page.html.j2"))
    return sum(map(len, files)) + sum(row + len(function.name) for function in functions)


def _page(reading: Reading, frame: Frame, some: Sized) -> str:
    shown, text, (extent, marks, cards) = reading.speaking, reading.text, some
    classes = name_pairs(mark.looks for mark in marks)
    functions = functions_of(reading)
    blocks = None
    if text is not None and extent.colours:
        lines = split_lines(text)
        if len(lines) > 1 and not lines[-1]:  # nothing is behind the end of the last line
            lines.pop()
        blocks = listing(lines, marks, classes, linked=extent.links)
    return _render(
        "page.html.j2",
        reading,
        classes,
        title=frame.title,
        above=frame.above,
        summary=summary(shown.sites, _NOTHING),
        notes=notes_of(shown),
        lacks=extent.lacks,
        legend=legend(classes),
        functions=functions,
        listed=_listed(functions),
        whole=total(functions),
        states=columns(functions),
        few=len(functions) <= _FEW,
        text=text if extent.source else None,
        why="too large for a page" if text is not None else "not to be had",
        blocks=blocks,
        linked=extent.links,
        fails=any(looks.is_failing for looks in classes),
        shows_all=any(looks.usual != looks.all for looks in classes),
        cards=_json(cards),
        kinds=_kinds(classes),
    )


def _kinds(classes: Mapping[Looks, str]) -> Mapping[str, str]:
    """Return lists of the classes that the script tells apart."""
    return {
        "failing": " ".join(name for looks, name in classes.items() if looks.is_failing),
        "bare": " ".join(name for looks, name in classes.items() if looks.usual is None),
        "never": " ".join(name for looks, name in classes.items() if looks.all is None),
    }


def _render(name: str, reading: Reading, classes: Mapping[Looks, str], **fields: Any) -> str:  # noqa: ANN401
    """Return a page with what all pages have; *fields* are the template's own."""
    script = _script()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return _template(name).render(
        generator=GENERATOR,
        mode=reading.label.mode,
        hue=reading.label.palette,
        python=reading.python,
        style=markupsafe.Markup(_style() + sheet(classes)),  # noqa: S704 - ours
        script=markupsafe.Markup(script),  # noqa: S704 - ours
        digest=digest,
        **fields,
    )


def _json(data: str) -> markupsafe.Markup:
    """Return JSON for an element in which nothing but its own end tag is markup."""
    return markupsafe.Markup(data.replace("<", "\\u003c"))  # noqa: S704 - and so it cannot end


@cache
def _script() -> str:
    """Return the script of a page: its modules one after the other, as one that imports nothing."""
    return "".join(
        re.sub(r"(?m)^import [^;]*;\n", "", _file(name)) for name in ("cards.js", "page.js")
    )


@cache
def _style() -> str:
    """Return the style sheet of a page, its lines joined."""
    return " ".join(" ".join(map(_file, _SHEETS)).split())


@cache
def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


@cache
def _template(name: str) -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
