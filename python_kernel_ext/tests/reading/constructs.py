# SPDX-License-Identifier: BSD-3-Clause
"""Whether a stretch of text is a construct of Python, and no statement's body is inside it."""

from __future__ import annotations

import ast
import textwrap
from typing import TYPE_CHECKING

from ipyspecialize.reading.columns import split_lines
from ipyspecialize.reading.fitting import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ipyspecialize.records import Site, Span

STATEMENTS = (ast.For, ast.AsyncFor, ast.With, ast.AsyncWith, ast.While, ast.If, ast.Try, ast.Match)
DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def parses(piece: str) -> bool:
    """Return True if *piece* is an expression, a target, a statement or the header of a class."""
    piece = textwrap.dedent(piece)
    tries = (
        f"(\n{piece}\n)",
        piece,
        f"{piece}: pass",  # class K, with K(a
        f"{piece}): pass",
        f"{piece}(): pass",  # def g[T]
        f"match x:\n case {piece}: pass",
    )
    return any(_is_python(text) for text in tries)


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def bodies(tree: ast.Module) -> list[tuple[int, int]]:
    """Return where each statement in the body of another begins, in lines and UTF-8 bytes."""
    return [
        (statement.lineno, statement.col_offset)
        for node in ast.walk(tree)
        if isinstance(node, (*STATEMENTS, *DEFINITIONS))
        for statement in ast.iter_child_nodes(node)
        if isinstance(statement, ast.stmt)
    ]


def check_spans(sites: Iterable[Site], text: str, tree: ast.Module) -> None:
    """Assert that each site stands in *text*, on a construct, and on no body of *tree*."""
    lines = split_lines(text)
    source = Text(text)
    starts = bodies(tree)

    for site in sites:
        span = site.span
        if span is None:
            continue
        assert 1 <= span.line <= span.end_line <= len(lines), site
        assert 0 <= span.column <= _units(lines[span.line - 1]), site
        assert 0 < span.end_column <= _units(lines[span.end_line - 1]), site
        assert parses(source.on(span)), (site, source.on(span))
        assert not [at for at in starts if _holds(span, at, lines)], (site, source.on(span))


def _units(line: str) -> int:
    return len(line.encode("utf-16-le")) // 2


def _holds(span: Span, at: tuple[int, int], lines: list[str]) -> bool:
    line, column = at
    before = lines[line - 1].encode()[:column].decode()
    return span[:2] < (line, _units(before)) < span[2:]
