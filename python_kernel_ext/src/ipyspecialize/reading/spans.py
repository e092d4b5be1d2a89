# SPDX-License-Identifier: BSD-3-Clause
"""Extents of compiled text in, spans of the shown text out; and what lies on them.

Also here: how many neutral instructions lie on a span, and which copy of a duplicated site
speaks for it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ipyspecialize.records import STATES, Site, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ipyspecialize.reading.columns import Source
    from ipyspecialize.reading.narrowing import Extent


def span_of(extent: Extent | None, source: Source) -> Span | None:
    """Return *extent* in the shown text; None where it is empty or not part of it."""
    if extent is None:
        return None
    start = source.point(extent.line, extent.column)
    end = source.point(extent.end_line, extent.end_column)
    return Span(*start, *end) if start is not None and end is not None and start < end else None


def count_neutral(neutral: Iterable[Span], sites: Iterable[Span]) -> dict[Span, int]:
    """Return how many of *neutral* lie on each span of *sites* and on no smaller one."""
    counts: dict[Span, int] = {}
    on_span = Counter(neutral)
    # Of two rows alike the site's comes first, and an enclosing span before what it holds.
    rows = sorted(
        [(span.outermost_first, 0, span) for span in set(sites)]
        + [(span.outermost_first, count, span) for span, count in on_span.items()]
    )
    open_spans: list[Span] = []
    for _, count, span in rows:
        while open_spans and _end(open_spans[-1]) <= (span.line, span.column):
            open_spans.pop()
        if not count:
            open_spans.append(span)
            continue
        holder = next((s for s in reversed(open_spans) if _end(s) >= _end(span)), None)
        if holder is not None:
            counts[holder] = counts.get(holder, 0) + count
    return counts


def speakers(sites: Sequence[Site]) -> tuple[Site, ...]:
    """Return *sites* with the copies of one site reduced to the one that speaks for its span.

    The compiler writes a loop's test twice and a ``finally`` body three times; the copy that
    never ran must not hide the one that did. Copies share code object, span, opcode, argument.
    """
    chosen: dict[tuple[object, ...], Site] = {}
    for index, site in enumerate(sites):
        family = "CALL" if site.opname == "PRECALL" else site.opname
        place: object = index if site.span is None else site.span
        key = (site.code_index, place, family, site.arg)
        other = chosen.get(key)
        if other is None or STATES.index(site.state) < STATES.index(other.state):
            chosen[key] = site
    return tuple(chosen.values())


def _end(span: Span) -> tuple[int, int]:
    return span.end_line, span.end_column
