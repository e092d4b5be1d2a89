# SPDX-License-Identifier: BSD-3-Clause
"""What the first cache word of a site counts, one row for each version.

The word holds a countdown and a backoff; a failed attempt raises the backoff and restarts
the countdown, a missed guard of a fast form takes one off the countdown.
"""

from __future__ import annotations

from typing import NamedTuple


class Counter(NamedTuple):
    """Layout of the counter of one version.

    checked:   Release and file the row was checked on.
    shift:     Bits of the backoff, below the countdown.
    highest:   Greatest backoff: at this one, attempts and executions repeat.
    fresh:     Word of a site that has just specialised; misses are counted down from it.
    start:     Word of a site that has just lost its form.
    """

    checked: str
    shift: int
    highest: int
    fresh: int
    start: int

    def countdown(self, word: int) -> int:
        """Return the executions to go until the next attempt, from 0."""
        return word >> self.shift

    def backoff(self, word: int) -> int:
        """Return the failed attempts that the word still shows, 0 to `highest`."""
        return word & ((1 << self.shift) - 1)

    def executions(self, word: int) -> int:
        """Return how often a site ran that never had a form, the one now included.

        On 3.11 counted since its code object was quickened. At least, if the backoff is the
        highest. The k-th failed attempt leaves the countdown at 2**k - 2.
        """
        backoff = self.backoff(word)
        top: int = 2**backoff
        return (top - backoff) + (top - 2 - self.countdown(word))


#: Python/specialize.c and Include/internal/pycore_code.h; `adaptive_counter_backoff`.
COUNTERS: dict[tuple[int, int], Counter] = {
    (3, 11): Counter(
        checked="3.11.7, Include/internal/pycore_code.h",
        shift=4,
        highest=12,
        fresh=53,
        start=(31 << 4) | 5,
    ),
}
