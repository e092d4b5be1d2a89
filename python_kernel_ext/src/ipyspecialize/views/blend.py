# SPDX-License-Identifier: BSD-3-Clause
"""Blend nested spans into painted runs, by the rules of ``payload/PAYLOAD.md`` ("Painting").

In: the findings of a payload and the lines of its text. Out: runs that neither overlap nor
cross a line end, in the order of the text. ``src/model/paint.ts`` does the same for the
editor; ``payload/cases`` holds both to it.
"""

from __future__ import annotations

from itertools import pairwise
from math import floor
from typing import TYPE_CHECKING, Literal, NamedTuple

from ipyspecialize.reading.columns import split_lines
from ipyspecialize.records import STATES, WEIGHTS, Site, Span, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ipyspecialize.records import Findings

Blend = Literal["gradient", "sharp"]

#: The level of a stretch in which everything is specialized; 0 is red.
GREENEST = 8

#: "Show all": what never ran or was not tried yet is painted, too.
ALL_WEIGHTS: Mapping[State, float] = {**WEIGHTS, "cold": 0.0, "waiting": 0.0}

_PAINTED: tuple[State, ...] = (
    "failed",
    "deoptimized",
    "cold",
    "waiting",
    "missing",
    "general",
    "specialized",
)
#: Every state, the one that wants to be heard first: it is named first, and among those of the
#: lowest weight it chooses a run's line style.
LOUDEST: tuple[State, ...] = (*_PAINTED, *(state for state in STATES if state not in _PAINTED))
#: White space that no mark begins or ends with.
BLANK = " \t\f"
_BLANKS = frozenset(blank.encode("utf-16-le") for blank in BLANK)


class Run(NamedTuple):
    """One painted stretch.

    line:        From 1.
    column:      UTF-16 units from 0.
    end_column:  UTF-16 units from 0, exclusive, greater than `column`.
    level:       0 (nothing specialized) to 8 (everything).
    strength:    0 to 2: share of sites among the covering instructions.
    state:       The innermost span's; it chooses the line style.
    """

    line: int
    column: int
    end_column: int
    level: int
    strength: int
    state: State


class Cover(NamedTuple):
    """What one span adds to the characters below it."""

    span: Span
    weights: tuple[float, ...]
    instructions: int
    state: State


def blend(
    findings: Findings,
    text: str,
    *,
    mode: Blend = "gradient",
    weights: Mapping[State, float] = WEIGHTS,
) -> list[Run]:
    """Return the painted runs of *findings* in *text*.

    weights:  Of the states that are painted, 1 green to 0 red.
    """
    lines = [line.encode("utf-16-le", "surrogatepass") for line in split_lines(text)]
    on_line: dict[int, list[Cover]] = {}
    for cover in _covers(findings, weights):
        for number in range(cover.span.line, min(cover.span.end_line, len(lines)) + 1):
            on_line.setdefault(number, []).append(cover)
    return [
        run
        for number, covers in sorted(on_line.items())
        for run in _runs_of_line(number, lines[number - 1], covers, mode)
    ]


def _covers(findings: Findings, weights: Mapping[State, float]) -> Iterator[Cover]:
    """Yield one cover for each span with a painted site, outermost first."""
    for span, sites in by_span(findings.sites):
        painted = [site.state for site in sites if site.state in weights]
        if painted:
            yield Cover(
                span,
                tuple([weights[state] for state in painted]),
                len(sites) + findings.neutral.get(span, 0),
                most_audible(painted, weights),
            )


def by_span(sites: Iterable[Site]) -> list[tuple[Span, list[Site]]]:
    """Return each span with the sites on it, outermost first."""
    found: dict[Span, list[Site]] = {}
    for site in sites:
        if site.span is not None:
            found.setdefault(site.span, []).append(site)
    return sorted(found.items(), key=lambda item: item[0].outermost_first)


def most_audible(painted: Sequence[State], weights: Mapping[State, float]) -> State:
    """Return which of the *painted* states on one span chooses the line style."""
    if len(painted) == 1:
        return painted[0]
    return min(painted, key=lambda state: (weights[state], LOUDEST.index(state)))


def level_of(weight: float, painted: int) -> int:
    """Return the level of *painted* sites, at least one, whose weights add up to *weight*."""
    return floor(GREENEST * weight / painted + 0.5)


def strength_of(painted: int, instructions: int) -> int:
    """Return the strength of *painted* sites among *instructions*."""
    return 0 if 3 * painted < instructions else 1 if 3 * painted < 2 * instructions else 2


def _runs_of_line(number: int, line: bytes, covers: Sequence[Cover], mode: Blend) -> Iterator[Run]:
    """Yield the runs of one line; *line* is UTF-16, two bytes a unit."""
    length = len(line) // 2
    reaches = [_reach(cover.span, number, length) for cover in covers]
    stops = sorted({edge for first, end in reaches if first < end for edge in (first, end)})
    begun = 0
    above: list[tuple[int, Cover]] = []  # each with the column where it ends
    for first, end in pairwise(stops):
        # Covers come outermost first, so they begin from left to right.
        while begun < len(covers) and reaches[begun][0] <= first:
            above.append((reaches[begun][1], covers[begun]))
            begun += 1
        above = [(stop, cover) for stop, cover in above if stop > first]
        if not above:
            continue
        while first < end and line[2 * first : 2 * first + 2] in _BLANKS:
            first += 1  # noqa: PLW2901 - trimmed
        while first < end and line[2 * end - 2 : 2 * end] in _BLANKS:
            end -= 1  # noqa: PLW2901 - trimmed
        if first < end:
            yield Run(number, first, end, *_look([cover for _, cover in above], mode))


def _reach(span: Span, number: int, length: int) -> tuple[int, int]:
    """Return first and end column of *span* on line *number*, inside that line."""
    first = span.column if number == span.line else 0
    end = span.end_column if number == span.end_line else length
    return min(first, length), min(end, length)


def _look(above: Sequence[Cover], mode: Blend) -> tuple[int, int, State]:
    """Return level, strength and state of a stretch that *above* (outermost first) covers."""
    innermost = above[-1]
    heard = above if mode == "gradient" else [innermost]
    weights = [weight for cover in heard for weight in cover.weights]
    total = sum(cover.instructions for cover in heard)
    painted = len(weights)
    return level_of(sum(weights), painted), strength_of(painted, total), innermost.state
