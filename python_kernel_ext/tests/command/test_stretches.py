# SPDX-License-Identifier: BSD-3-Clause
"""What a page marks is what the notebook's painter paints, found in one sweep for both looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from ipyspecialize.records import STATES, Code, Findings, Site, Span
from ipyspecialize.report.stretches import Looks, stretches
from ipyspecialize.views.blend import ALL_WEIGHTS, blend, by_span
from ipyspecialize.views.marks import look_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ipyspecialize.views.blend import Run
    from ipyspecialize.views.marks import Look

TEXT = "  a + (b *\tc)\n\n '\N{ROCKET}' = é  < b\n    \nlast "
LINES = [len(line.encode("utf-16-le")) // 2 for line in TEXT.split("\n")]
PLACES = [(line, column) for line, end in enumerate(LINES, 1) for column in range(end + 1)]


@st.composite
def findings(draw: st.DrawFn) -> Findings:
    """Sites on spans that may be alike, hold each other, cross and go over line ends."""
    sites = []
    neutral = {}
    for offset in range(draw(st.integers(1, 8))):
        first, last = sorted(
            draw(st.lists(st.sampled_from(PLACES), min_size=2, max_size=2, unique=True))
        )
        span = Span(*first, *last)
        state = draw(st.sampled_from(STATES))
        sites.append(Site("f", 0, 2 * offset, "BINARY_OP", None, 0, state, span=span))
        neutral[span] = draw(st.integers(0, 3))
    return Findings("3.12.1", (Code("f", 1),), tuple(sites), neutral)


def painted(runs: Iterable[Run]) -> dict[tuple[int, int], Look]:
    """Return the look of each painted place."""
    return {
        (run.line, column): look_of(run)
        for run in runs
        for column in range(run.column, run.end_column)
    }


@given(findings())
def test_every_place_has_the_looks_that_the_painter_gives_it(found: Findings) -> None:
    usual, shown = painted(blend(found, TEXT)), painted(blend(found, TEXT, weights=ALL_WEIGHTS))

    marks = stretches(by_span(found.sites), found.neutral, TEXT)

    looks = {
        (mark.line, column): mark.looks
        for mark in marks
        for column in range(mark.column, mark.end_column)
    }
    assert sum(mark.end_column - mark.column for mark in marks) == len(looks)
    assert {place: Looks(usual.get(place), shown.get(place)) for place in looks} == looks
    assert usual.keys() | shown.keys() <= looks.keys()
    assert marks == sorted(marks, key=lambda mark: (mark.line, mark.column))
