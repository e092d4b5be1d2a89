# SPDX-License-Identifier: BSD-3-Clause
"""The lessons as a real kernel ran them: what each cell said, and the states of what it coloured.

In: the first letters of a lesson's file name, ids of cells, and what its questions ask to try.
Out: states, by text or function, at the end or after any cell; each lesson runs once, and what is
tried runs after it in the same kernel, as a reader would.
"""

from __future__ import annotations

import copy
import functools
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import nbformat

import lessons
from ipyspecialize import load
from ipyspecialize.records import STATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode

    from ipyspecialize.describe import Reading
    from ipyspecialize.records import Site

BARE = ("cold", "waiting", "unsupported")


class Try(NamedTuple):
    """A cell that a reader runs after the lesson.

    cell:    Its id, unlike any of the lesson's.
    source:  Its text.
    """

    cell: str
    source: str


class Ran:
    """One lesson and its run.

    moments:  The notebook as it was after each code cell, by that cell's id, in their order.
    last:     Id of the lesson's last code cell; what comes after it was tried.
    """

    def __init__(self, moments: Mapping[str, NotebookNode], last: str) -> None:
        self._moments = moments
        ids = list(moments)
        end = ids.index(last) + 1
        self._ends = dict.fromkeys(ids[:end], last) | dict.fromkeys(ids[end:], ids[-1])
        self._readings = functools.cache(self._read)

    def said(self, cell: str) -> str:
        """Return what a code cell printed."""
        return "".join(output.get("text", "") for output in self._outputs(cell))

    def shown(self, cell: str) -> str:
        """Return what a code cell displays, in words."""
        [display] = [output for output in self._outputs(cell) if "data" in output]
        words: str = display.data["text/plain"]
        return words

    def table(self, cell: str) -> list[str]:
        """Return the lines that a code cell printed below the first one, its version of Python."""
        head, *lines = self.said(cell).splitlines()
        assert head.startswith("CPython ")
        return lines

    def states(
        self, cell: str, *texts: str, within: str | None = None, after: str | None = None
    ) -> list[str]:
        """Return the state in which each of *texts* is shown; `''` where no site stands on it.

        Where several sites stand on one text, it is the state that speaks first in `STATES`.
        """
        found = [self.sites(cell, text, within=within, after=after) for text in texts]
        return [
            min((site.state for site in sites), key=STATES.index, default="") for sites in found
        ]

    def sites(
        self, cell: str, text: str, *, within: str | None = None, after: str | None = None
    ) -> list[Site]:
        """Return the sites that stand on *text* in a coloured cell.

        within:  Qualified name of the function that is meant; None: any.
        after:   Id of the code cell that has just run; None: the last of the lesson, or, for a cell
                 that was tried, of all.
        """
        reading = self._readings(after or self._ends[cell])[cell]
        assert reading.text is not None
        lines = reading.text.split("\n")
        return [
            site
            for site in reading.sites
            if within in (None, site.code)
            and (span := site.span) is not None
            and span.line == span.end_line
            and lines[span.line - 1][span.column : span.end_column] == text
        ]

    def painted(self, cell: str, within: str) -> set[str]:
        """Return the painted states that occur in the function *within*."""
        sites = self._readings(self._ends[cell])[cell].sites
        return {site.state for site in sites if site.code == within and site.state not in BARE}

    def _outputs(self, cell: str) -> list[NotebookNode]:
        cells = {cell.id: cell for cell in self._moments[self._ends[cell]].cells}
        outputs: list[NotebookNode] = cells[cell].outputs
        return outputs

    def _read(self, moment: str) -> Mapping[str, Reading]:
        with tempfile.TemporaryDirectory(prefix="lesson-") as folder:
            saved = Path(folder, "ran.ipynb")
            nbformat.write(self._moments[moment], saved)
            return {reading.label.cell_id or "": reading for reading in load(saved)}


@functools.cache
def ran(name: str, *tries: Try) -> Ran:
    """Return the lesson whose file name begins with *name*, run in a kernel of this Python.

    tries:  What is run after its last cell, in this order.
    """
    notebook = _lesson(name)
    last = [cell.id for cell in notebook.cells if cell.cell_type == "code"][-1]
    notebook.cells += [
        nbformat.v4.new_code_cell(source, id=cell)  # type: ignore[no-untyped-call]
        for cell, source in tries
    ]
    moments: dict[str, NotebookNode] = {}

    def keep(cell: str) -> None:
        moments[cell] = copy.deepcopy(notebook)

    lessons.run(notebook, after=keep)
    return Ran(moments, last)


def changed(name: str, cell: str, *swaps: tuple[str, str]) -> str:
    """Return the text of a lesson's cell with the first text of each swap replaced by the second.

    Raises AssertionError where a text is not in the cell: the lesson has changed.
    """
    [source] = [found.source for found in _lesson(name).cells if found.id == cell]
    for old, new in swaps:
        assert old in source, f"no {old!r} in the cell {cell} of lesson {name}"
        source = source.replace(old, new)
    return str(source)


def _lesson(name: str) -> NotebookNode:
    [source] = [file for file in lessons.sources() if file.stem.startswith(name)]
    return lessons.read(source)


def by_version(*rows: tuple[tuple[int, int], str]) -> str:
    """Return what holds on this Python: the last of *rows* whose version is not newer."""
    return [what for since, what in rows if sys.version_info >= since][-1]
