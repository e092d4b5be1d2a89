# SPDX-License-Identifier: BSD-3-Clause
"""Real notebooks are unharmed: every output, error and count is as it is without the extension."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from compare_notebooks import USUAL, Comparison, compare

HERE = Path(__file__).parent
NOTEBOOKS = sorted(HERE.glob("*/*.ipy"))


comparisons = functools.cache(functools.partial(compare, limit=30))  # five kernels a notebook


@pytest.mark.parametrize("way", USUAL)
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_notebook_says_the_same_with_the_extension(notebook: Path, way: str) -> None:
    found = comparisons(notebook)[way]

    assert not found.differences, f"{notebook.name}, {way}:\n{found.report()}"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.stem)
def test_the_magic_shows_something_in_most_cells(notebook: Path) -> None:
    found: Comparison = comparisons(notebook)["magic"]

    assert found.overlays > found.cells / 3
