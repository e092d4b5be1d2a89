# SPDX-License-Identifier: BSD-3-Clause
"""Instructions of one code object in, a verdict for each of its sites out.

3.12 and later, whose sites are adaptive from birth, are judged here; 3.11, which quickens a
whole code object first, in `quickening`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipyspecialize.reading import quickening
from ipyspecialize.reading.verdicts import (
    Rows,
    Verdict,
    form_of,
    had_form,
    has_forms,
    is_implicit_call,
    judge_form,
    next_attempt,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ipyspecialize.reading.sites import Instruction
    from ipyspecialize.records import State


def judge(listed: Sequence[Instruction], rows: Rows | None) -> Iterator[Verdict]:
    """Yield the verdict on each site of one code object, in order.

    rows:  Of the running version; None: names only, every state is ``unknown``.
    """
    if rows is None:
        for at in listed:
            if at.family:
                yield Verdict(at, "unknown", form=form_of(at))
    elif rows.facts.quickens:
        yield from quickening.judge(listed, rows)
    else:
        for index, at in enumerate(listed):
            if at.family:
                yield _judge_site(listed, index, rows) if at.words else Verdict(at, "unknown")


def neutral(listed: Sequence[Instruction], rows: Rows | None) -> Iterator[Instruction]:
    """Yield the instructions that are no site and no part of one."""
    quickens = rows is not None and rows.facts.quickens
    for index, at in enumerate(listed):
        if not at.family or (quickens and is_implicit_call(listed, index)):
            yield at


def _judge_site(listed: Sequence[Instruction], index: int, rows: Rows) -> Verdict:
    at = listed[index]
    if (form := form_of(at)) is not None:
        return judge_form(at, form, rows)
    if at.live != at.base:
        return Verdict(at, "hidden" if at.live.startswith("INSTRUMENTED_") else "unknown")
    verdict = _judge_base(listed, index, rows)
    if verdict.state in ("unknown", "unsupported"):
        return verdict
    return verdict._replace(next=next_attempt(at, rows.counter))


def _judge_base(listed: Sequence[Instruction], index: int, rows: Rows) -> Verdict:
    """Judge a site that stands as its base opcode."""
    at = listed[index]
    had = had_form(at, rows.facts)
    word = at.words[0]
    if word == rows.counter.initial and not had:
        return Verdict(at, "cold")
    if word in (rows.counter.initial, rows.counter.once):
        return Verdict(at, "waiting", executions=1 if had is False else None, exact=had is False)
    return _judge_failure(at, had, rows, has_form=has_forms(listed, index, rows.facts))


def _judge_failure(at: Instruction, had: bool | None, rows: Rows, *, has_form: bool) -> Verdict:  # noqa: FBT001
    """Judge a generic site that has been tried.

    had:       As from `had_form`.
    has_form:  False if no form exists for it.
    """
    counter, word = rows.counter, at.words[0]
    state: State = "failed" if has_form else "unsupported"
    if had and has_form:
        state = "deoptimized"
    if counter.backoff(word) == 0 and word <= counter.fresh:
        # Nothing to cache: the specializer waits as after a success, and counts no attempt.
        return Verdict(at, state)
    try:
        attempts, executions = counter.attempts(word), counter.executions(word)
    except ValueError:
        return Verdict(at, "unknown")
    if has_form and had is not False:
        # How a form was lost is not known: the miss that took it may have been an attempt. And
        # 1,000 additions of int and 54 of another type leave the word of two executions.
        return Verdict(at, state, attempts=attempts)
    return Verdict(
        at, state, None, attempts, executions, exact=counter.backoff(word) < counter.highest
    )
