# SPDX-License-Identifier: BSD-3-Clause
"""Extents of compiled text in, spans of the shown text out; and what lies on them.

Also here: how many neutral instructions lie on a span, and which copy of a duplicated site
speaks for it.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING

from ipyspecialize.reading.narrowing import extent_of
from ipyspecialize.records import STATES, Site, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ipyspecialize.reading.columns import Source
    from ipyspecialize.reading.narrowing import Extent
    from ipyspecialize.reading.sites import Position

#: From the tuple of its fields: calling the class takes twice as long, and there are many.
_new: Callable[[tuple[int, int, int, int]], Span] = partial(tuple.__new__, Span)


def span_of(extent: Extent | None, source: Source) -> Span | None:
    """Return *extent* in the shown text; None where it is empty or not part of it."""
    if extent is None:
        return None
    line, column, end_line, end_column = extent
    start, end = source.point(line, column), source.point(end_line, end_column)
    return Span(*start, *end) if start is not None and end is not None and start < end else None


def span_at(position: Position, source: Source) -> Span | None:
    """Return all of *position* in the shown text; None where it is empty or not part of it."""
    line, end_line, column, end_column = position
    lengths = source.lengths
    if (
        # Nine of ten stand in one such line, where this is what `span_of` gives, much sooner.
        line == end_line
        and line is not None
        and column is not None
        and end_column is not None
        and 0 < line <= len(lengths)
        and column < end_column <= lengths[line - 1]
    ):
        return _new((line, column, line, end_column))
    return span_of(extent_of(position, source.text), source)


def count_neutral(neutral: Iterable[Span], sites: Iterable[Span]) -> dict[Span, int]:
    """Return how many of *neutral* lie on each span of *sites* and on no smaller one."""
    on_span: dict[Span, int] = {}
    for span in neutral:
        on_span[span] = on_span.get(span, 0) + 1
    rows = sorted([(a, b, -c, -d) for a, b, c, d in {*sites}])
    around = _around(rows)
    counts: dict[Span, int] = {}
    for (line, column, end_line, end_column), count in on_span.items():
        # The last span that begins there or before, or else the next one around that.
        row = bisect_right(rows, (line, column, -end_line, -end_column)) - 1
        while row >= 0:
            a, b, c, d = rows[row]
            if (-c, -d) >= (end_line, end_column):
                holder = _new((a, b, -c, -d))
                counts[holder] = counts.get(holder, 0) + count
                break
            row = around[row]
    return counts


def _around(rows: Sequence[tuple[int, int, int, int]]) -> list[int]:
    """Return for each span the row of the last one before it that is open where it begins, or -1.

    rows:  Keys of spans as `Span.outermost_first`, sorted.
    """
    found: list[int] = []
    for row, (line, column, _, _) in enumerate(rows):
        before = row - 1
        while before >= 0 and (-rows[before][2], -rows[before][3]) <= (line, column):
            before = found[before]
        found.append(before)
    return found


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
