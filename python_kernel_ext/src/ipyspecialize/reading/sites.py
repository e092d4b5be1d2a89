# SPDX-License-Identifier: BSD-3-Clause
"""Live bytecode in, instructions out. The only module that reads it.

The layout (what is an instruction, what a cache word) is that of ``co_code``, the live opcode
and the cache words are those of ``_co_code_adaptive`` at the same offset: this stays right
where a tracer hides the live opcode, and is much faster than `dis`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.cpython.tables import ENTER_EXECUTOR, EXTENDED_ARG, IS_FAMILY, NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping
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
    saved: Mapping[int, int] = {}
    if live is None:
        live = bytes(code._co_code_adaptive)  # type: ignore[attr-defined]
        if ENTER_EXECUTOR is not None and ENTER_EXECUTOR in live[::2]:
            saved = _hidden_by_traces(code, base, live)
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
                    NAMES[saved.get(unit, live[2 * unit])],
                    extended | base[2 * unit + 1],
                    family,
                    tuple(words[unit + 1 : _cache_end(base, unit + 1, units)]) if family else (),
                    position,
                )
            )
            extended = 0
    return found


def _hidden_by_traces(code: CodeType, base: bytes, live: bytes) -> dict[int, int]:
    """Return the opcodes of families in whose place the entry of a JIT trace stands, by unit."""
    _opcode = import_module("_opcode")  # private, and there where there are traces

    hidden: dict[int, int] = {}
    for unit in range(len(base) // 2):
        if live[2 * unit] == ENTER_EXECUTOR and IS_FAMILY[base[2 * unit]]:
            try:
                hidden[unit] = _opcode.get_executor(code, 2 * unit).get_opcode()
            except (AttributeError, ValueError, RuntimeError):
                continue  # gone meanwhile: it stays without a form
    return hidden


def _cache_end(base: bytes, unit: int, units: int) -> int:
    while unit < units and not base[2 * unit]:
        unit += 1
    return unit
