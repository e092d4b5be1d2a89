# SPDX-License-Identifier: BSD-3-Clause
"""What the colours add to the saved notebook, a site."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from cells import NBODY, SMALL
from readings import FUNCTION, TAIL
from rows import Row
from session import Shell

import ipyspecialize
from ipyspecialize.payload import MIME

if TYPE_CHECKING:
    from collections.abc import Iterator

LESSON = Path(__file__).parents[1] / "notebooks" / "01-fahrenheit.ipynb"


def rows() -> Iterator[Row]:
    """Yield the rows of this module."""
    lesson = [cell.source for cell in nbformat.read(LESSON, 4).cells if cell.cell_type == "code"]
    texts = [text for text in lesson if text.startswith("%%specialize")]
    module = "".join(FUNCTION.format(n=n) for n in range(40)) + TAIL
    # The module first: it calls every function there is whose name begins with f.
    texts = [f"%%specialize\n{text}" for text in (module, SMALL, NBODY)] + texts
    shell = Shell(load=True)
    for number, text in enumerate(texts):
        shell.run(text, f"cell-{number}")
    bundles = [output["data"] for output in shell.displays if MIME in output["data"]]
    sites = [len(ipyspecialize.load(bundle).sites) for bundle in bundles]
    method = f"{len(bundles)} cells: the first lesson, a small one, nbody, a module of 200 lines"
    for name, part, target in (("whole", None, "≤ 60"), ("payload", MIME, "≤ 25")):
        added = [_added(data if part is None else {part: data[part]}) for data in bundles]
        slope, fixed = statistics.linear_regression(sites, added)
        yield Row(
            f"growth of the notebook, {name}",
            f"{method}; {sum(sites)} sites, as saved",
            f"{sum(added) / sum(sites):.0f} bytes a site; a cell {fixed / 1000:.1f} kB "
            f"and a site {slope:.0f} bytes",
            target,
        )


def _added(data: dict[str, Any]) -> int:
    """Return by how many bytes one output makes a saved notebook longer."""
    sizes = []
    for outputs in ([], [nbformat.v4.new_output("display_data", data)]):
        cell = nbformat.v4.new_code_cell("x", outputs=outputs, id="c")
        notebook = nbformat.v4.new_notebook(cells=[cell])
        sizes.append(len(nbformat.writes(notebook).encode()))
    return sizes[1] - sizes[0]
