# SPDX-License-Identifier: BSD-3-Clause
"""What lives in this process in, the code of each source file out.

Functions, generators and coroutines hold the code objects that ran; a freshly compiled copy would
be cold. The code of a module's top level is gone once it has run, unless somebody kept it.
"""

from __future__ import annotations

import gc
import os
from types import AsyncGeneratorType, CodeType, CoroutineType, FunctionType, GeneratorType
from typing import TYPE_CHECKING

from ipyspecialize.reading import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def codes_by_file(
    files: Iterable[str], kept: Mapping[str, Iterable[CodeType]] | None = None
) -> dict[str, list[CodeType]]:
    """Return the outermost live code objects of each of *files*, in the order of its lines.

    files:  Real paths, or names in angle brackets, which only *kept* may have.
    kept:   Code objects that somebody kept, by file; they come before those that live.
    """
    found = {file: {id(code): code for code in (kept or {}).get(file, ())} for file in files}
    real: dict[str, str] = {}
    for code in _living():
        name = code.co_filename
        if name.startswith("<"):
            continue
        if name not in real:
            real[name] = os.path.realpath(name)
        if real[name] in found:
            found[real[name]].setdefault(id(code), code)
    return {file: _outermost(list(codes.values())) for file, codes in found.items()}


def _living() -> Iterator[CodeType]:
    """Yield the code of every function, generator and coroutine there is."""
    for thing in gc.get_objects():
        kind = type(thing)
        if kind is FunctionType:
            yield thing.__code__
        elif kind is GeneratorType:
            yield thing.gi_code
        elif kind is CoroutineType:
            yield thing.cr_code
        elif kind is AsyncGeneratorType:
            yield thing.ag_code


def _outermost(codes: list[CodeType]) -> list[CodeType]:
    inside = {id(inner) for code in codes for inner in walk(code) if inner is not code}
    return sorted(
        (code for code in codes if id(code) not in inside), key=lambda code: code.co_firstlineno
    )
