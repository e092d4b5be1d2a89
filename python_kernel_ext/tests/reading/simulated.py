# SPDX-License-Identifier: BSD-3-Clause
"""One site of CPython, run by run: what its counter must hold, and what can be known from it.

Written from ``Include/internal/pycore_code.h`` (3.11, 3.12) and ``pycore_backoff.h`` (3.13 to
3.15) without a look at the reader, which is held against it: no formula, every run is taken.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

#: Families whose cache words behind the counter tell whether the site ever had a form.
PROVING = {
    (3, 11): {"CALL", "COMPARE_OP", "LOAD_ATTR", "LOAD_GLOBAL", "LOAD_METHOD", "STORE_ATTR"},
    (3, 12): {"LOAD_ATTR", "LOAD_GLOBAL", "STORE_ATTR"},
}
#: Forms of 3.11's PRECALL that only sort out the kind of callee: its CALL goes on trying.
SORTS = {"PRECALL_BOUND_METHOD", "PRECALL_PYFUNC"}
GENERAL = SORTS | {
    "CALL_BOUND_METHOD_GENERAL",
    "CALL_EX_NON_PY_GENERAL",
    "CALL_KW_NON_PY",
    "CALL_NON_PY_GENERAL",
    "CALL_PY_GENERAL",
}
#: Misses of a form after which it no longer counts as settling.
NOISE = 2


class Seen(NamedTuple):
    """What a reader must say of the site; fields as in `records.Site`."""

    state: str
    form: str | None
    attempts: int | None
    executions: int | None
    exact: bool
    misses: int | None
    raw: int | None


class Site:
    """A site that meets the same operands at every run.

    gives:  As in ``matrix.toml``.
    """

    def __init__(self, version: tuple[int, int], family: str, gives: str) -> None:
        self.version = version
        self.gives = gives.rstrip("!~")
        self.misses_after = {"!": 0, "~": 1}.get(gives[-1])
        self.proving = family in PROVING.get(version, PROVING[3, 12])
        self.runs = self.attempts = self.misses = 0
        self.form = self.given_up = False
        self.value, self.backoff = (0, 0) if version == (3, 11) else (1, 1)
        self.age = 0  # runs since the form was taken
        self.was_in_form = False

    # Running ------------------------------------------------------------------------------

    def run(self) -> None:
        """Take one run."""
        self.runs += 1
        if self.form:
            self._guard()
        elif not self.given_up:
            self._generic()

    def _generic(self) -> None:
        if self.value:
            self.value -= 1
        else:
            self._attempt()

    def _attempt(self) -> None:
        if self.gives in {"failed", *SORTS} or (
            self.gives == "unsupported" and self.version > (3, 11)
        ):
            self.attempts += 1
            self._back_off()
        elif self.gives == "unsupported":
            self.given_up = True
        elif self.gives == "uncounted":
            self.value, self.backoff = 51, 0  # the cooldown of a success, and this run's step
        else:
            self.form, self.age = True, 0
            self.value, self.backoff = (53, 0) if self.version == (3, 11) else (52, 0)
            self._guard()

    def _guard(self) -> None:
        missed = self.misses_after is not None and self.age >= self.misses_after
        self.age += 1
        if not missed:
            return
        self.misses += 1
        if self.version == (3, 11):
            self.value -= 1
            if not self.value:
                self.form, self.was_in_form = False, True
                self.value, self.backoff = 31, 5
        elif self.value:
            self.value -= 1
        else:
            self._attempt()

    def _back_off(self) -> None:
        if self.version < (3, 15):
            self.backoff = min(self.backoff + 1, 12)
            self.value = 2**self.backoff - 2
        else:
            # value_and_backoff_next: the last step keeps its number and takes another value.
            values = [1, 5, 29, 125, 507, 2051, 8189]
            self.value = values[min(self.attempts, 6)]
            self.backoff = min(self.attempts + 1, 6)

    # Looking ------------------------------------------------------------------------------

    @property
    def raw(self) -> int:
        """The first cache word."""
        if self.version == (3, 11) and self.form:
            return self.value
        return self.value << (3 if self.version >= (3, 15) else 4) | self.backoff

    def seen(self) -> Seen:
        """Return what can be known now."""
        if self.form:
            return self._seen_form()
        if self.given_up:
            return Seen("unsupported", None, None, None, exact=False, misses=None, raw=None)
        if self.was_in_form:
            return self._seen_lost()
        if self.runs == 1 and self.version > (3, 11):
            known = 1 if self.proving else None
            return Seen("waiting", None, None, known, exact=self.proving, misses=None, raw=self.raw)
        if self.gives == "uncounted":
            return Seen("failed", None, None, None, exact=False, misses=None, raw=self.raw)
        return self._seen_failed()

    def _seen_form(self) -> Seen:
        misses = (53 if self.version == (3, 11) else 52) - self.value
        state = "missing" if misses > NOISE else "specialized"
        if self.gives in GENERAL:
            state = "general"
        return Seen(state, self.gives, None, None, exact=False, misses=misses, raw=self.raw)

    def _seen_lost(self) -> Seen:
        """Return what 3.11 shows of a site that lost its form."""
        if self.gives.startswith("CALL_PY_"):
            return Seen("general", "PRECALL_PYFUNC", 0, None, exact=True, misses=0, raw=self.raw)
        if (self.value, self.backoff) == (31, 5) or self.proving:
            return Seen("deoptimized", None, 0, None, exact=True, misses=None, raw=self.raw)
        return Seen("failed", None, None, None, exact=False, misses=None, raw=self.raw)

    def _seen_failed(self) -> Seen:
        proved = self.proving or self.gives == "unsupported"
        highest = 6 if self.version >= (3, 15) else 12
        first = _first_with(self.version, self.raw)
        if not proved and self.version == (3, 11) and self.backoff >= 5:
            # The word of a site that lost its form, and has been tried since.
            return Seen("failed", None, None, None, exact=False, misses=None, raw=self.raw)
        if not proved and self.version > (3, 11):
            attempts = first.attempts
            return Seen("failed", None, attempts, None, exact=False, misses=None, raw=self.raw)
        exact = self.backoff < highest
        if self.gives in SORTS:
            return Seen("general", self.gives, first.attempts, None, exact, 0, self.raw)
        return Seen(self.gives, None, first.attempts, first.runs, exact, None, self.raw)


@functools.cache
def _first_words(version: tuple[int, int]) -> dict[int, Site]:
    """Return for each word a failing site's first moment with it."""
    words: dict[int, Site] = {}
    site = Site(version, "LOAD_ATTR", "failed")
    for _ in range(25_000):
        site.run()
        if site.raw not in words:
            copy = Site(version, "LOAD_ATTR", "failed")
            copy.runs, copy.attempts = site.runs, site.attempts
            words[site.raw] = copy
    return words


def _first_with(version: tuple[int, int], raw: int) -> Site:
    return _first_words(version)[raw]
