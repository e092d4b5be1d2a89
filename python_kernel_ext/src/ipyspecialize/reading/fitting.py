# SPDX-License-Identifier: BSD-3-Clause
"""Sites and a text in, an answer out: whether they can have been compiled from it.

A file may have been edited since it was imported, and a caller may pass any text. Where an
instruction stands there must then be a construct of the text, and what it names; one that does
not fit shows that nothing can be trusted to.
"""

from __future__ import annotations

import ast
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ipyspecialize.cpython.tables import OPERATORS
from ipyspecialize.reading.codes import walk
from ipyspecialize.reading.columns import compiled, split_lines
from ipyspecialize.reading.narrowing import nodes_of, position_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import CodeType

    from ipyspecialize.reading.sites import Instruction, Position
    from ipyspecialize.records import Span

#: Families whose argument is a row of ``co_names``, some of them with flags in the lowest bits
#: (Python/bytecodes.c and Python/compile.c, 3.11 to 3.15).
_NAMING = {"LOAD_ATTR", "LOAD_GLOBAL", "LOAD_METHOD", "LOAD_SUPER_ATTR", "STORE_ATTR"}
_FLAGS = (0, 1, 2)
#: Families that begin at the last name of a chain of methods over several lines, and end with it
#: (Python/compile.c 3.11: `update_start_location_to_match_attr`).
_TRIMMED = {
    "CALL",
    "CALL_FUNCTION_EX",
    "CALL_KW",
    "LOAD_ATTR",
    "LOAD_METHOD",
    "PRECALL",
    "STORE_ATTR",
}


class Text:
    """A text, to be asked what stands on a span."""

    def __init__(self, text: str) -> None:
        self._lines = [line.encode("utf-16-le", "surrogatepass") for line in split_lines(text)]

    def on(self, span: Span) -> str:
        """Return what stands on *span*; its lines must be of this text."""
        lines = self._lines[span.line - 1 : span.end_line]
        lines[-1] = lines[-1][: 2 * span.end_column]
        lines[0] = lines[0][2 * span.column :]
        return b"\n\0".join(lines).decode("utf-16-le", "replace")


class Candidate:
    """A text that some code may have been compiled from."""

    def __init__(self, text: str, tree: ast.Module | None) -> None:
        """Take the text and its syntax tree; None: it does not parse, so nothing came from it."""
        self._text = text
        self._tree = tree

    def fits(self, code: CodeType, placed: Iterable[tuple[Instruction, Span | None]]) -> bool:
        """Return False if some instruction of *code* cannot have come from what stands there.

        placed:  Each with its span in this text; None: it has none.
        """
        if any(_is_same(code, fresh) for fresh in self._fresh.get(code.co_firstlineno, ())):
            return True
        # What else made it may have done as the compiler does: pytest rewrites assertions.
        return self._tree is not None and all(
            _is_nowhere(at) if span is None else self._gives(code, at, span) for at, span in placed
        )

    def _gives(self, code: CodeType, at: Instruction, span: Span) -> bool:
        """Return True if *at* may come from what stands there; held on the standard library."""
        whole, ends = self._extents
        _, end_line, column, end_column = position = at.position
        names, text = _named(code, at), self._pieces.on(span)
        if column is None or position in whole:
            return _stands(names, text)
        # It begins in the name where that is not ASCII: CPython counts characters, not bytes.
        named = _stands(names, text) or any(name.endswith(text) for name in names)
        return named and at.base in _TRIMMED and (end_line, end_column) in ends

    @cached_property
    def _pieces(self) -> Text:
        return Text(self._text)

    @cached_property
    def _fresh(self) -> Mapping[int, Sequence[CodeType]]:
        """Return what this text compiles to, by first line: to compare with, never to be read."""
        found: dict[int, list[CodeType]] = {}
        code = compiled(self._text)
        for one in walk(code) if code is not None else ():
            found.setdefault(one.co_firstlineno, []).append(one)
        return found

    @cached_property
    def _extents(self) -> tuple[set[Position], set[tuple[int, int]]]:
        """Return where the nodes stand, and where those over several lines end."""
        whole: set[Position] = set()
        ends: set[tuple[int, int]] = set()
        for node in nodes_of(self._tree, _NO_PLACE) if self._tree is not None else ():
            if hasattr(node, "lineno"):
                place: Any = position_of(node)
                whole.add(place)
                if place[0] < place[1]:
                    ends.add((place[1], place[3]))
        return whole, ends


_NO_PLACE = (ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop)


def _is_same(code: CodeType, fresh: CodeType) -> bool:
    """Return True if both have the same instructions, in the same places, with the same names."""
    return (code.co_code, code.co_linetable, code.co_names) == (
        fresh.co_code,
        fresh.co_linetable,
        fresh.co_names,
    )


def _is_nowhere(at: Instruction) -> bool:
    """Return True if *at* has no extent in any text, not only none in this one."""
    line, end_line, column, end_column = at.position
    if line is None or end_line is None:
        return True
    return (
        column is not None and end_column is not None and (line, column) >= (end_line, end_column)
    )


def _named(code: CodeType, at: Instruction) -> list[str]:
    """Return what *at* names, any of which may stand on its span; empty if it names nothing."""
    if at.base == "BINARY_OP" and at.arg < len(OPERATORS):
        return [OPERATORS[at.arg][:1]]  # of ``[]`` and ``+=`` the first character is enough
    if at.base not in _NAMING:
        return []
    rows = {at.arg >> flags for flags in _FLAGS}
    return [code.co_names[row] for row in rows if row < len(code.co_names)]


def _stands(names: list[str], text: str) -> bool:
    """Return True if one of *names* is in *text*, or if there are none."""
    if not names or any(map(text.__contains__, names)):
        return True
    normal = unicodedata.normalize("NFKC", text)  # as CPython does with identifiers
    return any(name in normal or _unmangled(name) in normal for name in names)


def _unmangled(name: str) -> str:
    """Return ``__x`` for ``_Class__x``, other names as they are."""
    start = name.find("__", 1)
    return name[start:] if name.startswith("_") and start > 0 else name
