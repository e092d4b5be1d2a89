# SPDX-License-Identifier: BSD-3-Clause
"""The whole flow on one screen: code objects, sites, states, spans, payload, views.

`describe` reads a cell, `inspect` reads live objects, `load` reads what was saved; each
gives a `Reading`, which shows itself as JSON, HTML and text. Nothing here changes what it
reads, and nothing but `load` opens a file.
"""

from __future__ import annotations

import json
import linecache
import os
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from ipyspecialize import payload as wire
from ipyspecialize.reading import Unit, codes_of, read, speakers
from ipyspecialize.reading.cautions import no_functions, no_text
from ipyspecialize.reading.codes import ACCEPTED
from ipyspecialize.reading.columns import FileSource
from ipyspecialize.reading.comparing import compare, shown
from ipyspecialize.records import WEIGHTS, Caution, Findings, Label
from ipyspecialize.views.html import html
from ipyspecialize.views.table import table
from ipyspecialize.views.text import text as words

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from types import CodeType

    from ipyspecialize.reading import History
    from ipyspecialize.reading.comparing import Shown
    from ipyspecialize.records import Before, Code, Elsewhere, Reason, Site


class Reading:
    """Everything known of a set of code objects at one moment.

    sites:     One for each instruction of an adaptive family, duplicates included.
    codes:     The code objects, outermost first.
    warnings:  What limits the picture, each with what to do about it.
    python:    Version of the interpreter that ran the code: ``3.11.7``.
    text:      The text the spans lie in; None where it is not known.
    label:     Cell, run and revision.
    lines:     The lines of the text that its code takes up, from 1; None: all of them.
    reduced:   Each of its sites speaks for its copies already, as in a payload.
    """

    def __init__(
        self,
        findings: Findings,
        text: str | None,
        label: Label,
        lines: range | None = None,
        *,
        reduced: bool = False,
    ) -> None:
        self.findings = findings
        self.text = text
        self.label = label
        self.lines = lines
        self._reduced = reduced

    @property
    def sites(self) -> tuple[Site, ...]:
        """Sites of every code object, by code object and offset."""
        return self.findings.sites

    @property
    def codes(self) -> tuple[Code, ...]:
        """Code objects, each before those inside it."""
        return self.findings.codes

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """What limits the picture."""
        return self.findings.warnings

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why sites of each kind would fail; `Site.reason` has the id of one."""
        return self.findings.reasons

    @property
    def python(self) -> str:
        """Version of the interpreter that ran the code."""
        return self.findings.python

    def to_payload(self, *, raw: bool = False) -> wire.Payload:
        """Return this reading as payload version 1 (``payload/PAYLOAD.md``).

        raw:  Send each site's first cache word too.
        """
        return wire.build(self.speaking, self.label, self.text or "", raw=raw)

    def listed(self) -> wire.Payload:
        """Return the payload with the instructions, however many they are, to be looked at once.

        Without them all the same where they were not listed, or take more than 1.5 MB.
        """
        return wire.build(self.speaking, self.label, self.text or "", most_listed=wire.MOST_ASKED)

    def bundle(self) -> dict[str, Any]:
        """Return the MIME bundle of one output: payload, static HTML, plain text."""
        speaking = self.speaking
        bundle: dict[str, Any] = {
            wire.MIME: wire.build(speaking, self.label, self.text or ""),
            "text/plain": words(speaking),
        }
        if self.text is not None:
            bundle["text/html"] = self.html()
        return bundle

    def html(self) -> str | None:
        """Return the text, coloured, as a fragment of HTML; None where it is not known."""
        if self.text is None:
            return None
        return html(self.speaking, self.text, self.label, self.lines)

    def compared(self, then: Shown) -> Before | None:
        """Return how its spans were *then*; None if nothing can be compared."""
        spans = {site.span for site in self.sites if site.span is not None}
        return compare(then, self.text or "", spans)

    def since(self, before: Before) -> Reading:
        """Return this reading with what is known of an earlier run of the cell."""
        found = replace(self.findings, before=before)
        return Reading(found, self.text, self.label, self.lines, reduced=self._reduced)

    def shown(self) -> Shown:
        """Return what the next run of the cell can be compared with."""
        return shown(self.speaking, self.text or "", self.label.execution_count)

    def picture(self) -> frozenset[Hashable]:
        """Return what a reader would paint: equal pictures need no update."""
        return frozenset(
            (site.code_index, site.offset, site.form, site.state)
            for site in self.speaking.sites
            if site.state in WEIGHTS
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the views for IPython's display, and the payload if this is of a cell.

        JupyterLab paints a payload onto its cell and shows a legend in its place: of a reading
        without a cell nothing would be seen but that line.
        """
        del include, exclude  # IPython filters what it did not ask for
        bundle = self.bundle()
        if self.label.cell_id is None:
            del bundle[wire.MIME]
        return bundle

    def __str__(self) -> str:
        return table(self.findings, self.text)

    def __repr__(self) -> str:
        return f"<Reading of {self.label.id}: {len(self.sites)} sites, Python {self.python}>"

    @cached_property
    def speaking(self) -> Findings:
        """Findings with each duplicated site reduced to the copy that speaks: what views show."""
        if self._reduced:
            return self.findings
        return replace(self.findings, sites=speakers(self.findings.sites))


class Known(NamedTuple):
    """What a caller knows of some code objects besides their bytes.

    cautions:   What limits the picture.
    elsewhere:  Functions of other cells that changed while this one ran.
    history:    Of earlier readings of the same code objects; the new one is added to it.
    assume:     Version whose rules are to be taken; None: the running one's.
    listed:     List the instructions, too, if there are no more than this; by default never.
    """

    cautions: Sequence[Caution] = ()
    elsewhere: Sequence[Elsewhere] = ()
    history: History | None = None
    assume: tuple[int, int] | None = None
    listed: int = -1


