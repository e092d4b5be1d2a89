# SPDX-License-Identifier: BSD-3-Clause
"""Instructions of one code object in, a verdict for each of its sites out.

What the bytes do not prove is None or a lower bound, never a guess: the guards and attempts of
a site are counted since it last changed, and one cache word looks alike for several histories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.cpython.tables import FAMILY_OF, OPERATORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ipyspecialize.cpython.counters import Counter
    from ipyspecialize.cpython.families import Facts
    from ipyspecialize.reading.sites import Instruction
    from ipyspecialize.records import State

#: Misses up to this many are the noise of a site that settles.
_SETTLING = 2


class Verdict(NamedTuple):
    """What is known of one site apart from its place; fields as in `records.Site`."""

    at: Instruction
    state: State
    form: str | None = None
    attempts: int | None = None
    executions: int | None = None
    exact: bool = False
    misses: int | None = None


class Rows(NamedTuple):
    """The rows of data that judge one version."""

    counter: Counter
    facts: Facts


def judge(listed: Sequence[Instruction], rows: Rows | None) -> Iterator[Verdict]:
    """Yield the verdict on each site of one code object, in order.

    rows:  Of the running version; None: names only, every state is ``unknown``.
    """
    if rows is None:
        for at in listed:
            if at.family:
                yield Verdict(at, "unknown", form=_form(at))
        return
    if rows.facts.quickens and not _is_quickened(listed):
        for at in _one_for_each_call(listed):
            yield Verdict(at, "waiting")
        return
    for index, at in enumerate(listed):
        if not at.family or _is_implicit_call(listed, index):
            continue
        if at.base == "PRECALL":
            yield _judge_call(listed, index, rows)
        elif not (at.base == "CALL" and _precall_of(listed, index) is not None):
            yield _judge_site(listed, index, rows)


def neutral(listed: Sequence[Instruction]) -> Iterator[Instruction]:
    """Yield the instructions that are no site and no part of one."""
    for index, at in enumerate(listed):
        if not at.family or _is_implicit_call(listed, index):
            yield at


# One site ---------------------------------------------------------------------------------


def _judge_site(listed: Sequence[Instruction], index: int, rows: Rows) -> Verdict:
    at = listed[index]
    word = at.words[0]
    if (form := _form(at)) is not None:
        return _judge_form(at, form, word, rows)
    if at.live == at.base:
        return _judge_plain(listed, index, rows)
    if word == 0:
        return Verdict(at, "cold")
    if not _has_forms(listed, index, rows.facts):
        return Verdict(at, "unsupported")
    return _judge_failure(at, word, rows)


def _judge_form(at: Instruction, form: str, word: int, rows: Rows) -> Verdict:
    misses = max(0, rows.counter.fresh - word)
    if form in rows.facts.general:
        return Verdict(at, "general", form, misses=misses)
    return Verdict(at, "missing" if misses > _SETTLING else "specialized", form, misses=misses)


def _judge_plain(listed: Sequence[Instruction], index: int, rows: Rows) -> Verdict:
    """Judge a base opcode in a quickened code object: its attempt ended for good."""
    at = listed[index]
    if at.live not in ("BINARY_OP", "COMPARE_OP"):
        return Verdict(at, "unknown")
    return Verdict(at, "failed" if _has_forms(listed, index, rows.facts) else "unsupported")


def _judge_failure(at: Instruction, word: int, rows: Rows) -> Verdict:
    """Judge a site without a form that has been tried."""
    counter, facts = rows
    backoff = counter.backoff(word)
    lost = counter.backoff(counter.start)
    left_over = any(at.words[1:])
    if word == counter.start or (left_over and backoff >= lost and _leaves_words(at, facts)):
        known = backoff < counter.highest
        return Verdict(at, "deoptimized", attempts=backoff - lost, exact=known)
    # A site that lost its form starts again at backoff `lost`: below, it never had one.
    if backoff < lost or (at.base in facts.remembers and not left_over):
        return Verdict(
            at,
            "failed",
            attempts=backoff,
            executions=counter.executions(word),
            exact=backoff < counter.highest,
        )
    return Verdict(at, "failed")


def _leaves_words(at: Instruction, facts: Facts) -> bool:
    return at.base in facts.remembers or at.base in facts.writes_some


def _has_forms(listed: Sequence[Instruction], index: int, facts: Facts) -> bool:
    """Return False if the bytecode alone shows that no form can ever fit here."""
    at = listed[index]
    if at.base == "BINARY_OP":
        return at.arg < len(OPERATORS) and OPERATORS[at.arg] in facts.operators
    if at.base == "COMPARE_OP":
        following = listed[index + 1].base if index + 1 < len(listed) else ""
        return following.startswith(facts.jumps_after)
    return True


def _form(at: Instruction) -> str | None:
    """Return the live specialised opcode, None for the base and for one that waits."""
    if FAMILY_OF.get(at.live) != at.base or at.live.endswith("_ADAPTIVE"):
        return None
    return at.live


def _is_quickened(listed: Sequence[Instruction]) -> bool:
    return any(at.live != at.base for at in listed)


# 3.11's PRECALL and CALL ------------------------------------------------------------------


def _judge_call(listed: Sequence[Instruction], index: int, rows: Rows) -> Verdict:
    """Judge a PRECALL and its CALL as one site, at the unit that decides.

    Every form of PRECALL performs the whole call, except those that only sort out the kind of
    callee (``Python/ceval.c`` 3.11): then CALL decides.
    """
    first = listed[index]
    form = _form(first)
    if form not in rows.facts.general or index + 1 == len(listed):
        return _judge_site(listed, index, rows)
    call = listed[index + 1]
    if call.live == "CALL_ADAPTIVE" and call.words[0] == 0:
        return Verdict(call, "waiting")
    verdict = _judge_site(listed, index + 1, rows)
    if verdict.form is not None:
        return verdict
    kind = _judge_form(first, first.live, first.words[0], rows)
    return kind._replace(at=call, attempts=verdict.attempts, exact=verdict.exact)


def _precall_of(listed: Sequence[Instruction], index: int) -> Instruction | None:
    before = listed[index - 1] if index else None
    return before if before is not None and before.base == "PRECALL" else None


def _is_implicit_call(listed: Sequence[Instruction], index: int) -> bool:
    """Return True for the call that runs a comprehension or generator expression.

    It calls a function made anew each time, so it misses whatever the code does; gone in 3.12.
    """
    at = listed[index]
    if at.base == "CALL" and _precall_of(listed, index) is not None:
        index -= 1
        at = listed[index]
    return (
        at.base == "PRECALL"
        and at.arg == 0
        and index > 0
        and listed[index - 1].base in ("GET_ITER", "GET_AITER")
    )


def _one_for_each_call(listed: Sequence[Instruction]) -> Iterator[Instruction]:
    for index, at in enumerate(listed):
        if not at.family or _is_implicit_call(listed, index):
            continue
        if at.base != "CALL" or _precall_of(listed, index) is None:
            yield at
