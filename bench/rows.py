# SPDX-License-Identifier: BSD-3-Clause
"""What a benchmark gives: rows of one table, and the arithmetic behind their figures."""

from __future__ import annotations

import math
import statistics
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Row(NamedTuple):
    """One line of the table.

    name:    What was measured.
    method:  How, and against what.
    figure:  With its unit.
    target:  What was promised; "" where nothing was.
    """

    name: str
    method: str
    figure: str
    target: str = ""


def seconds(act: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Return how long *act* takes, in seconds of *clock*."""
    began = clock()
    act()
    return clock() - began


def median_of(act: Callable[[], object], times: int) -> float:
    """Return the median of *times* runs of *act*, in seconds."""
    return statistics.median(seconds(act) for _ in range(times))


def best_of(act: Callable[[], object], times: int, clock: Callable[[], float]) -> float:
    """Return the shortest of *times* runs of *act*, in seconds of *clock*."""
    return min(seconds(act, clock) for _ in range(times))


def ratio(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the mean ratio of first to second, and the upper bound of its 95 % interval.

    Of the logarithms, so that a ratio and its inverse weigh the same; normal approximation.
    """
    logs = [math.log(first / second) for first, second in pairs]
    middle = statistics.fmean(logs)
    error = statistics.stdev(logs) / math.sqrt(len(logs))
    return math.exp(middle), math.exp(middle + 1.96 * error)