def describe(
    units: Sequence[Unit],
    text: str | None,
    label: Label,
    known: Known | None = None,
    *,
    nested: bool = True,
) -> Reading:
    """Return what the adaptive interpreter left in *units* by now.

    units:     Top-level code objects with the source they were compiled from.
    text:      The text that is shown: the raw cell, the whole file, or None.
    known:     What the caller knows besides; None: nothing.
    nested:    Read the functions and classes inside, too.
    """
    cautions, elsewhere, history, assume, listed = known or Known()
    found = read(units, nested=nested, history=history, assume=assume, most_listed=listed)
    warnings = (*cautions, *found.warnings)
    return Reading(replace(found, warnings=warnings, elsewhere=tuple(elsewhere)), text, label)


def inspect(
    *objects: object,
    source: str | None = None,
    nested: bool = True,
    assume: tuple[int, int] | None = None,
) -> Reading:
    """Return what the adaptive interpreter has made of live *objects* by now.

    objects:  Functions, methods, classes, generators, coroutines, modules or code objects.
    source:   The text they were compiled from, its first line being line 1. By default the
              file they came from, as `linecache` knows it (it knows notebook cells, too).
    nested:   Read the functions and classes inside, too.
    assume:   Read by the rules of this version, ``(3, 15)``, instead of the running one's: for
              work on a CPython that is newer than the newest rules.

    Raises `TypeError` for an object without code and where there is no object at all, naming what
    is accepted, and `ValueError` for an assumed version older than the oldest rules.
    """
    if not objects:
        msg = f"there is nothing to read. Pass {ACCEPTED}."
        raise TypeError(msg)
    found = [list(codes_of(thing)) for thing in objects]
    codes = [code for inside in found for code in inside]
    texts = {code.co_filename: source or _text_of(code) for code in codes}
    sources = {name: FileSource(text) for name, text in texts.items() if text}
    units = [Unit(code, sources.get(code.co_filename), doubted=True) for code in codes]
    cautions = [
        *no_text(sorted(name for name, text in texts.items() if not text)),
        *no_functions([thing for thing, inside in zip(objects, found, strict=True) if not inside]),
    ]
    shown = {text for text in texts.values() if text}
    text = shown.pop() if len(shown) == 1 else None
    shown_codes = [code for code in codes if texts[code.co_filename]]
    lines = _lines_of(shown_codes) if text is not None else None
    name = os.urandom(8).hex()  # no kernel, no cell: each reading is a session of its own
    label = Label(id=f"specialize:{name}", session=name)
    reading = describe(units, text, label, Known(cautions, assume=assume), nested=nested)
    return Reading(reading.findings, text, label, lines)


@overload
def load(saved: str | os.PathLike[str]) -> list[Reading]: ...
@overload
def load(saved: Mapping[str, Any]) -> Reading: ...
def load(saved: str | os.PathLike[str] | Mapping[str, Any]) -> list[Reading] | Reading:
    """Return the readings of a saved notebook, or the one of a bundle or payload.

    saved:  Path of an ``.ipynb`` file: a list with one `Reading` for each annotated cell.
            A payload, or a MIME bundle that holds one: its `Reading`.

    A cell whose payload cannot be read gives an empty `Reading` whose warning says why.
    Raises `payload.PayloadError` if a bundle or payload cannot be read or the file is not a
    notebook, `OSError` if the file cannot be opened.
    """
    if isinstance(saved, (str, os.PathLike)):
        return _load_notebook(Path(saved))
    findings, label = wire.parse(saved.get(wire.MIME, saved))
    return Reading(findings, None, label, reduced=True)


def _load_notebook(path: Path) -> list[Reading]:
    try:
        notebook = json.loads(path.read_text("utf-8"))
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        return [
            _load_cell(cell, output["data"][wire.MIME])
            for cell in cells
            for output in cell["outputs"]
            if wire.MIME in output.get("data", ())
        ]
    except (KeyError, TypeError, ValueError) as error:
        msg = (
            f"{path} is not a notebook of format 4 ({error!r}): open it in JupyterLab and save "
            "it again."
        )
        raise wire.PayloadError(msg) from error


def _load_cell(cell: Mapping[str, Any], saved: object) -> Reading:
    text = "".join(cell["source"])
    try:
        findings, label = wire.parse(saved)
    except wire.PayloadError as error:
        label = Label("specialize:unreadable", session="0" * 16, cell_id=cell.get("id"))
        return Reading(
            Findings("0.0.0", warnings=(Caution("unreadable", str(error)),)), text, label
        )
    if isinstance(saved, dict) and saved["source"] == wire.checksum(text):
        return Reading(findings, text, label, reduced=True)
    edited = Caution(
        "edited", "The cell was edited after this run: the spans belong to the older text."
    )
    noted = replace(findings, warnings=(*findings.warnings, edited))
    return Reading(noted, None, label, reduced=True)


def _lines_of(codes: Sequence[CodeType]) -> range:
    """Return the lines from the first to the last of *codes*."""
    ends = [end for code in codes for _, end, _, _ in code.co_positions() if end is not None]
    first = min(max(code.co_firstlineno, 1) for code in codes)
    return range(first, max([first, *ends]) + 1)


def _text_of(code: CodeType) -> str:
    linecache.checkcache(code.co_filename)  # the file may have been edited and imported again
    return "".join(linecache.getlines(code.co_filename))
