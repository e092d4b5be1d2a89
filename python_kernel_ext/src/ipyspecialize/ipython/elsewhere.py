# SPDX-License-Identifier: BSD-3-Clause
"""Which functions of other cells change while a cell runs: live bytes before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipyspecialize.reading import count_changed, fingerprint
from ipyspecialize.records import Elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import CodeType

    from ipyspecialize.ipython.store import Run

#: Functions that are named at most.
MOST_NAMED = 20


class Before:
    """The functions of some runs as they were when another cell began."""

    def __init__(self, runs: Iterable[Run]) -> None:
        self._then = [
            (run, codes, fingerprint(codes)) for run in runs if (codes := run.functions())
        ]

    def changes(self) -> tuple[Elsewhere, ...]:
        """Return what has changed since, most sites first, at most `MOST_NAMED`."""
        found = sorted(self._changes(), key=lambda entry: -entry.sites)
        return tuple(found[:MOST_NAMED])

    def _changes(self) -> Iterator[Elsewhere]:
        for run, codes, then in self._then:
            if run.cell_id is None or fingerprint(codes) == then:
                continue
            for code, before in zip(codes, then, strict=True):
                if sites := _changed(code, before):
                    yield Elsewhere(run.cell_id, run.count, code.co_qualname, sites)


def _changed(code: CodeType, before: bytes) -> int:
    return 0 if fingerprint([code]) == (before,) else count_changed(code, before)
