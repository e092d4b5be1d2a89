# SPDX-License-Identifier: BSD-3-Clause
"""The first lesson keeps its word: each colour its text promises is there after a real run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbclient import NotebookClient

from ipyspecialize import load

if TYPE_CHECKING:
    from ipyspecialize.describe import Reading

LESSON = Path(__file__).parents[3] / "notebooks" / "01-fahrenheit.ipynb"

#: From there on there are forms for int with float, as the lesson's head says.
MIXES = sys.version_info >= (3, 14)


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> list[Reading]:
    """Return the readings of the three steps, saved by a real kernel and loaded again."""
    notebook = nbformat.read(LESSON, as_version=4)
    NotebookClient(notebook, kernel_name="python3", timeout=60).execute()
    ran = tmp_path_factory.mktemp("lesson") / "ran.ipynb"
    nbformat.write(notebook, ran)
    return load(ran)


def states(reading: Reading) -> dict[str, str]:
    """Return the state of each one-line span, by the text it stands on."""
    assert reading.text is not None
    lines = reading.text.split("\n")
    return {
        lines[site.span.line - 1][site.span.column : site.span.end_column]: site.state
        for site in reading.sites
        if site.span is not None and site.span.line == site.span.end_line
    }


def test_mixed_numbers_fail_until_there_is_a_form_for_them(steps: list[Reading]) -> None:
    seen = states(steps[0])

    operations = ["degrees - 32", "above_freezing * 5", "degrees * 9", "above_freezing + 32"]
    state = "specialized" if MIXES else "failed"
    assert dict.fromkeys(operations, state).items() <= seen.items()


def test_division_has_no_form_and_later_one_for_mixed_numbers_only(steps: list[Reading]) -> None:
    seen = [states(step) for step in steps[:2]]

    assert (["specialized", "failed"] if MIXES else ["unsupported"] * 2) == [
        seen[0]["above_freezing * 5 / 9"],
        seen[1]["above_freezing * 5.0 / 9.0"],
    ]


def test_floats_on_both_sides_turn_green(steps: list[Reading]) -> None:
    seen = states(steps[1])

    assert dict.fromkeys(
        ["degrees - 32.0", "above_freezing * 5.0", "degrees * 9.0", "above_freezing + 32.0"],
        "specialized",
    ).items() <= seen.items()


def test_folded_constants_leave_nothing_but_green(steps: list[Reading]) -> None:
    painted = {site.state for site in steps[2].sites if site.state not in ("cold", "waiting")}

    assert {"specialized"} == painted


def test_the_calls_at_the_bottom_are_green(steps: list[Reading]) -> None:
    assert ["specialized"] * 3 == [states(step)["to_celsius(temperature)"] for step in steps]
