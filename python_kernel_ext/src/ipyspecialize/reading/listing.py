# SPDX-License-Identifier: BSD-3-Clause
"""Instructions of one code object in, the same out as a reader of bytecode wants them listed.

An argument is put into words without running anything of the user's: names and the constants
of exact builtin types, cut to what fits on a line.
"""

from __future__ import annotations

import itertools
from types import CodeType
from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.cpython.tables import (
    BACKWARD,
    WITH_ARGUMENT,
    WITH_CONSTANT,
    WITH_NAME,
    WITH_TARGET,
    WITH_VARIABLE,
)
from ipyspecialize.records import Listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ipyspecialize.cpython.arguments import Packing
    from ipyspecialize.reading.sites import Instruction
    from ipyspecialize.records import Site, Span

#: Characters of a constant or name, an ellipsis included.
MOST_CHARACTERS = 40
#: Elements of a tuple or frozenset that are shown, else their number; and bits of an integer.
_MOST_ELEMENTS = 3
_MOST_BITS = 128

_PLAIN = (bool, int, float, complex, str, bytes, type(None), type(...))


class Listing:
    """All instructions of some code objects, or nothing where they are more than *most*."""

    def __init__(self, most: int, packing: Packing | None) -> None:
        self._left = most
        self._packing = packing
        self._parts: list[_Part] = []

    def add(
        self,
        code: CodeType,
        listed: Sequence[Instruction],
        sites: Iterable[Site],
        place: Callable[[Instruction], Span | None],
    ) -> None:
        """Take the instructions of the next code object, *code*.

        sites:  The sites among them.
        place:  Where an instruction stands in the shown text.
        """
        self._left -= len(listed)
        self._parts.append(_Part(code, listed, sites, place))

    def rows(self) -> tuple[Listed, ...] | None:
        """Return them by code object and offset; None if they are too many."""
        if self._left < 0:
            return None
        parts = enumerate(self._parts)
        return tuple(row for index, part in parts for row in self._rows_of(part, index))

    def _rows_of(self, part: _Part, index: int) -> Iterator[Listed]:
        by_offset = {site.offset: site for site in part.sites}
        words = _Words(part.code, self._packing)
        for at in part.listed:
            site = by_offset.get(at.offset)
            yield Listed(
                code_index=index,
                offset=at.offset,
                base=at.base,
                live=at.live,
                arg=at.arg if at.base in WITH_ARGUMENT else None,
                words=words.of(at) if site is None or site.operator is None else site.operator,
                span=part.place(at) if site is None else site.span,
                site=site,
            )


class _Part(NamedTuple):
    """What `Listing.add` took of one code object."""

    code: CodeType
    listed: Sequence[Instruction]
    sites: Iterable[Site]
    place: Callable[[Instruction], Span | None]


class _Words:
    """Arguments of the instructions of one code object, in words."""

    def __init__(self, code: CodeType, packing: Packing | None) -> None:
        self._code = code
        self._shifts: Mapping[str, int] | None = None if packing is None else packing.names
        cells = (name for name in code.co_cellvars if name not in code.co_varnames)
        # As `co_varnames`, `co_cellvars`, `co_freevars` lie in a frame (Objects/codeobject.c).
        self._variables = (*code.co_varnames, *cells, *code.co_freevars)

    def of(self, at: Instruction) -> str | None:
        """Return what the argument of *at* stands for; None where the number is all there is."""
        try:
            return self._of(at)
        except IndexError:
            return None  # a version that packs it otherwise

    def _of(self, at: Instruction) -> str | None:
        if at.base in WITH_CONSTANT:
            return constant_words(self._code.co_consts[at.arg])
        if at.base in WITH_NAME and self._shifts is not None:
            return _cut(self._code.co_names[at.arg >> self._shifts.get(at.base, 0)])
        if at.base in WITH_VARIABLE:
            # Lib/dis.py 3.13: two variables in one instruction share its argument.
            twice = at.base.count("_FAST") == 2  # noqa: PLR2004 - the two of the name
            numbers = (at.arg >> 4, at.arg & 15) if twice else (at.arg,)
            return ", ".join(_cut(self._variables[number]) for number in numbers)
        if at.base in WITH_TARGET:
            return f"to {self._target(at)}"
        return None

    def _target(self, at: Instruction) -> int:
        """Return the offset that a jump leads to: it counts code units from behind its caches."""
        units = self._code.co_code[at.offset + 2 :: 2]
        caches = sum(1 for _ in itertools.takewhile(lambda opcode: opcode == 0, units))
        jump = -at.arg if at.base in BACKWARD else at.arg
        return at.offset + 2 * (1 + caches + jump)


def constant_words(value: object) -> str:
    """Return *value* as source, cut; nothing is called for what is not of an exact builtin type."""
    if type(value) is CodeType:
        return _cut(f"<code {value.co_name}>")
    if type(value) is tuple:
        return _collection(value, "(", ")")
    if type(value) is frozenset:
        return _collection(list(value), "{", "}")
    return _plain(value)


def _collection(values: Sequence[object], begin: str, end: str) -> str:
    if len(values) > _MOST_ELEMENTS:
        return f"{begin}… {len(values)} constants{end}"
    comma = "," if len(values) == 1 and begin == "(" else ""
    return _cut(f"{begin}{', '.join(map(_plain, values))}{comma}{end}")


def _plain(value: object) -> str:
    if type(value) not in _PLAIN:
        return "…"
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return f"an int of {value.bit_length()} bits"  # its digits may take a second
    if isinstance(value, (str, bytes)):
        value = value[:MOST_CHARACTERS]
    return "..." if value is ... else _cut(repr(value))


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"
