# SPDX-License-Identifier: BSD-3-Clause
"""What ran: the last run of each cell, bounded by count and by bytes.

A run holds texts and code objects, no result, frame or namespace: it keeps no user data alive
but the constants of the code, and those are counted.
"""

from __future__ import annotations

from collections import OrderedDict
from types import CodeType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ipyspecialize.ipython.directive import Options

    #: First line, last line, first column, last column, as `co_positions` gives them.
    Position = tuple[int | None, int | None, int | None, int | None]

#: Cells kept, and bytes kept; the oldest go first.
MOST_RUNS = 200
MOST_BYTES = 16_000_000

#: A live code object takes about four times its bytecode (locations, names, caches).
_BYTES_PER_BYTE = 4


class Unit:
    """Code objects compiled from one text: the cell's own, or the body of ``%%time``.

    text:   What was compiled.
    shift:  Lines of the raw cell above it.
    whole:  False if the text must be shown to be the body before it is mapped: a line magic
            such as ``%time x`` compiles a piece under the same file name.
    codes:  Its top-level code objects, in the order they ran.
    alien:  Positions of code that a magic put around the body, as `co_positions` gives them.
    """

    __slots__ = ("alien", "codes", "shift", "text", "whole")

    def __init__(self, text: str, shift: int = 0, *, whole: bool = True) -> None:
        self.text = text
        self.shift = shift
        self.whole = whole
        self.codes: list[CodeType] = []
        self.alien: frozenset[Position] = frozenset()


class Run:
    """One execution of one cell.

    raw:      Its text, magic lines included.
    count:    Execution count, or None.
    cell_id:  As the front end sent it, or None.
    options:  What the cell asked for; None if it did not ask for an overlay.
    asked:    True if the front end asked for this very run, so that its output has a place.
    stopped:  Exception class name and raw line (from 1; None if unknown) where it stopped.
    """

    __slots__ = ("asked", "cell_id", "count", "options", "raw", "size", "stopped", "units")

    def __init__(
        self,
        raw: str,
        count: int | None,
        cell_id: str | None,
        options: Options | None,
        *,
        asked: bool,
    ) -> None:
        self.raw = raw
        self.count = count
        self.cell_id = cell_id
        self.options = options
        self.asked = asked
        self.units: list[Unit] = []
        self.stopped: tuple[str, CodeType, int] | None = None
        self.size = 0

    def measure(self) -> None:
        """Set `size` to about the bytes that keeping this run costs."""
        seen: set[int] = set()
        codes = (code for unit in self.units for code in unit.codes)
        self.size = len(self.raw) + sum(_size(code, seen) for code in codes)


class Store:
    """The last run of each cell, oldest first."""

    def __init__(self, most_runs: int = MOST_RUNS, most_bytes: int = MOST_BYTES) -> None:
        self._most_runs = most_runs
        self._most_bytes = most_bytes
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._bytes = 0
        self._dropped: OrderedDict[str, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._runs)

    @property
    def size(self) -> int:
        """Return about how many bytes the kept runs take."""
        return self._bytes

    def put(self, key: str, run: Run) -> list[str]:
        """Keep *run* as the last one of *key*; return the keys that had to go."""
        run.measure()
        self.drop(key)
        self._runs[key] = run
        self._bytes += run.size
        gone: list[str] = []
        while len(self._runs) > self._most_runs or self._bytes > self._most_bytes:
            oldest = next(iter(self._runs))
            self.drop(oldest)
            gone.append(oldest)
            self._dropped[oldest] = None
            if len(self._dropped) > 10 * self._most_runs:
                self._dropped.popitem(last=False)
        return gone

    def get(self, key: str) -> Run | None:
        """Return the last run of *key*, None if there is none."""
        return self._runs.get(key)

    def drop(self, key: str) -> None:
        """Forget the run of *key*, if there is one."""
        run = self._runs.pop(key, None)
        if run is not None:
            self._bytes -= run.size

    def had(self, key: str) -> bool:
        """Return True if *key* ran here but its recording had to make room."""
        return key in self._dropped


def _size(code: CodeType, seen: set[int]) -> int:
    if id(code) in seen:
        return 0
    seen.add(id(code))
    return len(code.co_code) * _BYTES_PER_BYTE + _size_of_constants(code.co_consts, seen)


def _size_of_constants(constants: Iterable[object], seen: set[int]) -> int:
    total = 0
    for constant in constants:
        if isinstance(constant, CodeType):
            total += _size(constant, seen)
        elif isinstance(constant, (str, bytes)):
            total += len(constant)
        elif isinstance(constant, (tuple, frozenset)):
            total += 8 * len(constant) + _size_of_constants(constant, seen)
        elif isinstance(constant, int):
            total += constant.bit_length() // 8
    return total
