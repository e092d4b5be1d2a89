# SPDX-License-Identifier: BSD-3-Clause
"""Make the teaching notebooks from their sources, with the outputs of a real run.

In: `notebooks/NN-name.py`, cells between `# %%` lines, each with its id. Out: the notebook of the
same name. What a run makes new each time, the session and the timings, is kept from the
notebook that stands there, so that making it again changes nothing.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import jupytext
import nbformat
from nbclient import NotebookClient

from console import ROOT, say
from ipyspecialize.payload import MIME, WARM_UP_MIME
from notebook_outputs import joined
from notebook_runs import name_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nbformat import NotebookNode

FOLDER = ROOT / "notebooks"

#: Sessions are random, and that of a saved run has ended.
SESSION = "0" * 16

#: What a run draws: ids of sessions, and the class names that are made from them.
_DRAWN = re.compile(r"\b(?:[0-9a-f]{16}|sp[0-9a-f]{8})\b")

#: A time with the spaces that align it, and what `%timeit` says of an uneven run.
_TIMING = re.compile(r"\s*[\d.,]+ \ws\b|The slowest run .*\n")


def sources() -> list[Path]:
    """Return the sources of the lessons, in their order."""
    return sorted(FOLDER.glob("[0-9][0-9]-*.py"))


def read(source: Path) -> NotebookNode:
    """Return the notebook that *source* describes, without outputs; a cell's title is its id.

    For `jupyter nbconvert --to slides` each cell is a slide.
    """
    notebook = jupytext.read(source)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        cell["id"] = cell.metadata["title"]
        cell["metadata"] = {"slideshow": {"slide_type": "slide"}}
    notebook.metadata = {
        "kernelspec": notebook.metadata.kernelspec,
        "language_info": {"name": "python"},
    }
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    made: NotebookNode = nbformat.from_dict(notebook)  # type: ignore[no-untyped-call]
    return made


def run(notebook: NotebookNode, *, after: Callable[[str], object] = str, limit: int = 60) -> None:
    """Run *notebook* from top to bottom and put its outputs in; a cell's error ends it.

    after:  Called with the id of each code cell when it has run.
    limit:  Seconds one cell may take.
    """
    with tempfile.TemporaryDirectory(prefix="lesson-", ignore_cleanup_errors=True) as scratch:
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            resources={"metadata": {"path": scratch}},
            timeout=limit,
            record_timing=False,
            shutdown_kernel="immediate",
        )
        client.on_cell_execute = partial(name_cell, client)
        client.on_cell_executed = lambda cell, **_: after(cell.id)
        environment = {
            **os.environ,
            "IPYTHONDIR": str(Path(scratch, "ipython")),
            "PYTHONHASHSEED": "0",
            "PYTHON_JIT": "0",  # machine code counts nothing: notebooks/README.md says so
        }
        client.execute(env=environment)
    # nbclient would join streams as each cell ends, and then lose the place of our display in it.
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [nbformat.from_dict(output) for output in joined(cell.outputs)]  # type: ignore[no-untyped-call]
    notebook.metadata["language_info"] = {"name": "python"}


def make(source: Path) -> Path:
    """Write the notebook of *source* with the outputs of a run; return its path."""
    notebook = read(source)
    run(notebook)
    made = source.with_suffix(".ipynb")
    before = nbformat.read(made, as_version=4) if made.is_file() else None  # type: ignore[no-untyped-call]
    settle(notebook, before)
    nbformat.write(notebook, made)  # type: ignore[no-untyped-call]
    return made


def settle(notebook: NotebookNode, before: NotebookNode | None) -> None:
    """Give the outputs of *notebook* one session, and the timings of *before* where they fit."""
    kept = {cell.id: cell for cell in before.cells} if before is not None else {}
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            for ours in (data[kind] for kind in (MIME, WARM_UP_MIME) if kind in data):
                ours.get("payload", ours)["session"] = SESSION  # a warm-up holds its payload
        old = kept.get(cell.id)
        if old is not None and old.source == cell.source:
            for output, older in zip(cell.get("outputs", ()), old.get("outputs", ()), strict=False):
                if _timeless(output) == _timeless(older):
                    output.update(older)


def _timeless(output: NotebookNode) -> str:
    """Return what an output says but for its timings and what is drawn anew."""
    if output.output_type == "stream":
        return _TIMING.sub("", output.text)
    return _DRAWN.sub("", json.dumps(output, sort_keys=True))


def _chosen(names: Sequence[str]) -> Iterator[Path]:
    for source in sources():
        if not names or any(source.stem.startswith(name) for name in names):
            yield source


def main(names: Sequence[str]) -> int:
    """Make the lessons whose file names begin with one of *names*, by default all."""
    for source in _chosen(names):
        say(f"- {make(source).relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
