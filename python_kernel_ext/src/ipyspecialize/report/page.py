# SPDX-License-Identifier: BSD-3-Clause
"""A reading as a page of its own, and the index of several: one file each, no network.

In: readings. Out: HTML, everything escaped by the templates or by `views.marks`. Both themes are
in each page; the reader's preference chooses, unless the page was asked to begin dark.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import jinja2
import markupsafe

from ipyspecialize.reading.columns import split_lines
from ipyspecialize.records import WEIGHTS
from ipyspecialize.views.blend import GREENEST, blend
from ipyspecialize.views.marks import LEGEND, Look, by_line, look_of, marked, name_looks, paint
from ipyspecialize.views.text import notes as notes_of
from ipyspecialize.views.text import summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ipyspecialize.describe import Reading
    from ipyspecialize.records import Site, State
    from ipyspecialize.views.blend import Run

#: How a page that we made is known again.
GENERATOR = "ipyspecialize"
#: States that have a column of their own where a site is in them, what fails first.
_COLUMNS: tuple[State, ...] = ("failed", "deoptimized", "missing", "general")
_NOTHING = "nothing ran often enough to specialize"
#: A page may hold its source this often, and this much besides.
_TIMES, _BESIDES = 3, 100_000


class Row(NamedTuple):
    """What a table says of one function or file.

    name:       Of the function, or path of the file below the common root.
    line:       First line from 1; None for a file, or where it is not known.
    href:       Of its page; empty for a function.
    functions:  Code objects with painted sites; 1 for a function.
    states:     Sites by state.
    """

    name: str
    line: int | None
    href: str
    functions: int
    states: Mapping[State, int]

    @property
    def share(self) -> str:
        """Specialized of painted sites: ``66 %``; empty if none is painted."""
        painted = sum(self.states.get(state, 0) for state in WEIGHTS)
        fast = self.states.get("specialized", 0)
        return f"{100 * fast // painted} %" if painted else ""

    def counts(self, states: Sequence[State]) -> list[int]:
        """Return the number of sites in each of *states*."""
        return [self.states.get(state, 0) for state in states]


class Frame(NamedTuple):
    """What a page says of itself.

    title:  The file's name.
    above:  Address of the index; empty if there is none.
    """

    title: str
    above: str = ""


def page(reading: Reading, frame: Frame) -> str:
    """Return the page of one file.

    Where it would be longer than three times its source and 100 kB, stretches in which everything
    is specialized are left plain; then its line numbers are no links; then it is plain text.
    """
    text = reading.text
    runs = [] if text is None else blend(reading.findings, text)
    allowed = _TIMES * len((text or "").encode("utf-8", "replace")) + _BESIDES
    red = [run for run in runs if run.level < GREENEST]
    made = ""
    for painted, linked in ((runs, True), (red, True), (red, False), ([], False)):
        made = _page(reading, frame, painted, linked=linked)
        if len(made.encode("utf-8", "replace")) <= allowed:
            break
    return made


def index(rows: Sequence[Row], idle: Sequence[str], reading: Reading, notes: Sequence[str]) -> str:
    """Return the page that lists *rows*, what fails most first.

    idle:     Names of the targets of which nothing ran.
    reading:  Any of them: all have its interpreter and its look.
    """
    totals: Counter[State] = Counter()
    for row in rows:
        totals.update(row.states)
    whole = Row("", None, "", 0, totals)
    files = "1 file" if len(rows) == 1 else f"{len(rows)} files"
    said = f"{files}, {whole.share or 'none'} of the sites that were tried specialized"
    return _template("index.html.j2").render(
        mode=reading.label.mode,
        generator=GENERATOR,
        style=_style({}, "green"),
        summary=said,
        python=reading.python,
        notes=notes,
        states=_used(rows),
        files=sorted(rows, key=lambda row: (-row.states.get("failed", 0), row.name)),
        idle=idle,
    )


def row_of(reading: Reading, name: str, href: str) -> Row:
    """Return what the index says of one file."""
    functions = {site.code_index for site in reading.sites if site.state in WEIGHTS}
    return Row(name, None, href, len(functions), Counter(site.state for site in reading.sites))


def _page(reading: Reading, frame: Frame, runs: Sequence[Run], *, linked: bool) -> str:
    hue = reading.label.palette or "green"
    classes, on_line = name_looks(runs), by_line(runs)
    lines = None if reading.text is None else split_lines(reading.text)
    functions = list(_functions(reading))
    listing = None
    if lines is not None:
        listing = [
            markupsafe.Markup(marked(line, on_line.get(number, ()), classes))  # noqa: S704 - escaped
            for number, line in enumerate(lines, 1)
        ]
    return _template("page.html.j2").render(
        mode=reading.label.mode,
        generator=GENERATOR,
        title=frame.title,
        above=frame.above,
        style=_style(classes, hue),
        summary=summary(reading.sites, _NOTHING),
        python=reading.python,
        notes=notes_of(reading.findings),
        legend=_legend(runs, classes),
        functions=functions,
        states=_used(functions),
        lines=listing,
        linked=linked,
    )


def _functions(reading: Reading) -> Iterable[Row]:
    """Yield a row for each code object with painted sites, in the order of the file."""
    by_code: dict[int, list[Site]] = {}
    for site in reading.sites:
        by_code.setdefault(site.code_index, []).append(site)
    for number, code in enumerate(reading.codes):
        states = Counter(site.state for site in by_code.get(number, ()))
        if any(states[state] for state in WEIGHTS):
            yield Row(code.name, code.line, "", 1, states)


def _used(rows: Sequence[Row]) -> list[State]:
    return [state for state in _COLUMNS if any(row.states.get(state) for row in rows)]


def _legend(runs: Sequence[Run], classes: Mapping[Look, str]) -> list[tuple[str, str]]:
    """Return a class and its meaning for each line style in use, the richest of each."""
    looks: dict[str, Look] = {}
    for look in {look_of(run) for run in runs}:
        here = looks.setdefault(look.style, look)
        # Solid is greenest, wavy reddest: what the words describe.
        key = look.level if look.style != "wavy" else GREENEST - look.level
        best = here.level if here.style != "wavy" else GREENEST - here.level
        if (key, look.strength) > (best, here.strength):
            looks[look.style] = look
    return [(classes[looks[style]], meaning) for style, meaning in LEGEND if style in looks]


def _style(classes: Mapping[Look, str], hue: str) -> markupsafe.Markup:
    """Return the style sheet; browsers without ``light-dark`` keep the light colours."""
    rules = []
    for look, name in classes.items():
        light, dark = (paint(look, theme, hue) for theme in ("light", "dark"))
        color = f"light-dark({_color(light.line)},{_color(dark.line)})"
        rules.append(
            f".{name}{{background:{light.background};"
            f"background:light-dark({light.background},{dark.background});"
            f"text-decoration:{light.line};text-decoration-color:{color}}}"
        )
    return markupsafe.Markup(_file("page.css") + "".join(rules))  # noqa: S704 - ours throughout


def _color(line: str) -> str:
    return line.split()[2]


@cache
def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


@cache
def _template(name: str) -> jinja2.Template:
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=False
    )
    return environment.get_template(name)
