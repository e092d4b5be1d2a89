# SPDX-License-Identifier: BSD-3-Clause
"""Where a page has marks: stretches of source with their looks, usual and under "show all".

In: findings and the text they lie in. Out: stretches that neither overlap nor cross a line end, in
the order of the text. Each switch of the page chooses among looks that are there, so that nothing
is painted in the browser.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.records import STATES
from ipyspecialize.views.blend import ALL_WEIGHTS, GREENEST, Run, blend
from ipyspecialize.views.marks import Look, look_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ipyspecialize.records import Findings, State

#: Weights for which every stretch that a site is answerable for is a run, painted or not.
_COVERED: Mapping[State, float] = dict.fromkeys(STATES, 0.0)


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


def stretches(findings: Findings, text: str, *, bare: bool) -> list[Stretch]:
    """Return the stretches of *text* that have a look.

    bare:  Return every stretch that a site is answerable for, with its look under "show all".
    """
    layers = [_by_line(blend(findings, text))]
    if bare:
        layers.append(_by_line(blend(findings, text, weights=ALL_WEIGHTS)))
        layers.append(_by_line(blend(findings, text, weights=_COVERED)))
    lines = sorted(layers[-1])
    return [found for line in lines for found in _of_line(line, [a.get(line, ()) for a in layers])]


def _of_line(line: int, layers: Sequence[Sequence[Run]]) -> Iterator[Stretch]:
    """Yield the stretches of one line, cut wherever a run of any layer begins or ends.

    Runs are trimmed of white space, each layer's in its own way, so their edges differ.
    """
    edges = {edge for runs in layers for run in runs for edge in (run.column, run.end_column)}
    ahead = [list(reversed(runs)) for runs in layers]
    for column, end_column in pairwise(sorted(edges)):
        here: list[Run | None] = []
        for runs in ahead:
            while runs and runs[-1].end_column <= column:
                runs.pop()
            here.append(runs[-1] if runs and runs[-1].column <= column else None)
        if any(here):
            usual, shown = (run and look_of(run) for run in (here[0], here[min(1, len(here) - 1)]))
            yield Stretch(line, column, end_column, Looks(usual, shown))


def _by_line(runs: Iterable[Run]) -> dict[int, list[Run]]:
    found: dict[int, list[Run]] = {}
    for run in runs:
        found.setdefault(run.line, []).append(run)
    return found
