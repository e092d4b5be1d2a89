# SPDX-License-Identifier: BSD-3-Clause
"""Live bytecode in, instructions out. The only module that reads it.

The layout (what is an instruction, what a cache word) is that of ``co_code``, the live opcode
and the cache words are those of ``_co_code_adaptive`` at the same offset: this stays right
where a tracer hides the live opcode, and is much faster than `dis`.
"""

from __future__ import annotations

from functools import cached_property, partial
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.cpython.tables import (
    CACHE_WORDS,
    ENTER_EXECUTOR,
    EXTENDED_ARG,
    IS_FAMILY,
    NAMES,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

#: First line, last line, first column, last column; columns in UTF-8 bytes. As `co_positions`.
Position = tuple[int | None, int | None, int | None, int | None]

#: The place of what has none.
NOWHERE: Position = (None, None, None, None)


class Places:
    """Where the instructions of one code object stand: asked for only by who paints them."""

    def __init__(self, code: CodeType) -> None:
        self._code = code

    @cached_property
    def by_unit(self) -> list[Position]:
        """The position of each code unit, cache words included."""
        places = list(self._code.co_positions())
        # A tool that put other bytes into a code object may have left its table of places alone.
        return places + [NOWHERE] * (len(self._code.co_code) // 2 - len(places))


class Instruction(NamedTuple):
    """One instruction as it lies in memory.

    offset:  Bytes from the start of ``co_code``; always even.
    base:    Name of the opcode the compiler wrote.
    live:    Name of the opcode that stands there now.
    arg:     Argument, extended ones put together.
    family:  True if the base opcode is an adaptive family.
    words:   Cache words, host byte order; empty but for families, and for those whose words are
             not as many as this CPython gives them: other bytes than its own lie there.
    places:  Where it and the others of its code object stand.
    """

    offset: int
    base: str
    live: str
    arg: int
    family: bool
    words: tuple[int, ...]
    places: Places

    @property
    def position(self) -> Position:
        """Where it stands in the compiled text."""
        return self.places.by_unit[self.offset // 2]


#: Code units of an instruction and its cache words, by number.
_UNITS = tuple(1 + words for words in CACHE_WORDS)

#: From the tuple of its fields: calling the class takes twice as long, and there are many.
_new: Callable[[tuple[object, ...]], Instruction] = partial(tuple.__new__, Instruction)


def instructions(code: CodeType, live: bytes | None = None) -> list[Instruction]:
    """Return the instructions of *code* in order, prefixes and cache words left out.

    live:  Its live bytes at another moment; by default as they are now.
    """
    laid_out = code.co_code
    base, arguments = laid_out[::2], laid_out[1::2]
    hidden = live is None
    if live is None:
        live = bytes(code._co_code_adaptive)  # type: ignore[attr-defined]
    opcodes, words = live[::2], tuple(memoryview(live).cast("H"))
    if hidden and ENTER_EXECUTOR is not None and ENTER_EXECUTOR in opcodes:
        opcodes = _behind_traces(code, base, opcodes)
    places = Places(code)
    found: list[Instruction] = []
    owned = _UNITS
    extended = 0
    # 0 is a cache word: each instruction owns those up to the next one.
    starts = [unit for unit, opcode in enumerate(base) if opcode]
    for unit, end in pairwise([*starts, len(base)]):
        opcode = base[unit]
        if opcode == EXTENDED_ARG:
            extended = (extended | arguments[unit]) << 8
            continue
        family = IS_FAMILY[opcode]
        cache = words[unit + 1 : end] if family and end - unit == owned[opcode] else ()
        arg = extended | arguments[unit]
        found.append(
            _new((2 * unit, NAMES[opcode], NAMES[opcodes[unit]], arg, family, cache, places))
        )
        extended = 0
    return found


def _behind_traces(code: CodeType, base: bytes, live: bytes) -> bytes:
    """Return *live* with the opcodes of families in whose place the entry of a JIT trace stands.

    base, live:  One opcode for each code unit.
    """
    _opcode = import_module("_opcode")  # private, and there where there are traces

    found = bytearray(live)
    for unit, opcode in enumerate(base):
        if live[unit] == ENTER_EXECUTOR and IS_FAMILY[opcode]:
            try:
                found[unit] = _opcode.get_executor(code, 2 * unit).get_opcode()
            except (AttributeError, ValueError, RuntimeError):
                continue  # gone meanwhile: it stays without a form
    return bytes(found)
