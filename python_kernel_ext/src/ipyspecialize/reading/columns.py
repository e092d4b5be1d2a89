# SPDX-License-Identifier: BSD-3-Clause
"""Texts that were compiled, and where they stand in the text that is shown.

CPython counts columns in UTF-8 bytes, editors count UTF-16 code units: every position passes
through a `Source` once, and nothing behind it sees bytes.
"""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import CodeType

_T = TypeVar("_T")
_LINE_END = re.compile(r"\r\n|\r|\n")


class Source(Protocol):
    """A text that was compiled, and where it stands in the text that is shown."""

    @property
    def text(self) -> str:
        """What was compiled."""

    @property
    def tree(self) -> ast.Module | None:
        """Its syntax tree, or None if it does not parse by itself; made anew at each look."""

    @property
    def lengths(self) -> Sequence[int]:
        """Of each line that is ASCII and shown as it was compiled, at its place: its length.

        -1 for other lines. A column of such a line is the same in bytes and in UTF-16 units.
        """

    def point(self, line: int, column: int) -> tuple[int, int] | None:
        """Return (line from 1, UTF-16 column) in the shown text; None if it is not there.

        line:    In the compiled text, from 1.
        column:  UTF-8 bytes, from 0.
        """


class FileSource:
    """A text that is shown as it was compiled."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = split_lines(text)
        self.lengths: Sequence[int] = ascii_lengths(self._lines)

    @property
    def tree(self) -> ast.Module | None:
        """As in `Source`."""
        return parse(self.text)

    def point(self, line: int, column: int) -> tuple[int, int] | None:
        """As in `Source`."""
        if not 1 <= line <= len(self._lines):
            return None
        return line, utf16_column(self._lines[line - 1], column)


class Excerpt(FileSource):
    """Some lines of a compiled text, shown alone and without the indentation they share.

    shown:  These lines, each ending at LF.
    """

    def __init__(self, text: str, lines: range) -> None:
        """Take the whole *text*, and which *lines* of it to show, from 1."""
        super().__init__(text)
        self.lengths = ()
        self._shift = lines.start - 1
        whole = "\n".join(self._lines[lines.start - 1 : lines.stop - 1])
        self.shown = textwrap.dedent(whole)
        # The first line is never blank: what it lost, every other one did.
        self._cut = len(split_lines(whole)[0]) - len(split_lines(self.shown)[0])
        self._count = len(lines)

    def point(self, line: int, column: int) -> tuple[int, int] | None:
        """As in `Source`."""
        point = super().point(line, column)
        if point is None or not 1 <= line - self._shift <= self._count:
            return None
        return line - self._shift, max(0, point[1] - self._cut)


def split_lines(text: str) -> list[str]:
    """Return the lines of *text* as CPython counts them: at LF, CR LF and a lone CR.

    Not `str.splitlines`, which also ends lines at form feeds and Unicode separators.
    """
    return _LINE_END.split(text)


def ascii_lengths(lines: Iterable[str]) -> list[int]:
    """Return the length of each of *lines*, -1 for one that is not ASCII."""
    return [len(line) if line.isascii() else -1 for line in lines]


def utf16_column(line: str, column: int) -> int:
    """Return byte *column* of *line* in UTF-16 units, at most the length of the line.

    column:  UTF-8 bytes from 0, at a character's first byte.
    """
    if line.isascii():
        return min(column, len(line))
    before = line.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore")
    return len(before.encode("utf-16-le", "surrogatepass")) // 2


def parse(text: str) -> ast.Module | None:
    """Return the syntax tree of *text*, None if it does not parse. Shows no warning."""
    return _quietly(ast.parse, text)


def compiled(text: str) -> CodeType | None:
    """Return the code of *text* as a module, None if it has none. Shows no warning."""
    return _quietly(partial(compile, filename="", mode="exec", dont_inherit=True), text)


def _quietly(read: Callable[[str], _T], text: str) -> _T | None:
    """Return what *read* makes of *text*; None if that is not Python.

    Not with `warnings.catch_warnings`: leaving it makes Python forget which warnings it has shown,
    and they would be shown again.
    """
    filters = warnings.filters
    warnings.filters = [("ignore", None, Warning, None, 0)]
    try:
        return read(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    finally:
        warnings.filters = filters
