# SPDX-License-Identifier: BSD-3-Clause
"""Verdicts in, the same as far as the JIT leaves them true.

Machine code does not count: what ran in a trace is missing from the counters of its sites, and
3.15 empties the counters of every site that it records. So nothing is exact where the JIT is
on, and what an emptied counter would say is not said.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from typing import TYPE_CHECKING

from ipyspecialize.cpython.tables import ENTER_EXECUTOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ipyspecialize.reading.sites import Instruction
    from ipyspecialize.reading.verdicts import Rows, Verdict
    from ipyspecialize.records import State

#: What stands where a trace begins (Python/bytecodes.c 3.13 to 3.15).
ENTER = "ENTER_EXECUTOR"
_EMPTIED = 0


def jit_is_on() -> bool:
    """Return True if this process compiles traces; `sys._jit` is there since 3.14."""
    jit = getattr(sys, "_jit", None)
    return jit is not None and bool(jit.is_enabled())


def weaken(
    listed: Sequence[Instruction], verdicts: Iterable[Verdict], rows: Rows | None
) -> Iterable[Verdict]:
    """Return the verdicts on one code object without what the JIT may have made untrue."""
    if rows is None or not (rows.jit or _has_traces(listed)):
        return verdicts
    return _weakened(listed, verdicts, rows)


def _has_traces(listed: Sequence[Instruction]) -> bool:
    return ENTER_EXECUTOR is not None and any(at.live == ENTER for at in listed)


def _weakened(
    listed: Sequence[Instruction], verdicts: Iterable[Verdict], rows: Rows
) -> Iterator[Verdict]:
    loops = list(_compiled_loops(listed))
    # The first run puts another opcode in its place (Python/specialize.c 3.13).
    begin = next((at for at in listed if at.base == "RESUME"), None)
    never_ran = begin is not None and begin.live == begin.base
    for verdict in verdicts:
        compiled = any(verdict.at.offset in loop for loop in loops)
        weaker = verdict._replace(exact=False, next=None, compiled=compiled)
        if rows.facts.empties and verdict.at.words and not never_ran:
            weaker = _without_counter(weaker, rows)
        yield weaker


def _without_counter(verdict: Verdict, rows: Rows) -> Verdict:
    word = verdict.at.words[0]
    if verdict.form is not None:
        if word != _EMPTIED:
            return verdict
        state: State = "general" if verdict.state == "general" else "specialized"
        return verdict._replace(state=state, misses=0, compiled=True)
    if word in (_EMPTIED, rows.counter.initial, rows.counter.once):
        return verdict._replace(state="unknown", attempts=None, executions=None)
    return verdict


def _compiled_loops(listed: Sequence[Instruction]) -> Iterator[range]:
    """Yield the offsets of each loop whose jump back enters a trace."""
    for at, following in pairwise(listed):
        if at.base.startswith("JUMP_BACKWARD") and at.live == ENTER:
            yield range(following.offset - 2 * at.arg, at.offset)
