# SPDX-License-Identifier: BSD-3-Clause
"""What ran in this process, told by CPython's own audit events.

In: nothing but the events. Out: the module code that was executed, by file, and the number of
processes that were started. A hook cannot be taken away again, which is right for a process
that runs one program and ends.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict, deque
from types import CodeType

from ipyspecialize.records import Caution

#: A program may execute one file again and again: the last copies are kept.
_MOST_COPIES = 100
#: What CPython calls the text behind ``-c``, and many a text that a program executes.
COMMAND = "<string>"
_STARTS = {
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "subprocess.Popen",
}
_TRACES = {"sys.settrace", "sys.setprofile"}
#: Modules that start processes by other events of `_STARTS`, and are counted by themselves.
_COUNTED = {"subprocess", "multiprocessing.popen_fork"}


class Watch:
    """The hook and what it saw.

    executed:  Module code by real path, the last copies of each; `COMMAND` for ``-c``.
    """

    def __init__(self) -> None:
        self.executed: defaultdict[str, deque[CodeType]] = defaultdict(
            lambda: deque(maxlen=_MOST_COPIES)
        )
        self._started = 0
        self._traced = False
        self._process = os.getpid()

    def begin(self) -> None:
        """Hear of everything that happens from now on."""
        sys.addaudithook(self._hear)

    def is_here(self) -> bool:
        """Return False in a child that was forked, where nothing is to be reported."""
        return os.getpid() == self._process

    def children(self) -> int:
        """Return how many processes this one started."""
        return self._started + _of_multiprocessing()

    def cautions(self) -> list[Caution]:
        """Return what a reading made at the end cannot know of the time before."""
        # Python/ceval.c 3.11; later ones specialize, too, and show in each site who hides it.
        if sys.version_info >= (3, 12) or not self._traced or sys.gettrace() or sys.getprofile():
            return []
        said = (
            "A trace or profile function was set while the program ran (coverage, a debugger, a "
            "profiler), and CPython 3.11 specializes nothing while one is. Run it without."
        )
        return [Caution("traced", said)]

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "exec":
            code = arguments[0]
            if isinstance(code, CodeType):
                self._keep(code)
        elif event in _TRACES:
            self._traced = True
        elif event in _STARTS and self.is_here():
            by = sys._getframe(1).f_globals.get("__name__")
            self._started += event == "subprocess.Popen" or by not in _COUNTED

    def _keep(self, code: CodeType) -> None:
        name = code.co_filename
        if not name.startswith("<"):
            self.executed[os.path.realpath(name)].append(code)
        elif name == COMMAND and name not in self.executed:
            self.executed[name].append(code)


def _of_multiprocessing() -> int:
    """Return how many processes `multiprocessing` made, in whichever of its ways.

    Only forking is an audit event; a server may fork for it, and its trackers are none of the
    program's. It numbers them from 1 (Lib/multiprocessing/process.py, 3.11 to 3.15).
    """
    module = sys.modules.get("multiprocessing.process")
    digits = "".join(filter(str.isdigit, repr(getattr(module, "_process_counter", ""))))
    return int(digits) - 1 if digits else 0
