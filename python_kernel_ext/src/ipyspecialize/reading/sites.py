# SPDX-License-Identifier: BSD-3-Clause
"""Live bytecode in, instructions out. The only module that reads it.

The layout (what is an instruction, what a cache word) is that of ``co_code``, the live opcode
and the cache words are those of ``_co_code_adaptive`` at the same offset: this stays right
where a tracer hides the live opcode, and is much faster than `dis`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.cpython.tables import EXTENDED_ARG, IS_FAMILY, NAMES

if TYPE_CHECKING:
    from types import CodeType

#: First line, last line, first column, last column; columns in UTF-8 bytes. As `co_positions`.
Position = tuple[int | None, int | None, int | None, int | None]


class Instruction(NamedTuple):
    """One instruction as it lies in memory.

    offset:    Bytes from the start of ``co_code``; always even.
    base:      Name of the opcode the compiler wrote.
    live:      Name of the opcode that stands there now.
    arg:       Argument, extended ones put together.
    family:    True if the base opcode is an adaptive family.
    words:     Cache words, host byte order; empty but for families.
    position:  Where it stands in the compiled text.
    """

    offset: int
    base: str
    live: str
    arg: int
    family: bool
    words: tuple[int, ...]
    position: Position


def instructions(code: CodeType, live: bytes | None = None) -> list[Instruction]:
    """Return the instructions of *code* in order, prefixes and cache words left out.

    live:  Its live bytes at another moment; by default as they are now.
    """
    base = code.co_code
    if live is None:
        live = bytes(code._co_code_adaptive)  # type: ignore[attr-defined]
    words = memoryview(live).cast("H")
    units = len(base) // 2
    found: list[Instruction] = []
    extended = 0
    for unit, position in enumerate(code.co_positions()):
        opcode = base[2 * unit]
        if opcode == EXTENDED_ARG:
            extended = (extended | base[2 * unit + 1]) << 8
        elif opcode:  # 0 is a cache word
            family = IS_FAMILY[opcode]
            found.append(
                Instruction(
                    2 * unit,
                    NAMES[opcode],
                    NAMES[live[2 * unit]],
                    extended | base[2 * unit + 1],
                    family,
                    tuple(words[unit + 1 : _cache_end(base, unit + 1, units)]) if family else (),
                    position,
                )
            )
            extended = 0
    return found


def _cache_end(base: bytes, unit: int, units: int) -> int:
    while unit < units and not base[2 * unit]:
        unit += 1
    return unit
