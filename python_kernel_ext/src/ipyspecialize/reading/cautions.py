# SPDX-License-Identifier: BSD-3-Clause
"""What limits the picture of a set of code objects, and what to do about it."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING

from ipyspecialize.cpython.counters import COUNTERS
from ipyspecialize.records import Caution

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import CodeType

    from ipyspecialize.records import Site


def cautions(codes: Iterable[CodeType], sites: Sequence[Site], *, known: bool) -> Iterator[Caution]:
    """Yield what the reader of these *sites* must know.

    known:  False if the running version has no rows to judge by.
    """
    if sys.implementation.name != "cpython":
        yield Caution(
            "not-cpython",
            f"This is {platform.python_implementation()}: only CPython specializes its bytecode. "
            "Choose a CPython kernel.",
        )
    elif not known:
        oldest, newest = (f"{a}.{b}" for a, b in (min(COUNTERS), max(COUNTERS)))
        yield Caution(
            "version",
            f"CPython {platform.python_version()} is not among the versions that can be judged "
            f"({oldest} to {newest}): opcodes are named, states are unknown. Choose a kernel of "
            f"CPython {newest}.",
        )
    # Python/ceval.c 3.11: with a trace or profile function the interpreter does not specialize.
    elif sys.version_info < (3, 12) and (sys.gettrace() or sys.getprofile()):
        kind = "trace" if sys.gettrace() else "profile"
        yield Caution(
            "traced",
            f"A {kind} function is active (a debugger, coverage, a profiler), and CPython 3.11 "
            "specializes nothing while it is. Switch it off and run the cell again; after the "
            "JupyterLab debugger, restart the kernel.",
        )
    if any(site.state == "hidden" for site in sites):
        yield Caution(
            "hidden",
            "A tracer, debugger or coverage tool stands in the place of some instructions, and "
            "nothing can be said of those. Switch it off and run the cell again.",
        )
    if sites and not any(_has_columns(code) for code in codes):
        yield Caution(
            "no-columns",
            "Python runs without column numbers (-X no_debug_ranges or PYTHONNODEBUGRANGES), so "
            "whole lines are coloured. Unset it and restart the kernel.",
        )


def _has_columns(code: CodeType) -> bool:
    return any(position[2] is not None for position in code.co_positions())
