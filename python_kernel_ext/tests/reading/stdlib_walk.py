# SPDX-License-Identifier: BSD-3-Clause
"""Compare every instruction of the standard library with what `dis` says; print JSON.

``python stdlib_walk.py cold`` compiles every module anew. ``python stdlib_walk.py warm`` runs
some of CPython's own test modules and takes every function that is alive afterwards. It runs in
a process of its own, because the test modules do as they like.
"""

from __future__ import annotations

import dis
import gc
import io
import json
import sys
import sysconfig
import unittest
import warnings
from collections import Counter
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING

from ipyspecialize.reading import Unit, read, walk
from ipyspecialize.reading.sites import instructions

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Folders that are no part of the library, and its tests, some of which do not compile.
LEFT_OUT = {"__pycache__", "dist-packages", "site-packages", "test", "tests", "idle_test"}
#: Test modules that warm up much of the library in a few seconds.
WARMING = (
    "test_bisect",
    "test_collections",
    "test_csv",
    "test_difflib",
    "test_fractions",
    "test_heapq",
    "test_json",
    "test_string",
    "test_textwrap",
)


def main(how: str) -> None:
    """Compare, and print what was found."""
    found: Counter[str] = Counter()
    for code in _cold() if how == "cold" else _warm():
        _compare(code, found)
        findings = read([Unit(code, None)], nested=False)
        found["sites"] += len(findings.sites)
        found.update(f"state {site.state}" for site in findings.sites)
    sys.stdout.write(json.dumps(found) + "\n")


def _compare(code: CodeType, found: Counter[str]) -> None:
    ours = [
        (at.offset, at.base, _untraced(at.live, at.base), at.position) for at in instructions(code)
    ]
    theirs = [
        (plain.offset, plain.opname, _untraced(live.opname, plain.opname), _position(plain))
        for plain, live in zip(
            dis.get_instructions(code), dis.get_instructions(code, adaptive=True), strict=True
        )
        if plain.opname != "EXTENDED_ARG"
    ]
    found["codes"] += 1
    found["instructions"] += len(ours)
    found["differences"] += ours != theirs


def _untraced(live: str, base: str) -> str:
    """Return *live*, but *base* where the entry of a JIT trace comes and goes."""
    quiet = live == "ENTER_EXECUTOR" or base in ("JUMP_BACKWARD", "RESUME")
    return base if quiet else live


def _position(at: dis.Instruction) -> tuple[int | None, ...]:
    where = at.positions
    assert where is not None
    return (where.lineno, where.end_lineno, where.col_offset, where.end_col_offset)


def _cold() -> Iterator[CodeType]:
    root = Path(sysconfig.get_path("stdlib"))
    warnings.simplefilter("ignore")
    for path in sorted(root.rglob("*.py")):
        if path.is_file() and not LEFT_OUT.intersection(path.relative_to(root).parts):
            yield from walk(compile(path.read_bytes(), str(path), "exec", dont_inherit=True))


def _warm() -> Iterator[CodeType]:
    suite = unittest.defaultTestLoader.loadTestsFromNames(f"test.{name}" for name in WARMING)
    unittest.TextTestRunner(io.StringIO(), verbosity=0).run(suite)
    seen: dict[int, CodeType] = {}
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType):
            seen.update((id(code), code) for code in walk(thing.__code__))
    yield from list(seen.values())


if __name__ == "__main__":
    main(sys.argv[1])
