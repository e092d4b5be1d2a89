# SPDX-License-Identifier: BSD-3-Clause
"""The lessons that lie here were made from their sources, by a whole run on CPython 3.11."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import pytest

import lessons

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

HINT = "`npm run notebooks` makes the lessons from their sources."


@pytest.fixture(params=lessons.sources(), ids=lambda source: source.stem)
def source(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def cells(notebook: NotebookNode) -> list[tuple[str, str, str]]:
    return [(cell.id, cell.cell_type, cell.source) for cell in notebook.cells]


def made_from(source: Path) -> NotebookNode:
    made = source.with_suffix(".ipynb")
    notebook: NotebookNode = nbformat.read(made, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def test_a_lesson_is_what_its_source_says(source: Path) -> None:
    assert cells(lessons.read(source)) == cells(made_from(source)), HINT


def test_every_cell_of_a_lesson_ran_once_in_its_order(source: Path) -> None:
    ran = [cell for cell in made_from(source).cells if cell.cell_type == "code"]

    assert list(range(1, len(ran) + 1)) == [cell.execution_count for cell in ran], HINT


def test_the_colours_of_a_lesson_are_those_of_the_oldest_version(source: Path) -> None:
    payloads = [
        output.data[lessons.MIME]
        for cell in made_from(source).cells
        for output in cell.get("outputs", ())
        if lessons.MIME in output.get("data", ())
    ]

    seen = {(payload["python"].rpartition(".")[0], payload["session"]) for payload in payloads}
    assert {("3.11", lessons.SESSION)} == seen, HINT


def test_a_lesson_made_again_keeps_the_timings_it_had() -> None:
    before, after = (lessons.read(lessons.sources()[0]) for _ in range(2))
    timed = "{} ± 1.2 ns per loop (mean ± std. dev. of 7 runs, 50,000 loops each)\n"
    uneven = "The slowest run took 4.15 times longer than the fastest. Perhaps it is cached.\n"
    for notebook, text in ((before, "61.3 ns"), (after, f"{uneven}1.12 μs")):
        cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
        said = {"output_type": "stream", "name": "stdout", "text": timed.format(text)}
        cell.outputs = [nbformat.from_dict(said)]  # type: ignore[no-untyped-call]

    lessons.settle(after, before)

    assert before == after


def test_a_lesson_made_again_keeps_the_ids_that_were_drawn() -> None:
    before, after = (lessons.read(lessons.sources()[0]) for _ in range(2))
    for notebook, drawn in ((before, "0123456789abcdef"), (after, "fedcba9876543210")):
        cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
        data = {"text/plain": f"specialize:{drawn}-3", "text/html": f'<p class="sp{drawn[:8]}">'}
        shown = {"output_type": "display_data", "metadata": {}, "data": data}
        cell.outputs = [nbformat.from_dict(shown)]  # type: ignore[no-untyped-call]

    lessons.settle(after, before)

    assert before == after
