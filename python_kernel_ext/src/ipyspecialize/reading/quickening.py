# SPDX-License-Identifier: BSD-3-Clause
"""The verdicts of CPython 3.11, which quickens a code object before its sites turn adaptive.

Until then all its sites wait; from then on each stands as ``*_ADAPTIVE``, in a form, or, given
up for good, as its base opcode. A call is two instructions here, PRECALL and CALL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipyspecialize.reading.verdicts import (
    Rows,
    Verdict,
    form_of,
    had_form,
    has_forms,
    is_implicit_call,
    judge_form,
    next_attempt,
    precall_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ipyspecialize.reading.sites import Instruction


def judge(listed: Sequence[Instruction], rows: Rows) -> Iterator[Verdict]:
    """Yield the verdict on each site of one code object, in order."""
    is_quickened = any(at.live != at.base for at in listed)
    for index, at in enumerate(listed):
        if not at.family or is_implicit_call(listed, index):
            continue
        if not at.words:
            yield Verdict(at, "unknown")
            continue
        if at.base == "CALL" and precall_of(listed, index) is not None:
            continue  # judged with its PRECALL
        if not is_quickened:
            yield Verdict(at, "waiting")
        elif at.base == "PRECALL":
            yield _judge_call(listed, index, rows)
        else:
            yield _judge_site(listed, index, rows)


def _judge_site(listed: Sequence[Instruction], index: int, rows: Rows) -> Verdict:
    at = listed[index]
    if (form := form_of(at)) is not None:
        return judge_form(at, form, rows)
    if at.live == at.base:
        return _judge_plain(listed, index, rows)
    if at.words[0] == rows.counter.initial:
        return Verdict(at, "cold", next=next_attempt(at, rows.counter))
    if not has_forms(listed, index, rows.facts):
        return Verdict(at, "unsupported")
    return _judge_failure(at, rows)._replace(next=next_attempt(at, rows.counter))


def _judge_plain(listed: Sequence[Instruction], index: int, rows: Rows) -> Verdict:
    """Judge a base opcode in a quickened code object: its attempt ended for good."""
    at = listed[index]
    if at.live not in ("BINARY_OP", "COMPARE_OP"):
        return Verdict(at, "unknown")
    if not has_forms(listed, index, rows.facts):
        return Verdict(at, "unsupported")
    return Verdict(at, "failed", next=0)


def _judge_failure(at: Instruction, rows: Rows) -> Verdict:
    """Judge a site without a form that has been tried."""
    counter, word = rows.counter, at.words[0]
    backoff, lost = counter.backoff(word), counter.backoff(counter.lost)
    known = backoff < counter.highest
    had = had_form(at, rows.facts)
    if word == counter.lost or (had and backoff >= lost):
        return Verdict(at, "deoptimized", attempts=backoff - lost, exact=known)
    # A site that lost its form starts again at backoff `lost`: below, it never had one.
    if backoff < lost or had is False:
        attempts, executions = counter.attempts(word), counter.executions(word)
        return Verdict(at, "failed", None, attempts, executions, exact=known)
    return Verdict(at, "failed")


def _judge_call(listed: Sequence[Instruction], index: int, rows: Rows) -> Verdict:
    """Judge a PRECALL and its CALL as one site, at the unit that decides.

    Every form of PRECALL performs the whole call, except those that only sort out the kind of
    callee (``Python/ceval.c`` 3.11): then CALL decides.
    """
    first = listed[index]
    form = form_of(first)
    if form not in rows.facts.general or index + 1 == len(listed):
        return _judge_site(listed, index, rows)
    call = listed[index + 1]
    if call.live == "CALL_ADAPTIVE" and call.words[0] == rows.counter.initial:
        return Verdict(call, "waiting", next=next_attempt(call, rows.counter))
    verdict = _judge_site(listed, index + 1, rows)
    if verdict.form is not None:
        return verdict
    kind = judge_form(first, first.live, rows)
    return kind._replace(at=call, attempts=verdict.attempts, exact=verdict.exact, next=verdict.next)
