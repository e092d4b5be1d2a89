# SPDX-License-Identifier: BSD-3-Clause
"""What the first cache word of a site counts, one row for each version.

The word holds a countdown and a backoff; a failed attempt raises the backoff and restarts
the countdown, a missed guard of a fast form takes one off the countdown.
"""

from __future__ import annotations

from typing import NamedTuple


class Counter(NamedTuple):
    """Layout of the counter of one version.

    checked:  Release and file the row was checked on.
    shift:    Bits of the backoff, below the countdown.
    highest:  Greatest backoff: at this one, attempts and executions repeat.
    initial:  Word of a site that never ran.
    once:     Word of a site that ran and has not been tried since; None where no word says so.
    first:    Execution at which a site is tried for the first time, from 1.
    untried:  Backoff before the first attempt; each failed one adds 1.
    rests:    Countdown that each failed attempt leaves, the first attempt's first; all further
              ones leave the last.
    fresh:    Word of a site that has just specialised.
    miss:     What a missed guard takes off that word.
    lost:     Word of a site that has just lost its form.
    """

    checked: str
    shift: int
    highest: int
    initial: int
    once: int | None
    first: int
    untried: int
    rests: tuple[int, ...]
    fresh: int
    miss: int
    lost: int

    def countdown(self, word: int) -> int:
        """Return the executions to go until the next attempt, from 0."""
        return word >> self.shift

    def backoff(self, word: int) -> int:
        """Return the backoff, 0 to `highest`."""
        return word & ((1 << self.shift) - 1)

    def attempts(self, word: int) -> int:
        """Return how often a site that never had a form was tried. At least, at the highest.

        Raises `ValueError` for a word that no number of attempts leaves.
        """
        tried = self.backoff(word) - self.untried
        while 0 < tried <= len(self.rests) and self.countdown(word) > self.rests[tried - 1]:
            tried += 1  # two attempts in a row leave the highest backoff on 3.15
        if not 0 <= tried <= len(self.rests) or self.backoff(word) > self.highest:
            msg = f"no number of attempts leaves the counter {word:#06x}"
            raise ValueError(msg)
        return tried

    def executions(self, word: int) -> int:
        """Return how often a site that never had a form ran, once tried at least.

        On 3.11 counted since its code object was quickened. At least, if the backoff is the
        highest. Raises as `attempts`.
        """
        tried = self.attempts(word)
        waited = sum(rest + 1 for rest in self.rests[:tried])
        return self.first + waited - 1 - self.countdown(word)

    def misses(self, word: int) -> int:
        """Return the guards missed since the site last specialised, at least."""
        return max(0, (self.fresh - word) // self.miss)


_SINCE_3_12 = Counter(
    checked="",
    shift=4,
    highest=12,
    initial=(1 << 4) | 1,
    once=1,
    first=2,
    untried=1,
    rests=tuple(2**backoff - 2 for backoff in range(2, 13)),
    fresh=52 << 4,
    miss=1 << 4,
    lost=1,
)

#: `adaptive_counter_backoff` and its kin, in the header that is named.
COUNTERS: dict[tuple[int, int], Counter] = {
    (3, 11): Counter(
        checked="3.11.7, Include/internal/pycore_code.h",
        shift=4,
        highest=12,
        initial=0,
        once=None,
        first=1,
        untried=0,
        rests=tuple(2**backoff - 2 for backoff in range(1, 13)),
        fresh=53,
        miss=1,
        lost=(31 << 4) | 5,
    ),
    (3, 12): _SINCE_3_12._replace(checked="3.12.1, Include/internal/pycore_code.h"),
    (3, 13): _SINCE_3_12._replace(checked="3.13.0, Include/internal/pycore_backoff.h"),
    (3, 14): _SINCE_3_12._replace(checked="3.14.10, Include/internal/pycore_backoff.h"),
    (3, 15): _SINCE_3_12._replace(
        checked="3.15.2, Include/internal/pycore_backoff.h",
        shift=3,
        highest=6,
        initial=(1 << 3) | 1,
        rests=(5, 29, 125, 507, 2051, 8189),
        fresh=52 << 3,
        miss=1 << 3,
    ),
}
