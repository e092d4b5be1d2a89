# SPDX-License-Identifier: BSD-3-Clause
"""What ran in this process, as live code objects, told by CPython's own audit events.

In: nothing but the events. Out: the module code that was executed, by file, and the number of
processes that were started. A hook cannot be taken away again, which is right for a process
that runs one program and ends.
"""

from __future__ import annotations

import gc
import os
import sys
from collections import defaultdict, deque
from types import AsyncGeneratorType, CodeType, CoroutineType, FunctionType, GeneratorType
from typing import TYPE_CHECKING

from ipyspecialize.reading import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A program may execute one file again and again: the last copies are kept.
_MOST_COPIES = 100
#: What CPython calls the text behind ``-c``, and many a text that a program executes.
COMMAND = "<string>"
# Popen may start its child by posix_spawn, which would be counted twice.
_STARTS = {"os.fork", "os.forkpty", "os.spawn", "os.startfile", "os.system", "subprocess.Popen"}


class Watch:
    """The hook and what it saw.

    executed:  Module code by real path, the last copies of each; `COMMAND` for ``-c``.
    children:  Processes that this one started.
    """

    def __init__(self) -> None:
        self.executed: defaultdict[str, deque[CodeType]] = defaultdict(
            lambda: deque(maxlen=_MOST_COPIES)
        )
        self.children = 0
        self._process = os.getpid()

    def begin(self) -> None:
        """Hear of everything that happens from now on."""
        sys.addaudithook(self._hear)

    def is_here(self) -> bool:
        """Return False in a child that was forked, where nothing is to be reported."""
        return os.getpid() == self._process

    def codes(self) -> dict[str, list[CodeType]]:
        """Return the outermost live code objects of each file, in the order of its lines.

        They are the executed module code, and the functions of modules that were loaded before.
        """
        found: defaultdict[str, dict[int, CodeType]] = defaultdict(dict)
        for file, codes in self.executed.items():
            found[file] = {id(code): code for code in codes}
        real: dict[str, str] = {}
        for code in _living():
            name = code.co_filename
            if name.startswith("<"):
                continue
            if name not in real:
                real[name] = os.path.realpath(name)
            found[real[name]].setdefault(id(code), code)
        return {file: _outermost(list(codes.values())) for file, codes in found.items()}

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "exec":
            code = arguments[0]
            if isinstance(code, CodeType):
                self._keep(code)
        elif event in _STARTS and self.is_here():
            self.children += 1

    def _keep(self, code: CodeType) -> None:
        name = code.co_filename
        if not name.startswith("<"):
            self.executed[os.path.realpath(name)].append(code)
        elif name == COMMAND and name not in self.executed:
            self.executed[name].append(code)


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
