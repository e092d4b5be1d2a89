# SPDX-License-Identifier: BSD-3-Clause
"""What can be said of one site on every version: its form, its misses, whether one can exist.

What the bytes do not prove is None or a lower bound, never a guess: the guards and attempts of
a site are counted since it last changed, and one cache word looks alike for several histories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.cpython.tables import COMPARISONS, FAMILY_OF, OPERATORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipyspecialize.cpython.counters import Counter
    from ipyspecialize.cpython.families import Facts
    from ipyspecialize.reading.sites import Instruction
    from ipyspecialize.records import State

#: Misses up to this many are the noise of a site that settles.
SETTLING = 2


class Verdict(NamedTuple):
    """What is known of one site apart from its place; fields as in `records.Site`."""

    at: Instruction
    state: State
    form: str | None = None
    attempts: int | None = None
    executions: int | None = None
    exact: bool = False
    misses: int | None = None
    next: int | None = None
    compiled: bool = False


class Rows(NamedTuple):
    """The rows of data that judge one release.

    release:  Whose they are: ``(3, 12)``.
    jit:      True if this process compiles traces.
    """

    release: tuple[int, int]
    counter: Counter
    facts: Facts
    jit: bool = False


def form_of(at: Instruction) -> str | None:
    """Return the live form of a site, None for the base opcode and for one that waits."""
    return at.live if FAMILY_OF.get(at.live) == at.base else None


def judge_form(at: Instruction, form: str, rows: Rows) -> Verdict:
    """Judge a site that stands in a form."""
    word = at.words[0]
    misses = 0 if word == rows.counter.fresh else rows.counter.misses(word)
    state: State = "missing" if misses > SETTLING else "specialized"
    if form in rows.facts.general:
        state = "general"
    return Verdict(at, state, form, None, None, False, misses)  # noqa: FBT003 - the hot path


def has_forms(listed: Sequence[Instruction], index: int, facts: Facts) -> bool:
    """Return False if the bytecode alone shows that no form can ever fit here."""
    at = listed[index]
    if at.base == "BINARY_OP":
        return at.arg < len(OPERATORS) and OPERATORS[at.arg] in facts.operators
    if at.base == "COMPARE_OP":
        following = listed[index + 1].base if index + 1 < len(listed) else ""
        return following.startswith(facts.jumps_after)
    return True


def operator_of(at: Instruction, facts: Facts | None) -> str | None:
    """Return the symbol that the argument of *at* stands for; None where it stands for none.

    facts:  Of the version that compiled it; None where they are not known.
    """
    if at.base == "BINARY_OP":
        return _symbol(OPERATORS, at.arg)
    if at.base == "COMPARE_OP" and facts is not None:
        return _symbol(COMPARISONS, at.arg >> facts.compares)
    if at.base == "CONTAINS_OP":
        return _symbol(("in", "not in"), at.arg)
    return None


def _symbol(symbols: Sequence[str], number: int) -> str | None:
    return symbols[number] if number < len(symbols) else None


def next_attempt(at: Instruction, counter: Counter) -> int:
    """Return at which further execution a site that counts down is tried, from 1."""
    return counter.countdown(at.words[0]) + 1


def had_form(at: Instruction, facts: Facts) -> bool | None:
    """Return whether the words behind the counter prove that a generic site once had a form.

    True: it had one. False: it never had. None: they prove nothing.
    """
    left_over = any(at.words[1:])
    if left_over and (at.base in facts.remembers or at.base in facts.writes_some):
        return True
    return False if at.base in facts.remembers else None


def is_implicit_call(listed: Sequence[Instruction], index: int) -> bool:
    """Return True for the call that runs a comprehension or generator expression.

    It stands on a whole expression that it does not evaluate, and on 3.11 it misses whatever
    the code does, since it calls a function made anew each time.
    """
    at = listed[index]
    if at.base == "CALL" and precall_of(listed, index) is not None:
        index -= 1
        at = listed[index]
    return (
        at.base in ("PRECALL", "CALL")
        and at.arg == 0
        and index > 0
        and listed[index - 1].base in ("GET_ITER", "GET_AITER")
    )


def precall_of(listed: Sequence[Instruction], index: int) -> Instruction | None:
    """Return the PRECALL right before, None if there is none: it is of one site with its CALL."""
    before = listed[index - 1] if index else None
    return before if before is not None and before.base == "PRECALL" else None
