# SPDX-License-Identifier: BSD-3-Clause
"""Where a page has marks: stretches of source with their looks, usual and under "show all".

In: spans with their sites, and the text they lie in. Out: stretches that neither overlap nor cross
a line end, in the order of the text. Each switch of the page chooses among looks that are there, so
that nothing is painted in the browser. One sweep finds both looks, each as `views.blend` would.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ipyspecialize.reading.columns import split_lines
from ipyspecialize.records import WEIGHTS, Span
from ipyspecialize.views.blend import (
    ALL_WEIGHTS,
    BLANK,
    GREENEST,
    level_of,
    most_audible,
    strength_of,
)
from ipyspecialize.views.marks import STYLES, Look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ipyspecialize.records import Site, State


class Looks(NamedTuple):
    """How a stretch looks; None: bare.

    usual:  As a cell in the notebook.
    all:    With all adaptive sites shown.
    """

    usual: Look | None
    all: Look | None

    @property
    def is_failing(self) -> bool:
        """Whether the innermost site failed, or fell back."""
        return self.usual is not None and self.usual.style == "wavy"

    @property
    def is_green(self) -> bool:
        """Whether everything here is specialized, or bare."""
        return self.usual is None or self.usual.level == GREENEST


class Stretch(NamedTuple):
    """One marked stretch; line and columns as in `Run`."""

    line: int
    column: int
    end_column: int
    looks: Looks


#: From the tuple of its fields: calling the class takes twice as long, and there are many.
_new: Callable[[tuple[object, ...]], Stretch] = partial(tuple.__new__, Stretch)

#: Painted sites of some spans: weights, sites, instructions, style of the innermost; None: none is
#: painted. Another object is of other spans, though it may be equal.
_Sum: TypeAlias = "tuple[float, int, int, str] | None"
#: Line from 1, UTF-16 column from 0.
_Place: TypeAlias = "tuple[int, int]"
#: Its first and end column, and the innermost span that is open there.
_Piece: TypeAlias = "tuple[int, int, _Open]"

#: Behind everything.
_TEXT_END = (Span(1 << 60, 0, 1 << 60, 0), (None, None))
_PAIR = re.compile("[\U00010000-\U0010ffff]")


class _Open(NamedTuple):
    """One open span, and those that were open where it begins.

    end:      Where it ends.
    soonest:  Where the first of all these ends.
    own:      Its own sites, as they are painted usually, and under "show all".
    usual:    All of them, as they are painted usually.
    all:      The same under "show all".
    """

    end: _Place
    soonest: _Place
    own: tuple[_Sum, _Sum]
    usual: _Sum
    all: _Sum


def stretches(
    answered: Iterable[tuple[Span, Sequence[Site]]],
    neutral: Mapping[Span, int],
    text: str,
) -> list[Stretch]:
    """Return every stretch of *text* that a site is answerable for, bare ones included.

    answered:  Spans with their sites, as from `blend.by_span`.
    neutral:   Instructions of no family on each span.
    """
    # A character for each UTF-16 unit: blank or not is all that is asked of it.
    lines = split_lines(text if text.isascii() else _PAIR.sub("--", text))
    weigh, looks = _Weights(), _LooksOf()
    spans = [(span, weigh(sites, neutral.get(span, 0))) for span, sites in answered]
    found: list[Stretch] = []
    for line, pieces in _by_line(spans, lines):
        found += _of_line(line, lines[line - 1], pieces, looks)
    return found


class _Weights(dict["tuple[State, ...]", "tuple[_Sum, _Sum]"]):
    """What sites add, by their states, neutral instructions left out."""

    def __call__(self, sites: Sequence[Site], neutral: int) -> tuple[_Sum, _Sum]:
        """Return a sum of its own for one span."""
        usual, shown = self[tuple([site.state for site in sites])]
        count = len(sites) + neutral
        return (
            usual and (usual[0], usual[1], count, usual[3]),
            shown and (shown[0], shown[1], count, shown[3]),
        )

    def __missing__(self, states: tuple[State, ...]) -> tuple[_Sum, _Sum]:
        self[states] = both = _sum_of(states, WEIGHTS), _sum_of(states, ALL_WEIGHTS)
        return both


def _sum_of(states: Sequence[State], weights: Mapping[State, float]) -> _Sum:
    painted = [state for state in states if state in weights]
    if not painted:
        return None
    style = STYLES[most_audible(painted, weights)]
    return sum(weights[state] for state in painted), len(painted), 0, style


class _LooksOf(dict["tuple[_Sum, _Sum]", Looks]):
    """The looks of two sums, usual and under "show all"."""

    def __missing__(self, sums: tuple[_Sum, _Sum]) -> Looks:
        self[sums] = looks = Looks(*map(_look_of, sums))
        return looks


def _look_of(some: _Sum) -> Look | None:
    if some is None:
        return None
    weight, painted, count, style = some
    return Look(level_of(weight, painted), strength_of(painted, count), style)


def _by_line(
    spans: Iterable[tuple[Span, tuple[_Sum, _Sum]]], lines: Sequence[str]
) -> Iterator[tuple[int, list[_Piece]]]:
    """Yield the number of each line that some span covers, with its pieces from left to right."""
    number = 1
    pieces: list[_Piece] = []
    for start, end, innermost in _pieces(spans):
        line, column = start
        while line <= end[0] and line <= len(lines):
            if line != number:
                if pieces:
                    yield number, pieces
                number, pieces = line, []
            stop = len(lines[line - 1])
            if line == end[0]:
                stop = min(stop, end[1])
            if column < stop:
                pieces.append((column, stop, innermost))
            line, column = line + 1, 0
    if pieces:
        yield number, pieces


def _pieces(
    spans: Iterable[tuple[Span, tuple[_Sum, _Sum]]],
) -> Iterator[tuple[_Place, _Place, _Open]]:
    """Yield start, end and innermost span of all that the same spans cover."""
    stack: list[_Open] = []
    here: _Place = (1, 0)
    for (line, column, end_line, end_column), own in (*spans, _TEXT_END):
        start = line, column
        while stack and (end := stack[-1].soonest) <= start:
            if here < end:
                yield here, end, stack[-1]
                here = end
            if stack[-1].end == end:
                stack.pop()
            else:
                _close(stack, end)
        if stack and here < start:
            yield here, start, stack[-1]
        here = start
        stack.append(_on(stack, (end_line, end_column), own))


def _on(stack: Sequence[_Open], end: _Place, own: tuple[_Sum, _Sum]) -> _Open:
    """Return a span on top of *stack*."""
    if not stack:
        return _Open(end, end, own, *own)
    _, soonest, _, usual, shown = stack[-1]
    return _Open(end, min(end, soonest), own, _added(usual, own[0]), _added(shown, own[1]))


def _added(below: _Sum, own: _Sum) -> _Sum:
    if below is None or own is None:
        return below or own
    return below[0] + own[0], below[1] + own[1], below[2] + own[2], own[3]


def _close(stack: list[_Open], end: _Place) -> None:
    """Take a span that ends at *end* from below others in *stack*, which it crosses."""
    row = next(row for row, some in enumerate(stack) if some.end == end)
    closed, *above = stack[row:]
    del stack[row:]
    for some in above:
        again = _on(stack, some.end, some.own)
        stack.append(
            again._replace(
                usual=some.usual if closed.own[0] is None else again.usual,
                all=some.all if closed.own[1] is None else again.all,
            )
        )


def _of_line(
    line: int, text: str, pieces: Iterable[_Piece], looks: Mapping[tuple[_Sum, _Sum], Looks]
) -> Iterator[Stretch]:
    """Yield the stretches of one line.

    Blank ends of a piece have a look only between two pieces below the same painted spans.
    """
    usual: _Sum = None
    shown: _Sum = None
    done = behind = 0
    for first, end, innermost in pieces:
        column, stop = first, end
        if text[first] in BLANK or text[end - 1] in BLANK:
            inner = text[first:end].lstrip(BLANK)
            column = end - len(inner)
            stop = column + len(inner.rstrip(BLANK))
        if done < column:
            holds = first == behind
            usual = usual if holds and usual is innermost.usual else None
            shown = shown if holds and shown is innermost.all else None
            if column < stop and (usual or shown):
                yield _new((line, done, column, looks[usual, shown]))
        behind = end
        if column < stop:
            usual, shown, done = innermost.usual, innermost.all, stop
            yield _new((line, column, stop, looks[usual, shown]))
