# SPDX-License-Identifier: BSD-3-Clause
"""Wide positions in, the stretch that a site really answers for out.

CPython gives some instructions the place of a whole statement: the call that leaves a ``with``
block stands on the block, body included. The syntax tree of the same text says which part of
it runs there. Positions are those of the compiled text, columns in UTF-8 bytes.
"""

from __future__ import annotations

import ast
import re
from functools import cache, cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, get_args

from ipyspecialize.reading.columns import split_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ipyspecialize.reading.sites import Position


class Extent(NamedTuple):
    """Lines from 1, UTF-8 byte columns from 0, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


#: From the tuple of its fields: calling the class takes twice as long, and there are many.
_new: Callable[[tuple[int, int, int, int]], Extent] = partial(tuple.__new__, Extent)


class Narrower:
    """Narrows the positions of one code object; ask in the order of its instructions.

    Copies of one construct are told apart by that order: a chain of comparisons gives one
    instruction for each link, leaving a ``with`` of several items one call for each item.
    """

    def __init__(self, wide: Wide) -> None:
        self._wide = wide
        self._met: dict[tuple[str, Position], int] = {}

    def part(self, base: str, position: Position) -> Extent | None:
        """Return the part of *position* that opcode *base* answers for; None: all of it."""
        parts = self._wide.get(base, {}).get(position)
        if parts is None:
            return None
        met = self._met.get((base, position), 0)
        self._met[base, position] = met + 1
        return parts[met % len(parts)]


def extent_of(position: Position, text: str) -> Extent | None:
    """Return all of *position*; None if it has no place in *text*."""
    line, end_line, column, end_column = position
    if line is None or end_line is None:
        return None
    if column is None or end_column is None:
        return _whole_lines(line, end_line, text)
    return _new((line, column, end_line, end_column))


def _whole_lines(line: int, end_line: int, text: str) -> Extent | None:
    """Return the lines from their first to their last character that is not blank."""
    lines = split_lines(text)  # rare: only without column numbers
    if not 1 <= line <= end_line <= len(lines):
        return None
    first, last = lines[line - 1], lines[end_line - 1]
    indent = len(first) - len(first.lstrip())
    return Extent(line, indent, end_line, len(last.rstrip().encode("utf-8", "surrogatepass")))


#: By opcode, and by the position that CPython gives it: the parts that answer for it, in the order
#: of the instructions. Which releases need which is said in `_parts_of`.
Wide: TypeAlias = "dict[str, dict[Position, list[Extent]]]"

#: `class K(metaclass=M)` is a call with keywords, `class K(*bases)` one with a star.
_CALLS = ("PRECALL", "CALL", "CALL_KW", "CALL_FUNCTION_EX")

_WideNode: TypeAlias = (
    ast.FunctionDef
    | ast.AsyncFunctionDef
    | ast.Compare
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
#: What has a place: type parameters, too, which are no class of 3.11's.
_Placed: TypeAlias = "ast.expr | ast.stmt | Any"
_WIDE = frozenset(get_args(_WideNode))
_LEAVES = (ast.Name, ast.Constant, ast.expr_context, ast.operator)
#: Fields that hold operators, names and flags alone.
_LEAF_FIELDS = {"attr", "ctx", "id", "kind", "op", "ops", "type_comment"}


def wide_constructs(tree: ast.Module | None, text: str) -> Wide:
    """Return what must be narrowed in *tree* (None: nothing can be), which is that of *text*."""
    wide: Wide = {}
    places = _Places(text)
    for node in nodes_of(tree, _LEAVES) if tree is not None else ():
        if type(node) not in _WIDE or not isinstance(node, _WideNode):  # the first is much faster
            continue
        for opcodes, parts in _parts_of(node, places):
            for opcode in opcodes if parts else ():
                wide.setdefault(opcode, {})[position_of(node)] = parts
    return wide


def nodes_of(tree: ast.AST, but: tuple[type[ast.AST], ...]) -> Iterator[ast.AST]:
    """Yield *tree* and the nodes in it, in no order, those of the classes *but* left out.

    Four times as fast as `ast.walk` and a look.
    """
    fields = _fields(but)
    pending = [tree]
    while pending:
        node = pending.pop()
        yield node
        # Not `vars`: tools hang their own attributes on nodes, also on those that all trees share.
        for name in fields[type(node)]:
            value: Any = getattr(node, name, None)
            kind = type(value)
            if kind is list:
                pending += [part for part in value if type(part) in fields]
            elif kind in fields:
                pending.append(value)


@cache
def _fields(but: tuple[type[ast.AST], ...]) -> Mapping[type, Sequence[str]]:
    """Return the fields of each class of nodes that may hold nodes, those of *but* left out."""
    kinds = [kind for kind in vars(ast).values() if isinstance(kind, type)]
    return {
        kind: [name for name in kind._fields if name not in _LEAF_FIELDS]
        for kind in kinds
        if issubclass(kind, ast.AST) and not issubclass(kind, but)
    }


def _parts_of(node: _WideNode, places: _Places) -> Iterator[tuple[Sequence[str], list[Extent]]]:
    """Yield opcodes that CPython puts on all of *node*, and what they answer for."""
    match node:
        case ast.Compare(ops=ops) if len(ops) > 1:
            yield ["COMPARE_OP"], _links(node, places, contains=False)
            yield ["CONTAINS_OP"], _links(node, places, contains=True)
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
        case ast.FunctionDef() | ast.AsyncFunctionDef():  # 3.12: a call makes it generic
            if parameters := getattr(node, "type_params", None):
                line, column, *_ = _extent(node)
                yield _CALLS, [Extent(line, column, *places.closed(_extent(parameters[-1])[2:]))]
        case ast.ClassDef():
            yield _CALLS, [_header(node)]
        case ast.Assert(msg=ast.expr() as message):
            yield _CALLS, [_extent(message)]


def _links(node: ast.Compare, places: _Places, *, contains: bool) -> list[Extent]:
    """Return the links of a chain that ``CONTAINS_OP``, or else ``COMPARE_OP``, does."""
    operands = [_extent(operand) for operand in (node.left, *node.comparators)]
    whole = _extent(node)
    starts, ends = [whole[:2]], []
    for left, right in pairwise(operands):
        end, start = places.parted(left[2:], right[:2])
        ends.append(end)
        starts.append(start)
    ends.append(whole[2:])
    return [
        Extent(*starts[number], *ends[number + 1])
        for number, op in enumerate(node.ops)
        if isinstance(op, (ast.In, ast.NotIn)) is contains
        and not isinstance(op, (ast.Is, ast.IsNot))
    ]


class _Places:
    """A text, asked for the parentheses that a syntax tree does not keep."""

    def __init__(self, text: str) -> None:
        self._text = text

    def closed(self, end: tuple[int, int]) -> tuple[int, int]:
        """Return the place behind the first ``]`` from *end* on."""
        return self._behind(end, self._bytes(end).partition(b"]")[0] + b"]")

    def parted(
        self, end: tuple[int, int], start: tuple[int, int]
    ) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return *end* and *start* of two operands, moved over the parentheses around each.

        Between them stands nothing but an operator, parentheses, comments and space.
        """
        between = _COMMENT.sub(_blanked, self._bytes(end, start))
        closing = between[: between.rfind(b")") + 1]
        opening = between[: between.find(b"(") if b"(" in between else len(between)]
        return self._behind(end, closing), self._behind(end, opening)

    def _behind(self, place: tuple[int, int], passed: bytes) -> tuple[int, int]:
        """Return the place that is reached from *place* over the bytes *passed*."""
        *before, last = _LINE_END.split(passed)
        line, column = place
        return (line + len(before), len(last)) if before else (line, column + len(last))

    def _bytes(self, start: tuple[int, int], end: tuple[int, int] | None = None) -> bytes:
        """Return what stands between two places, the last one being the end by default."""
        lines = self._lines[start[0] - 1 : None if end is None else end[0]]
        if end is not None:
            lines[-1] = lines[-1][: end[1]]
        lines[0] = lines[0][start[1] :]
        return b"\n".join(lines)

    @cached_property
    def _lines(self) -> list[bytes]:
        return [line.encode("utf-8", "surrogatepass") for line in split_lines(self._text)]


_COMMENT = re.compile(rb"#[^\n]*")
_LINE_END = re.compile(rb"\n")


def _blanked(comment: re.Match[bytes]) -> bytes:
    return b" " * len(comment[0])


def _header(node: ast.ClassDef) -> Extent:
    """Return ``class Name(bases)``: up to the last base, or the name where there is none."""
    named = [*node.bases, *(keyword.value for keyword in node.keywords)]
    line, column, *_ = _extent(node)
    if named:
        ends = max(_extent(part)[2:] for part in named)
        return Extent(line, column, *ends)
    return Extent(line, column, line, column + len(f"class {node.name}".encode()))


def position_of(node: _Placed) -> Position:
    """Return where *node*, of a class that has a place, stands."""
    return node.lineno, node.end_lineno, node.col_offset, node.end_col_offset


def _extent(node: _Placed) -> Extent:
    return Extent(
        node.lineno, node.col_offset, node.end_lineno or node.lineno, node.end_col_offset or 0
    )
