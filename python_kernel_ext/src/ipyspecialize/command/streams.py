# SPDX-License-Identifier: BSD-3-Clause
"""Our own way to the terminal, whatever the program does to its streams.

In: lines. Out: the standard output and the standard error that this process was started with.
Both are kept as descriptors of their own, so a program may close, replace or redirect its.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

_OUTPUT, _ERROR = 1, 2
_HEAD = "specialize:"


class Streams:
    """Where our lines go.

    Made before the program runs; *divert*: what the program writes to standard output goes to
    standard error from then on.

    is_shown:  True if somebody sees standard error on a terminal.
    """

    def __init__(self, *, divert: bool) -> None:
        self.is_shown = _is_terminal(_ERROR)
        self._output, self._error = _Copy(_OUTPUT), _Copy(_ERROR)
        self._head = f"\x1b[1;33m{_HEAD}\x1b[0m" if self.is_shown and _has_colors() else _HEAD
        self._held: list[str] | None = None
        if divert and self._error.number is not None:
            os.dup2(_ERROR, _OUTPUT)

    def write(self, text: str) -> None:
        """Write a piece of the result, behind all that the program has written."""
        if self._held is not None:
            self._held.append(text)
            return
        _flush(sys.stdout)
        _write(self._output.number, text)

    def note(self, sentence: str) -> None:
        """Write one sentence about the run."""
        _flush(sys.stderr)
        _write(self._error.number, f"{self._head} {sentence}\n")

    @contextmanager
    def drawn_on(self) -> Iterator[TextIO | None]:
        """Give standard error to somebody who draws on it; None if nobody sees it.

        What is written to a terminal meanwhile comes when that has ended.
        """
        error, output = self._error.number, self._output.number
        if not self.is_shown or error is None:
            yield None
            return
        _flush(sys.stderr)
        if output is not None and os.isatty(output):
            self._held = []
        try:
            with open(os.dup(error), "w", encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - a descriptor
                yield file
        finally:
            held, self._held = self._held, None
            self.write("".join(held or ()))


class _Copy:
    """A descriptor of our own for what *descriptor* leads to."""

    def __init__(self, descriptor: int) -> None:
        self._number, self._led_to = -1, None
        with suppress(OSError):  # started without one
            self._number = os.dup(descriptor)
            self._led_to = os.fstat(self._number)

    @property
    def number(self) -> int | None:
        """Its number; None if there is none, or a program that closes all gave it to a file."""
        with suppress(OSError):
            if self._led_to is not None and os.path.samestat(self._led_to, os.fstat(self._number)):
                return self._number
        return None


def _is_terminal(descriptor: int) -> bool:
    try:
        return os.isatty(descriptor)
    except OSError:
        return False


def _has_colors() -> bool:
    """Return False where escape codes are unwelcome (no-color.org) or may be shown as such."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return os.name != "nt" or "WT_SESSION" in os.environ


def _flush(stream: TextIO | None) -> None:
    with suppress(Exception):  # closed, or something of the program's
        if stream is not None:
            stream.flush()


def _write(descriptor: int | None, text: str) -> None:
    if descriptor is None:
        return
    left = memoryview(text.encode("utf-8", "backslashreplace"))
    with suppress(BrokenPipeError):  # nobody reads on
        while left:
            left = left[os.write(descriptor, left) :]
