# SPDX-License-Identifier: BSD-3-Clause
"""What earlier readings of the same code objects saw, so that a verdict need not forget it.

A site keeps no memory of a form it lost, and from 3.12 on its misses start anew at every 53rd,
when it specialises again in place. One reading cannot see that; two can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.reading.verdicts import SETTLING

if TYPE_CHECKING:
    from types import CodeType

    from ipyspecialize.reading.verdicts import Verdict

#: Misses that cost a site its form, on every version (Include/internal/pycore_code.h 3.11: 53;
#: Include/internal/pycore_backoff.h 3.13: a cooldown of 52, and the miss that ends it).
_LOSES = 53


class _Past(NamedTuple):
    """What is remembered of one site.

    form:    The last form it was seen in.
    misses:  The misses it showed then.
    before:  Misses of the specializations before that one, at least.
    """

    form: str
    misses: int
    before: int


class History:
    """The sites of some code objects that were seen in a form, by code object and offset.

    Code objects are known by `id`: whoever keeps a history keeps them alive.
    """

    def __init__(self) -> None:
        self._sites: dict[tuple[int, int], _Past] = {}

    def __len__(self) -> int:
        return len(self._sites)

    def revise(self, code: CodeType, verdict: Verdict) -> Verdict:
        """Return *verdict*, made at this moment, with what was seen before; remember it."""
        key = (id(code), verdict.at.offset)
        past = self._sites.get(key)
        if verdict.form is None or verdict.misses is None:
            return verdict if past is None else _without_form(verdict)
        before = _misses_before(past, verdict.form, verdict.misses)
        self._sites[key] = _Past(verdict.form, verdict.misses, before)
        misses = before + verdict.misses
        if verdict.state == "specialized" and misses > SETTLING:
            verdict = verdict._replace(state="missing")
        return verdict._replace(misses=misses)


def _misses_before(past: _Past | None, form: str, misses: int) -> int:
    if past is None:
        return 0
    if form != past.form:
        return past.before + _LOSES  # no other way leads from one form to another
    return past.before + (past.misses if misses < past.misses else 0)


def _without_form(verdict: Verdict) -> Verdict:
    """Judge a site that once stood in a form, and does not now."""
    if verdict.state != "failed":
        return verdict
    return verdict._replace(state="deoptimized", executions=None, exact=False)
