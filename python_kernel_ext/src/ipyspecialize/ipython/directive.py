# SPDX-License-Identifier: BSD-3-Clause
"""The ``%%specialize`` line: recognise it, read its options, take it out of the cell.

Pure functions of the cell's text. IPython transforms a cell twice a run and again to find out
whether it is complete, so nothing here starts, counts or remembers anything.
"""

from __future__ import annotations

import argparse
import functools
import os
import re
import shlex
from typing import TYPE_CHECKING, Literal, NamedTuple

from IPython.core import inputtransformer2 as inputs

if TYPE_CHECKING:
    from collections.abc import Callable

#: What IPython itself does to the beginning of a cell, in its order.
CLEANUP: tuple[Callable[[list[str]], list[str]], ...] = (
    inputs.leading_empty_lines,
    inputs.leading_indent,
    inputs.classic_prompt,
    inputs.ipython_prompt,
)
_CELL_MAGIC: Callable[[list[str]], list[str]] = inputs.cell_magic

#: Cell magics that run their body as Python code which the recorder sees.
TRANSPARENT = frozenset({"capture", "time", "timeit"})

KNOWN_OPTIONS = "-b/--blue, -d/--dark, -t/--targets GLOB, -o/--output DIR"

_LINE = re.compile(r"%%specialize(?![\w?])[ \t]*(?P<options>[^\r\n]*)")
_MAGIC = re.compile(r"%%(?P<name>\w+)(?!\w|\?)")


class Options(NamedTuple):
    """What one cell asked for.

    mode, palette:  None follows the reader's settings.
    targets:        Globs of the source files to list under the cell.
    output:         Folder for the pages of what is shown; None: no pages.
    """

    mode: Literal["dark", "light"] | None = None
    palette: Literal["blue", "green"] | None = None
    targets: tuple[str, ...] = ()
    output: str | None = None

    @property
    def has_files(self) -> bool:
        """True if source files are to be listed, or pages to be written."""
        return bool(self.targets or self.output)


class OptionError(ValueError):
    """An option that `%%specialize` does not have; the message names it and the known ones."""


def parse_options(text: str) -> Options:
    """Return the options in *text*, the rest of the magic's line.

    Raises `OptionError`.
    """
    if not text.strip():
        return Options()  # by far the most common, and asked for twice a run
    try:
        known, unknown = _parser().parse_known_args(split_words(text))
    except (ValueError, argparse.ArgumentError) as error:
        msg = f"%%specialize: {error}. Known options: {KNOWN_OPTIONS}."
        raise OptionError(msg) from None
    if unknown:
        what = "unknown option" if unknown[0].startswith("-") else "only options here, not"
        msg = f"%%specialize: {what} {unknown[0]!r}. Known options: {KNOWN_OPTIONS}."
        raise OptionError(msg)
    return Options(
        "dark" if known.dark else None,
        "blue" if known.blue else None,
        tuple(known.targets),
        known.output,
    )


def split_words(text: str, *, backslashes: bool = os.name == "nt") -> list[str]:
    """Return the words of a magic's line, quotes taken off. Raises `ValueError` for an open one.

    backslashes:  They are part of paths, and quote nothing.
    """
    words = shlex.shlex(text, posix=True, punctuation_chars="")
    words.whitespace_split = True
    words.commenters = ""
    if backslashes:
        words.escape = ""
    return list(words)


def remove_directive(lines: list[str]) -> list[str]:
    """Return *lines* as if a valid ``%%specialize`` line were not there; an input transformer.

    The line becomes an empty one, so that tracebacks keep their line numbers; before a body of
    one line it is dropped, because IPython looks for aliases, automagics and autocalls in cells
    of one line only. A line with unknown options, without a body, or ``%%specialize?`` is left
    to the registered magic, which reports it.
    """
    first = _first_code_line(lines)
    match = _LINE.match(lines[first]) if first is not None else None
    if first is None or match is None:
        return lines
    rest = lines[first + 1 :]
    if not any(line.strip() for line in rest):
        return lines[first:]
    try:
        parse_options(match["options"])
    except OptionError:
        return lines[first:]  # IPython finds a cell magic in the first line only
    body = rest
    for transform in CLEANUP:
        body = transform(body)
    removed = len(rest) - len(body)
    body = _CELL_MAGIC(body)
    if first == 0 and len(body) == 1:
        return body
    return [*lines[:first], *["\n"] * (1 + removed), *body]


def find_directive(raw: str) -> Options | None:
    """Return the options if the *raw* cell asks for an overlay, also below other magics."""
    if "%%specialize" not in raw:
        return None
    lines = raw.split("\n")
    for index, line in enumerate(lines):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        match = _LINE.match(text)
        if match is not None:
            if not any(rest.strip() for rest in lines[index + 1 :]):
                return None
            try:
                return parse_options(match["options"])
            except OptionError:
                return None
        magic = _MAGIC.match(text)
        if magic is None or magic["name"] not in TRANSPARENT:
            return None
    return None


def body_shift(raw: str) -> tuple[str | None, int]:
    """Return the innermost leading cell magic that is not ours, and the lines above its body.

    ``(None, 0)`` if the cell has none.
    """
    name, shift = None, 0
    for index, line in enumerate(raw.split("\n")):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        match = _MAGIC.match(text)
        if match is None:
            break
        if match["name"] != "specialize":
            name, shift = match["name"], index + 1
            if name not in TRANSPARENT:
                break
    return name, shift


def is_only_ours(raw: str) -> bool:
    """Return True for a cell that holds nothing but a ``%specialize`` line."""
    text = raw.strip()
    return bool(re.match(r"%specialize\b", text)) and "\n" not in text


def _first_code_line(lines: list[str]) -> int | None:
    for index, line in enumerate(lines):
        text = line.strip()
        if text and not text.startswith("#"):
            return index
    return None


@functools.cache
def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("-b", "--blue", action="store_true")
    parser.add_argument("-d", "--dark", action="store_true")
    parser.add_argument("-t", "--targets", action="append", default=[])
    parser.add_argument("-o", "--output")
    return parser
