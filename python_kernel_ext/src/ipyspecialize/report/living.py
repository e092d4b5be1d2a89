# SPDX-License-Identifier: BSD-3-Clause
"""What lives in this process in, the code of each source file out.

Functions, generators and coroutines hold the code objects that ran; a freshly compiled copy would
be cold. The code of a module's top level is gone once it has run, unless somebody kept it.
"""

from __future__ import annotations

import gc
import os
import sys
from operator import attrgetter
from types import AsyncGeneratorType, CodeType, CoroutineType, FunctionType, GeneratorType
from typing import TYPE_CHECKING, Any

from ipyspecialize.reading import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

#: What holds code that runs, by its exact type.
_CODE_OF: Mapping[type, Callable[[Any], CodeType]] = {
    FunctionType: attrgetter("__code__"),
    GeneratorType: attrgetter("gi_code"),
    CoroutineType: attrgetter("cr_code"),
    AsyncGeneratorType: attrgetter("ag_code"),
}


def codes_by_file(
    files: Iterable[str], kept: Mapping[str, Iterable[CodeType]] | None = None
) -> dict[str, list[CodeType]]:
    """Return the outermost live code objects of each of *files*, in the order of its lines.

    files:  Real paths, or names in angle brackets, which only *kept* may have.
    kept:   Code objects that somebody kept, by file; they come before those that live.
    """
    found = {file: {id(code): code for code in (kept or {}).get(file, ())} for file in files}
    wanted = {_number(file) for file in found} - {None}
    real: dict[str, str] = {}
    for code in _living():
        name = _thawed(code.co_filename)
        if name.startswith("<"):
            continue
        if name not in real:
            # To follow links takes fifty times as long as to see that it is another file.
            other = (number := _number(name)) is not None and number not in wanted
            real[name] = "" if other else os.path.realpath(name)
        if real[name] in found:
            found[real[name]].setdefault(id(code), code)
    return {file: _outermost(list(codes.values())) for file, codes in found.items()}


def _living() -> Iterator[CodeType]:
    """Yield the code of every function, generator and coroutine there is."""
    # A comprehension: there may be millions of objects, and few are of interest.
    for thing in [thing for thing in gc.get_objects() if type(thing) in _CODE_OF]:
        yield _CODE_OF[type(thing)](thing)


def _thawed(name: str) -> str:
    """Return the file of a module that is frozen into CPython, ``<frozen os>``; else *name*."""
    if not name.startswith("<frozen "):
        return name
    return getattr(sys.modules.get(name[len("<frozen ") : -1]), "__file__", None) or name


def _number(file: str) -> tuple[int, int] | None:
    """Return what tells a file from others on this machine; None if there is no such file."""
    try:
        told = os.stat(file)  # noqa: PTH116 - there are many
    except (OSError, ValueError):
        return None
    return told.st_dev, told.st_ino


def _outermost(codes: list[CodeType]) -> list[CodeType]:
    inside = {id(inner) for code in codes for inner in walk(code) if inner is not code}
    return sorted(
        (code for code in codes if id(code) not in inside), key=lambda code: code.co_firstlineno
    )
