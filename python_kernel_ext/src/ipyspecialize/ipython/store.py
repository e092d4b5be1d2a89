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
    from ipyspecialize.ipython.elsewhere import Before
    from ipyspecialize.reading.comparing import Shown

    #: First line, last line, first column, last column, as `co_positions` gives them.
    Position = tuple[int | None, int | None, int | None, int | None]

#: Cells kept, and bytes kept; the oldest go first, those without an overlay before the others.
MOST_RUNS = 200
MOST_BYTES = 16_000_000

#: What keeping code costs, traced on CPython 3.11 and rounded up: for each code object, and for
#: each byte of its bytecode (locations, names, caches).
_BYTES_PER_CODE = 250
_BYTES_PER_BYTE = 5
#: What an overlay keeps besides (lines, bytes to compare, sites seen in a form).
_BYTES_SHOWN = 6000
_BYTES_PER_BYTE_SHOWN = 5


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
    pinned:   True while an overlay shows it, which may need it again.
    before:   Other cells' functions as they were when it began; None if nobody asked.
    folder:   In which it began; empty if nobody asked, or where there is none.
    then:     What the cell was last seen as before this run; None if it was not.
    size:     About how many bytes keeping it costs, once it is measured.
    extra:    What an overlay adds to that.
    """

    __slots__ = (
        "_functions",
        "asked",
        "before",
        "cell_id",
        "count",
        "extra",
        "folder",
        "options",
        "pinned",
        "raw",
        "size",
        "stopped",
        "then",
        "units",
    )

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
        self.pinned = False
        self.before: Before | None = None
        self.folder = ""
        self.then: Shown | None = None
        self.size = self.extra = 0
        self._functions: list[CodeType] | None = None

    def functions(self) -> list[CodeType]:
        """Return the code objects inside its top-level code, which alone may run again.

        Ask when it has ended: the answer is kept.
        """
        if self._functions is None:
            from ipyspecialize.reading.codes import walk  # noqa: PLC0415 - first use

            tops = [code for unit in self.units for code in unit.codes]
            self._functions = [code for top in tops for code in walk(top) if code is not top]
        return self._functions

    def measure(self) -> None:
        """Set `size` and `extra`. Ask when it has ended."""
        pending = [code for unit in self.units for code in unit.codes]
        seen: set[int] = set()
        bytecode = kept = 0
        while pending:
            code = pending.pop()
            if id(code) not in seen:
                seen.add(id(code))
                bytecode += len(code.co_code)
                kept += _BYTES_PER_CODE + _size(code.co_consts, pending)
        then = self.then
        known = 0 if then is None else len(then.text) + len(then.levels) * then.levels.itemsize
        self.size = len(self.raw) + known + kept + _BYTES_PER_BYTE * bytecode
        self.extra = _BYTES_SHOWN + _BYTES_PER_BYTE_SHOWN * bytecode


class Store:
    """The last run of each cell, oldest first; bounded, whatever is pinned."""

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
        return self._make_room(key)

    def pin(self, key: str) -> list[str]:
        """Keep the run of *key* rather than others: it is shown; return the keys that had to go."""
        run = self._runs.get(key)
        if run is None or run.pinned:
            return []
        run.pinned = True
        run.size += run.extra
        self._bytes += run.extra
        return self._make_room(key)

    def others(self, key: str) -> list[Run]:
        """Return the kept runs of all cells but *key*."""
        return [run for other, run in self._runs.items() if other != key]

    def _make_room(self, newest: str) -> list[str]:
        """Drop runs until the bounds hold, *newest* last of all; return their keys."""
        gone: list[str] = []
        while len(self._runs) > self._most_runs or self._bytes > self._most_bytes:
            others = [(run.pinned, key) for key, run in self._runs.items() if key != newest]
            _, key = min(others, key=lambda other: other[0], default=(True, newest))
            self.drop(key)
            gone.append(key)
            self._dropped[key] = None
            if len(self._dropped) > 2 * self._most_runs:
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


def _size(constants: Iterable[object], codes: list[CodeType]) -> int:
    """Return about how many bytes *constants* take, but for code objects: those go to *codes*."""
    total = 0
    for constant in constants:
        if isinstance(constant, CodeType):
            codes.append(constant)
        elif isinstance(constant, (str, bytes)):
            total += len(constant)
        elif isinstance(constant, (tuple, frozenset)):
            total += 8 * len(constant) + _size(constant, codes)
        elif isinstance(constant, int):
            total += constant.bit_length() // 8
    return total
