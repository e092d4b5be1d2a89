# SPDX-License-Identifier: BSD-3-Clause
"""What limits the picture of a set of code objects, and what to do about it.

Each entry looks at one thing; `cautions` asks them all. What is said is what happened, why, and
what to do next.
"""

from __future__ import annotations

import platform
import sys
import sysconfig
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ipyspecialize.cpython.counters import COUNTERS
from ipyspecialize.reading.traces import jit_is_on
from ipyspecialize.records import Caution

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import CodeType

    from ipyspecialize.reading.verdicts import Rows
    from ipyspecialize.records import Site


def cautions(
    codes: Iterable[CodeType], sites: Sequence[Site], rows: Rows | None, *, assumed: bool = False
) -> Iterator[Caution]:
    """Yield what the reader of these *sites* must know.

    rows:     That judged them; None if there are none for the running version.
    assumed:  True if the caller chose them.
    """
    yield from _interpreter(rows, assumed=assumed)
    yield from of_build()
    yield from _tracers(sites)
    yield from _jit(sites)
    yield from _bytecode(sites)
    yield from _columns(codes, sites)


def other_text(names: Sequence[str]) -> Iterator[Caution]:
    """Yield what to say of code objects *names* that their text does not fit."""
    if names:
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        yield Caution(
            "other-text",
            f"The text is not the one that {names[0]}{more} was compiled from (edited since, or "
            "rewritten by a tool such as pytest), so those sites have no place in it. Load it as "
            "it is now (pytest: with --assert=plain), or pass the right text as source=... to "
            "inspect().",
        )


def no_text(files: Sequence[str]) -> Iterator[Caution]:
    """Yield what to say of code whose *files* are not to be had."""
    for file in files:
        yield Caution(
            "source-missing",
            f"The source of {file} is not to be had, so its sites have no place in a text. Pass it "
            "as source=... to inspect().",
        )


def no_functions(owners: Iterable[Any]) -> Iterator[Caution]:
    """Yield what to say of classes and modules that define no function."""
    for owner in owners:
        kind = "class" if isinstance(owner, type) else "module"
        yield Caution(
            "no-functions",
            f"The {kind} {owner.__name__} defines no Python function of its own: it is written in "
            "C, or holds what others define. Pass what defines the functions.",
        )


def _interpreter(rows: Rows | None, *, assumed: bool) -> Iterator[Caution]:
    if sys.implementation.name != "cpython":
        yield Caution(
            "not-cpython",
            f"This is {platform.python_implementation()}: only CPython specializes its bytecode. "
            "Run the code there.",
        )
    elif rows is None:
        oldest, newest = (f"{a}.{b}" for a, b in (min(COUNTERS), max(COUNTERS)))
        yield Caution(
            "version",
            f"CPython {platform.python_version()} is not among the versions that can be judged "
            f"({oldest} to {newest}): opcodes are named, states are unknown. Run the code on "
            f"CPython {newest}, or take its rules at your own risk with "
            f"assume=({newest.replace('.', ', ')}), --assume {newest} on the command line.",
        )
    elif assumed:
        yield Caution(
            "assumed",
            f"CPython {platform.python_version()} was read by the rules of another version "
            f"({rows.counter.checked.partition(',')[0]}), as asked: states and numbers may be "
            "wrong.",
        )


@cache
def of_build() -> tuple[Caution, ...]:
    """Return what limits every reading of this build of CPython."""
    return (*_switched_off(), *_threads())


def _switched_off() -> Iterator[Caution]:
    # Lib/test/support 3.13: _opcode.ENABLE_SPECIALIZATION; _FT is of free-threaded 3.14 alone.
    opcode = import_module("_opcode")
    name = "ENABLE_SPECIALIZATION_FT" if _free_threaded() else "ENABLE_SPECIALIZATION"
    if not getattr(opcode, name, getattr(opcode, "ENABLE_SPECIALIZATION", True)):
        yield Caution(
            "switched-off",
            "This Python was built without specialization, so nothing can become fast here. "
            "Run the code on a regular build of CPython.",
        )


def _threads() -> Iterator[Caution]:
    if _free_threaded():
        yield Caution(
            "free-threaded",
            "This is a free-threaded build, where each thread specializes a copy of its own: only "
            "that of the main thread is seen, and such builds are not tested. Run the code in the "
            "main thread, or on a regular build of CPython.",
        )


def _free_threaded() -> bool:
    return bool(sysconfig.get_config_var("Py_GIL_DISABLED"))


def _tracers(sites: Sequence[Site]) -> Iterator[Caution]:
    # Python/ceval.c 3.11: with a trace or profile function the interpreter does not specialize.
    if sys.version_info < (3, 12) and (sys.gettrace() or sys.getprofile()):
        kind = "trace" if sys.gettrace() else "profile"
        yield Caution(
            "traced",
            f"A {kind} function is active (a debugger, coverage, a profiler), and CPython 3.11 "
            "specializes nothing while it is. Switch it off and run the code again; after the "
            "JupyterLab debugger, restart the kernel.",
        )
    # Python/instrumentation.c 3.12: what stands in an instruction's place hides its form, and
    # stays until the code runs again.
    hidden = sum(site.state == "hidden" for site in sites)
    if hidden:
        yield Caution(
            "hidden",
            f"A tracer, debugger or coverage tool stands in the place of {_sites(hidden)}, and "
            "nothing can be said of those. Switch it off and run the code again.",
        )


def _jit(sites: Sequence[Site]) -> Iterator[Caution]:
    compiled = sum(site.compiled for site in sites)
    if compiled or jit_is_on():
        runs = f"runs {_sites(compiled)} in machine code" if compiled else "is on"
        yield Caution(
            "jit",
            f"The JIT {runs}, which counts nothing: states are as CPython last saw them, numbers "
            "are lower bounds. Start Python with PYTHON_JIT=0 for exact ones.",
        )


def _bytecode(sites: Sequence[Site]) -> Iterator[Caution]:
    torn = sum(site.raw is None for site in sites)
    if torn:
        yield Caution(
            "foreign-bytecode",
            f"The bytecode of {_sites(torn)} is not as this CPython's compiler lays it out (a tool "
            "or another Python made it), so nothing can be said of those. Compile the source with "
            "this Python.",
        )


def _columns(codes: Iterable[CodeType], sites: Sequence[Site]) -> Iterator[Caution]:
    if sites and not any(_has_columns(code) for code in codes):
        yield Caution(
            "no-columns",
            "Python runs without column numbers (-X no_debug_ranges or PYTHONNODEBUGRANGES), so "
            "whole lines are coloured. Unset it and start Python again.",
        )


def _has_columns(code: CodeType) -> bool:
    return any(position[2] is not None for position in code.co_positions())


def _sites(count: int) -> str:
    return "one site" if count == 1 else f"{count} sites"
