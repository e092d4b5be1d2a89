# SPDX-License-Identifier: BSD-3-Clause
"""Our own way to the terminal, whatever the program does to its streams.

In: lines. Out: the standard output and the standard error that this process was started with.
Both are kept as descriptors of their own, so a program may close, replace or redirect its.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

_OUTPUT, _ERROR = 1, 2


class Streams:
    """Where our lines go.

    Made before the program runs; *divert*: what the program writes to standard output goes to
    standard error from then on.
    """

    def __init__(self, *, divert: bool) -> None:
        self._output, self._error = _copy(_OUTPUT), _copy(_ERROR)
        self.shows_progress = sys.stderr is not None and sys.stderr.isatty()
        if divert and self._error is not None:
            os.dup2(_ERROR, _OUTPUT)

    def write(self, text: str) -> None:
        """Write a piece of the result, behind all that the program has written."""
        _flush(sys.stdout)
        _write(self._output, text)

    def note(self, sentence: str) -> None:
        """Write one sentence about the run."""
        _flush(sys.stderr)
        _write(self._error, f"specialize: {sentence}\n")


def _copy(descriptor: int) -> int | None:
    try:
        return os.dup(descriptor)
    except OSError:  # started without one
        return None


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
