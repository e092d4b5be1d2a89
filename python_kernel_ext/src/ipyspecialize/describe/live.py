# SPDX-License-Identifier: BSD-3-Clause
"""Live objects in, the reading of their code as it is now out."""

from __future__ import annotations

import linecache
import os
from typing import TYPE_CHECKING

from ipyspecialize.describe.flow import Known, Reading, describe
from ipyspecialize.reading import Unit, codes_of
from ipyspecialize.reading.cautions import no_functions, no_text
from ipyspecialize.reading.codes import ACCEPTED
from ipyspecialize.reading.columns import FileSource
from ipyspecialize.records import Label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType


def inspect(
    *objects: object,
    source: str | None = None,
    nested: bool = True,
    assume: tuple[int, int] | None = None,
) -> Reading:
    """Return what the adaptive interpreter has made of live *objects* by now.

    objects:  Functions, methods, classes, generators, coroutines, modules or code objects.
    source:   The text they were compiled from, its first line being line 1. By default the
              file they came from, as `linecache` knows it (it knows notebook cells, too).
    nested:   Read the functions and classes inside, too.
    assume:   Read by the rules of this version, ``(3, 15)``, instead of the running one's: for
              work on a CPython that is newer than the newest rules.

    Raises `TypeError` for an object without code and where there is no object at all, naming what
    is accepted, and `ValueError` for an assumed version older than the oldest rules.
    """
    if not objects:
        msg = f"there is nothing to read. Pass {ACCEPTED}."
        raise TypeError(msg)
    found = [list(codes_of(thing)) for thing in objects]
    codes = [code for inside in found for code in inside]
    texts = {code.co_filename: source or _text_of(code) for code in codes}
    sources = {name: FileSource(text) for name, text in texts.items() if text}
    units = [Unit(code, sources.get(code.co_filename), doubted=True) for code in codes]
    cautions = [
        *no_text(sorted(name for name, text in texts.items() if not text)),
        *no_functions([thing for thing, inside in zip(objects, found, strict=True) if not inside]),
    ]
    shown = {text for text in texts.values() if text}
    text = shown.pop() if len(shown) == 1 else None
    shown_codes = [code for code in codes if texts[code.co_filename]]
    lines = _lines_of(shown_codes) if text is not None else None
    name = os.urandom(8).hex()  # no kernel, no cell: each reading is a session of its own
    label = Label(id=f"specialize:{name}", session=name)
    reading = describe(units, text, label, Known(cautions, assume=assume), nested=nested)
    return Reading(reading.findings, text, label, lines)


def _lines_of(codes: Sequence[CodeType]) -> range:
    """Return the lines from the first to the last of *codes*."""
    ends = [end for code in codes for _, end, _, _ in code.co_positions() if end is not None]
    first = min(max(code.co_firstlineno, 1) for code in codes)
    return range(first, max([first, *ends]) + 1)


def _text_of(code: CodeType) -> str:
    linecache.checkcache(code.co_filename)  # the file may have been edited and imported again
    return "".join(linecache.getlines(code.co_filename))
