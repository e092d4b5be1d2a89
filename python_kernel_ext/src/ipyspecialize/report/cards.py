# SPDX-License-Identifier: BSD-3-Clause
"""What the cards of a page say, as the data that its script reads.

In: spans with their sites, and the stretches that the page marks. Out: JSON without markup,
columns as on the wire (``payload/PAYLOAD.md``), for the spans that some mark lies in.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

from ipyspecialize.views.blend import LOUDEST
from ipyspecialize.views.marks import GLYPHS
from ipyspecialize.views.words import detail_words, opcode_words, verdict_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ipyspecialize.records import Findings, Site, Span
    from ipyspecialize.report.stretches import Stretch


def cards(
    answered: Sequence[tuple[Span, Sequence[Site]]], findings: Findings, marks: Sequence[Stretch]
) -> str:
    """Return the data of the cards as JSON.

    answered:  Spans with their sites, as from `blend.by_span`.
    findings:  Those that the sites are of.

    Its fields: ``texts``, and columns of numbers in strings. ``line`` (minus that of the row
    before), ``column``, ``end`` (width, or end column on another line), ``says`` (verdicts, loudest
    first, joined by points) are of the spans, outermost first. ``lines`` are pairs: the row of a
    span over several lines, and its last minus its first line. ``verdicts`` are lists of rows of
    ``texts``: the sentence, then the details. ``whys`` are the same for the reason and the fix of
    each verdict.
    """
    told = _below(marks, answered)
    said = _Said(findings)
    spans = [span for span, _ in told]
    data = {
        "line": _joined(b - a for a, b in pairwise([0, *(span.line for span in spans)])),
        "column": _joined(span.column for span in spans),
        "lines": ",".join(
            f"{row},{span.end_line - span.line}"
            for row, span in enumerate(spans)
            if span.line < span.end_line
        ),
        "end": _joined(
            span.end_column - span.column * (span.line == span.end_line) for span in spans
        ),
        "says": ",".join([said.of(sites) for _, sites in told]),
        "verdicts": [told for told, _ in said.verdicts],
        "whys": [why for _, why in said.verdicts],
        "texts": list(said.texts),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


class _Said:
    """What is said of sites, each verdict and each text once.

    texts:     Their rows.
    verdicts:  Rows of texts, those of the reason apart, and the rows of these pairs.
    """

    def __init__(self, findings: Findings) -> None:
        self.texts: dict[str, int] = {}
        self.verdicts: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
        self._python = findings.python
        self._reasons = {reason.id: reason for reason in findings.reasons}
        self._numbers: dict[tuple[object, ...], str] = {}

    def of(self, sites: Sequence[Site]) -> str:
        """Return the numbers of the verdicts on the *sites* of one span."""
        if len(sites) == 1:
            return self._number_of(sites[0])
        return ".".join([self._number_of(site) for site in sorted(sites, key=_loudness)])

    def _number_of(self, site: Site) -> str:
        key = site.verdict
        if (number := self._numbers.get(key)) is None:
            rows = self._rows(_lines_of(site, self._python)), self._rows(self._why(site))
            number = str(self.verdicts.setdefault(rows, len(self.verdicts)))
            self._numbers[key] = number
        return number

    def _rows(self, lines: Iterable[str]) -> tuple[int, ...]:
        return tuple([self.texts.setdefault(line, len(self.texts)) for line in lines])

    def _why(self, site: Site) -> list[str]:
        reason = self._reasons.get(site.reason) if site.reason is not None else None
        return [] if reason is None else [text for text in (reason.text, reason.fix) if text]


def _below(
    marks: Sequence[Stretch], answered: Iterable[tuple[Span, Sequence[Site]]]
) -> list[tuple[Span, Sequence[Site]]]:
    """Return those of the *answered* spans that one of *marks* lies in."""
    found: list[tuple[Span, Sequence[Site]]] = []
    at = 0
    for entry in answered:
        span = entry[0]
        start = span.line, span.column
        # Spans come by their start: what ends before one of them does so before the next ones.
        while at < len(marks) and (marks[at].line, marks[at].end_column) <= start:
            at += 1
        if at == len(marks):
            break
        if (marks[at].line, marks[at].column) < (span.end_line, span.end_column):
            found.append(entry)
    return found


def _lines_of(site: Site, python: str) -> list[str]:
    said = f"{GLYPHS[site.state]} {verdict_words(site, python)}"
    return [said, opcode_words(site), *detail_words(site)]


def _loudness(site: Site) -> int:
    return LOUDEST.index(site.state)


def _joined(numbers: Iterable[int]) -> str:
    """Return a column; zeros are left out."""
    return ",".join(str(number) if number else "" for number in numbers)
