# SPDX-License-Identifier: BSD-3-Clause
"""Wide positions in, the stretch that a site really answers for out.

CPython gives some instructions the place of a whole statement: the call that leaves a ``with``
block stands on the block, body included. The syntax tree of the same text says which part of
it runs there. Positions are those of the compiled text, columns in UTF-8 bytes.
"""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.reading.columns import split_lines

if TYPE_CHECKING:
    from ipyspecialize.reading.sites import Instruction


class Extent(NamedTuple):
    """Lines from 1, UTF-8 byte columns from 0, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Narrower:
    """Narrows the positions of one code object; ask in the order of its instructions.

    Copies of one construct are told apart by that order: a chain of comparisons gives one
    instruction for each link, leaving a ``with`` of several items one call for each item.
    """

    def __init__(self, wide: Wide, text: str) -> None:
        self._wide = wide
        self._text = text
        self._met: Counter[Extent] = Counter()

    def narrow(self, at: Instruction) -> Extent | None:
        """Return where *at* stands, narrowed; None if it has no place in the text."""
        line, end_line, column, end_column = at.position
        if line is None or end_line is None:
            return None
        if column is None or end_column is None:
            return self._whole_lines(line, end_line)
        extent = Extent(line, column, end_line, end_column)
        if at.base == "COMPARE_OP" and extent in self._wide.chains:
            return self._turn(extent, self._wide.chains[extent])
        if at.base in ("CALL", "PRECALL") and extent in self._wide.calls:
            return self._turn(extent, self._wide.calls[extent])
        return extent

    def _turn(self, extent: Extent, parts: list[Extent]) -> Extent:
        part = parts[self._met[extent] % len(parts)]
        self._met[extent] += 1
        return part

    def _whole_lines(self, line: int, end_line: int) -> Extent | None:
        """Return the lines from their first to their last character that is not blank."""
        lines = split_lines(self._text)  # rare: only without column numbers
        if not 1 <= line <= end_line <= len(lines):
            return None
        first, last = lines[line - 1], lines[end_line - 1]
        indent = len(first) - len(first.lstrip())
        return Extent(line, indent, end_line, len(last.rstrip().encode("utf-8", "surrogatepass")))


class Wide(NamedTuple):
    """The constructs of one text whose instructions stand on too much.

    chains:  Chained comparisons: the links that ``COMPARE_OP`` does, in order.
    calls:   Statements that call: the items of ``with`` (last first, as they are left), the
             header of a class, the message of ``assert``.
    """

    chains: dict[Extent, list[Extent]]
    calls: dict[Extent, list[Extent]]


def wide_constructs(tree: ast.Module | None) -> Wide:
    """Return what must be narrowed in *tree* (None: nothing can be)."""
    wide = Wide({}, {})
    for node in ast.walk(tree) if tree is not None else ():
        match node:
            case ast.Compare(ops=ops) if len(ops) > 1:
                wide.chains[_extent(node)] = _links(node)
            case ast.With(items=items) | ast.AsyncWith(items=items):
                exits = [_extent(item.context_expr) for item in reversed(items)]
                wide.calls[_extent(node)] = exits
            case ast.ClassDef():
                wide.calls[_extent(node)] = [_header(node)]
            case ast.Assert(msg=ast.expr() as message):
                wide.calls[_extent(node)] = [_extent(message)]
    return wide


def _links(node: ast.Compare) -> list[Extent]:
    operands = [node.left, *node.comparators]
    links = [
        Extent(*_extent(left)[:2], *_extent(right)[2:])
        for left, right, op in zip(operands, operands[1:], node.ops, strict=False)
        if not isinstance(op, (ast.Is, ast.IsNot, ast.In, ast.NotIn))
    ]
    return links or [_extent(node)]


def _header(node: ast.ClassDef) -> Extent:
    """Return ``class Name(bases)``: up to the last base, or the name where there is none."""
    named = [*node.bases, *(keyword.value for keyword in node.keywords)]
    line, column, *_ = _extent(node)
    if named:
        ends = max(_extent(part)[2:] for part in named)
        return Extent(line, column, *ends)
    return Extent(line, column, line, column + len(f"class {node.name}".encode()))


def _extent(node: ast.expr | ast.stmt) -> Extent:
    return Extent(
        node.lineno, node.col_offset, node.end_lineno or node.lineno, node.end_col_offset or 0
    )
