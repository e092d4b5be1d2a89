# SPDX-License-Identifier: BSD-3-Clause
"""The whole flow on one screen: code objects, sites, states, spans, payload, views.

In: code objects and what is known of them. Out: a `Reading`, which shows itself as JSON, HTML
and text.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ipyspecialize import payload as wire
from ipyspecialize.reading import read, speakers
from ipyspecialize.reading.comparing import compare, shown
from ipyspecialize.records import WEIGHTS
from ipyspecialize.views.html import html
from ipyspecialize.views.table import table
from ipyspecialize.views.text import text as words

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from ipyspecialize.reading import History, Unit
    from ipyspecialize.reading.comparing import Shown
    from ipyspecialize.records import (
        Before,
        Caution,
        Code,
        Elsewhere,
        Findings,
        Label,
        Reason,
        Site,
    )


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
        found = self.findings._replace(before=before)
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
        return self.findings._replace(sites=speakers(self.findings.sites))


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
    return Reading(found._replace(warnings=warnings, elsewhere=tuple(elsewhere)), text, label)
