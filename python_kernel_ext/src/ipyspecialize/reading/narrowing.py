# SPDX-License-Identifier: BSD-3-Clause
"""Wide positions in, the stretch that a site really answers for out.

CPython gives some instructions the place of a whole statement: the call that leaves a ``with``
block stands on the block, body included. The syntax tree of the same text says which part of
it runs there. Positions are those of the compiled text, columns in UTF-8 bytes.
"""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ipyspecialize.reading.columns import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
        self._met: Counter[tuple[str, Extent]] = Counter()

    def narrow(self, at: Instruction) -> Extent | None:
        """Return where *at* stands, narrowed; None if it has no place in the text."""
        line, end_line, column, end_column = at.position
        if line is None or end_line is None:
            return None
        if column is None or end_column is None:
            return self._whole_lines(line, end_line)
        extent = Extent(line, column, end_line, end_column)
        parts = self._wide.get(at.base, {}).get(extent)
        return extent if parts is None else self._turn(at.base, extent, parts)

    def _turn(self, base: str, extent: Extent, parts: list[Extent]) -> Extent:
        part = parts[self._met[base, extent] % len(parts)]
        self._met[base, extent] += 1
        return part

    def _whole_lines(self, line: int, end_line: int) -> Extent | None:
        """Return the lines from their first to their last character that is not blank."""
        lines = split_lines(self._text)  # rare: only without column numbers
        if not 1 <= line <= end_line <= len(lines):
            return None
        first, last = lines[line - 1], lines[end_line - 1]
        indent = len(first) - len(first.lstrip())
        return Extent(line, indent, end_line, len(last.rstrip().encode("utf-8", "surrogatepass")))


#: By opcode, and by the extent that CPython gives it: the parts that answer for it, in the order
#: of the instructions. Which releases need which is said in `_parts_of`.
Wide: TypeAlias = "dict[str, dict[Extent, list[Extent]]]"

_CALLS = ("PRECALL", "CALL")

_WideNode: TypeAlias = (
    ast.Compare
    | ast.For
    | ast.AsyncFor
    | ast.ListComp
    | ast.SetComp
    | ast.DictComp
    | ast.GeneratorExp
    | ast.With
    | ast.AsyncWith
    | ast.ClassDef
    | ast.Assert
)
_LEAVES = (ast.Name, ast.Constant, ast.expr_context, ast.operator)


def wide_constructs(tree: ast.Module | None) -> Wide:
    """Return what must be narrowed in *tree* (None: nothing can be)."""
    wide: Wide = {}
    for node in _wide_nodes(tree) if tree is not None else ():
        for opcodes, parts in _parts_of(node):
            for opcode in opcodes if parts else ():
                wide.setdefault(opcode, {})[_extent(node)] = parts
    return wide


def _wide_nodes(tree: ast.AST) -> Iterator[_WideNode]:
    """Yield the nodes that `_parts_of` knows. Twice as fast as `ast.walk` and a look."""
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, _WideNode):
            yield node
        # Not `vars`: tools hang their own attributes on nodes, also on those that all trees share.
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                pending += [part for part in value if isinstance(part, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, _LEAVES):
                pending.append(value)


def _parts_of(node: _WideNode) -> Iterator[tuple[Sequence[str], list[Extent]]]:
    """Yield opcodes that CPython puts on all of *node*, and what they answer for."""
    match node:
        case ast.Compare(ops=ops) if len(ops) > 1:
            yield ["COMPARE_OP"], _links(node, contains=False)
            yield ["CONTAINS_OP"], _links(node, contains=True)
        case ast.For(iter=over) | ast.AsyncFor(iter=over):  # to 3.12.1; SEND: to 3.15
            yield ["FOR_ITER", "SEND"], [_extent(over)]
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            loops = node.generators
            yield ["FOR_ITER"], [_extent(loop.iter) for loop in loops if not loop.is_async]
            yield ["SEND"], [_extent(loop.iter) for loop in loops if loop.is_async]
            yield _CALLS, [_extent(loops[0].iter)]  # makes the generator, evaluates nothing
        case ast.With(items=items) | ast.AsyncWith(items=items):  # to 3.12.1
            entered = [_extent(item.context_expr) for item in items]
            left = entered[::-1]
            yield _CALLS, left
            yield ["SEND"], [*entered, *left, *left]  # left twice: by an exception, too
        case ast.ClassDef():
            yield _CALLS, [_header(node)]
        case ast.Assert(msg=ast.expr() as message):
            yield _CALLS, [_extent(message)]


def _links(node: ast.Compare, *, contains: bool) -> list[Extent]:
    """Return the links of a chain that ``CONTAINS_OP``, or else ``COMPARE_OP``, does."""
    operands = [node.left, *node.comparators]
    return [
        Extent(*_extent(left)[:2], *_extent(right)[2:])
        for left, right, op in zip(operands, operands[1:], node.ops, strict=False)
        if isinstance(op, (ast.In, ast.NotIn)) is contains
        and not isinstance(op, (ast.Is, ast.IsNot))
    ]


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
