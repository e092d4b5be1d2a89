# SPDX-License-Identifier: BSD-3-Clause
"""The opcode tables of the running interpreter, built once at import.

Everything here is derived from `opcode` and `dis`, so it needs no row for a new version.
"""

from __future__ import annotations

import dis
import opcode
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: Families that only replace an opcode and carry no type information
#: (``Lib/opcode.py`` 3.11; ``Include/internal/pycore_opcode_metadata.h`` 3.13 to 3.15).
_NO_TYPES = frozenset(
    {"EXTENDED_ARG", "JUMP_BACKWARD", "LOAD_CONST", "LOAD_FAST", "RESUME", "STORE_FAST"}
)


def _numbers() -> Mapping[str, int]:
    """Return every opcode's number by name, specialised ones included."""
    return {**opcode.opmap, **getattr(dis, "_all_opmap", {})}


def _forms() -> Mapping[str, str]:
    """Return the family of each form, by name."""
    specializations = getattr(opcode, "_specializations", {})
    return {
        form: family
        for family, forms in specializations.items()
        if family not in _NO_TYPES
        for form in forms
        if not form.endswith("_ADAPTIVE")
    }


def _names() -> tuple[str, ...]:
    table = [f"<{number}>" for number in range(256)]
    for name, number in _numbers().items():
        if number < len(table):
            table[number] = name
    return tuple(table)


def _cache_words() -> Iterator[int]:
    sizes: Any = getattr(opcode, "_inline_cache_entries", {})
    for number, name in enumerate(NAMES):
        # A list by number up to 3.12, then a mapping by name, which no `dict` need be.
        yield sizes[number] if isinstance(sizes, list) else sizes.get(name, 0)


#: Name of each opcode, live ones included, by number; ``<n>`` where there is none.
NAMES: tuple[str, ...] = _names()

#: Family of each form. Not of 3.11's ``*_ADAPTIVE``, the opcode of a site that waits for one.
FAMILY_OF: Mapping[str, str] = _forms()

#: The adaptive families, by name.
FAMILIES: frozenset[str] = frozenset(FAMILY_OF.values())

#: True at the number of each adaptive family's base opcode.
IS_FAMILY: tuple[bool, ...] = tuple(name in FAMILIES for name in NAMES)

#: Cache words that follow an instruction, by number.
CACHE_WORDS: tuple[int, ...] = tuple(_cache_words())

#: Number of the prefix that extends the next argument by eight bits.
EXTENDED_ARG: int = opcode.opmap["EXTENDED_ARG"]

#: Number of the entry of a JIT trace, which may stand in any instruction's place; None before 3.13.
ENTER_EXECUTOR: int | None = _numbers().get("ENTER_EXECUTOR")

#: Symbols of ``BINARY_OP``, by argument: ``+``, ``+=``, ...
OPERATORS: tuple[str, ...] = tuple(symbol for _, symbol in getattr(opcode, "_nb_ops", ()))

#: Symbols of ``COMPARE_OP``, by the number in its argument: ``<``, ``<=``, ...
COMPARISONS: tuple[str, ...] = tuple(opcode.cmp_op)


def _named(numbers: Iterable[int]) -> frozenset[str]:
    return frozenset(NAMES[number] for number in numbers if number < len(NAMES))


#: Base opcodes by what their argument points at: constants, ``co_names``, variables, jump targets.
WITH_CONSTANT = _named(opcode.hasconst)
WITH_NAME = _named(opcode.hasname)
WITH_VARIABLE = _named([*opcode.haslocal, *opcode.hasfree])
WITH_TARGET = _named(opcode.hasjrel)
#: Those of them that jump back (`dis`, which names them in a function).
BACKWARD = frozenset(name for name in WITH_TARGET if "BACKWARD" in name or name == "END_ASYNC_FOR")

#: Base opcodes that take an argument (``hasarg`` since 3.12).
WITH_ARGUMENT = _named(getattr(opcode, "hasarg", range(opcode.HAVE_ARGUMENT, 256)))
