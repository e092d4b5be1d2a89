# SPDX-License-Identifier: BSD-3-Clause
"""Why a site found no form: what its release has forms for, which its operands were not.

The bytes do not say what the operands were, so nothing is said of them: only what would have
fitted, which the release proves (`cpython.fits`).
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ipyspecialize.cpython.fits import family_of, fits_of
from ipyspecialize.records import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ipyspecialize.reading.sites import Instruction
    from ipyspecialize.records import Site, State

#: States that ask for a reason.
_ASKING: frozenset[State] = frozenset({"failed", "deoptimized"})
#: 3.11 has two instructions for a call.
_CALLS = frozenset({"PRECALL", "CALL"})
_CONSTANTS = frozenset({"LOAD_CONST", "LOAD_COMMON_CONSTANT"})


def reason_of(
    state: State, opname: str, operator: str | None, release: tuple[int, int]
) -> str | None:
    """Return the id of what `reasons_of` says of a site; None where its state asks for nothing.

    operator:  Symbol of the instruction; None where it has none.
    """
    reason = _reason(opname, operator, release) if state in _ASKING else None
    return None if reason is None else reason.id


def reasons_of(sites: Iterable[Site], release: tuple[int, int]) -> tuple[Reason, ...]:
    """Return why sites of each kind among *sites* fail, whether one does by now or not."""
    kinds = dict.fromkeys((site.opname, site.operator) for site in sites)
    found = (_reason(*kind, release) for kind in kinds)
    return tuple(reason for reason in found if reason is not None)


def asked_of(reasons: Iterable[Reason], sites: Iterable[Site]) -> list[Reason]:
    """Return those of *reasons* that one of *sites* names."""
    named = {site.reason for site in sites}
    return [reason for reason in reasons if reason.id in named]


def of_written(sites: list[Site], listed: Sequence[Instruction]) -> list[Site]:
    """Return the *sites* of one code object, the reasons of calls that nobody wrote left out.

    listed:  Its instructions.
    """
    if not any(site.reason is not None and site.opname in _CALLS for site in sites):
        return sites
    unwritten = _unwritten(listed)
    return [site._replace(reason=None) if site.offset in unwritten else site for site in sites]


def _unwritten(listed: Sequence[Instruction]) -> set[int]:
    """Return the offsets of calls whose last argument, a constant, stands where they do.

    Leaving a ``with`` block passes None to `__exit__`, making a class passes its name.
    """
    found: set[int] = set()
    for before, at in pairwise(listed):
        if (
            at.base in _CALLS
            and at.position[2] is not None  # else all of a line stands in one place
            and at.position == before.position
            and (before.base in _CONSTANTS or before.offset in found)
        ):
            found.add(at.offset)
    return found


@cache
def _reason(opname: str, operator: str | None, release: tuple[int, int]) -> Reason | None:
    family = family_of(opname, operator)
    fits = [] if family is None else fits_of(family, operator, release)
    if family is None or not fits:
        return None
    *others, last = [fit.words for fit in fits]
    fitting = f"{', '.join(others)} and {last}" if others else last
    subject = family.subject.format(operator)
    version = ".".join(map(str, release))
    return Reason(
        f"{opname}:{operator}" if operator else opname,
        f"In {version}, {subject} has fast forms for {fitting} only.",
        family.fix,
    )
