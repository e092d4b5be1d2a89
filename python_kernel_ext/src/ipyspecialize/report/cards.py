# SPDX-License-Identifier: BSD-3-Clause
"""What the cards of a page say, as the data that its script reads.

In: findings, and the stretches that the page marks. Out: JSON without markup, columns as on the
wire (``payload/PAYLOAD.md``), for the spans that some mark lies in.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from ipyspecialize.views.blend import LOUDEST
from ipyspecialize.views.marks import GLYPHS
from ipyspecialize.views.words import detail_words, opcode_words, verdict_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ipyspecialize.records import Findings, Site, Span
    from ipyspecialize.report.stretches import Stretch


def cards(findings: Findings, marks: Sequence[Stretch]) -> str:
    """Return the data of the cards as JSON.

    Its fields: ``texts``, and columns of numbers in strings. ``line`` (minus that of the row
    before), ``column``, ``lines`` (last minus first), ``end`` (end column), ``says`` (verdicts,
    loudest first, joined by points) are of the spans, outermost first. ``verdicts`` are lists of
    rows of ``texts``: the sentence, then the details.
    """
    by_span: dict[Span, list[Site]] = {}
    for site in findings.sites:
        if site.span is not None:
            by_span.setdefault(site.span, []).append(site)
    spans = _below(marks, sorted(by_span, key=lambda span: span.outermost_first))
    texts: dict[str, int] = {}
    verdicts: dict[tuple[int, ...], int] = {}

    def number_of(site: Site) -> int:
        lines = _lines_of(site, findings.python)
        rows = tuple(texts.setdefault(line, len(texts)) for line in lines)
        return verdicts.setdefault(rows, len(verdicts))

    says = [
        ".".join(str(number_of(site)) for site in sorted(by_span[span], key=_loudness))
        for span in spans
    ]
    data = {
        "line": _joined(b - a for a, b in pairwise([0, *(span.line for span in spans)])),
        "column": _joined(span.column for span in spans),
        "lines": _joined(span.end_line - span.line for span in spans),
        "end": _joined(span.end_column for span in spans),
        "says": ",".join(says),
        "verdicts": list(verdicts),
        "texts": list(texts),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _below(marks: Sequence[Stretch], spans: Iterable[Span]) -> list[Span]:
    """Return those of *spans* that one of *marks* lies in."""
    ends = [(mark.line, mark.end_column) for mark in marks]
    found: list[Span] = []
    for span in spans:
        first = bisect_right(ends, (span.line, span.column))
        if first < len(marks):
            mark = marks[first]
            if (mark.line, mark.column) < (span.end_line, span.end_column):
                found.append(span)
    return found


def _lines_of(site: Site, python: str) -> list[str]:
    said = f"{GLYPHS[site.state]} {verdict_words(site, python)}"
    return [said, opcode_words(site), *detail_words(site)]


def _loudness(site: Site) -> int:
    return LOUDEST.index(site.state)


def _joined(numbers: Iterable[int]) -> str:
    """Return a column; zeros are left out."""
    return ",".join(str(number) if number else "" for number in numbers)
