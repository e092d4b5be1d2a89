# SPDX-License-Identifier: BSD-3-Clause
"""`npm start` opens lessons to predict in, and leaves what a person made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import pytest

from console import ROOT, StopError, output
from tour import FOLDER, LESSONS, copy_lessons

if TYPE_CHECKING:
    from pathlib import Path


def test_a_copy_is_the_lesson_before_any_cell_of_it_ran(tmp_path: Path) -> None:
    first = copy_lessons(folder=tmp_path)[0]

    expected = nbformat.read(LESSONS[0], as_version=4)  # type: ignore[no-untyped-call]
    for cell in expected.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    assert expected == nbformat.read(first, as_version=4)  # type: ignore[no-untyped-call]


def test_a_copy_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    first = tmp_path / LESSONS[0].name
    first.write_text("what a person wrote", encoding="utf-8")

    copy_lessons(folder=tmp_path)

    assert "what a person wrote" == first.read_text(encoding="utf-8")


def test_a_copy_that_was_deleted_is_made_anew(tmp_path: Path) -> None:
    first = copy_lessons(folder=tmp_path)[0]
    first.unlink()

    copy_lessons(folder=tmp_path)

    assert [lesson.name for lesson in LESSONS] == sorted(path.name for path in tmp_path.iterdir())


def test_a_file_in_the_place_of_the_folder_stops_with_advice(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.touch()

    with pytest.raises(StopError, match="make it a folder that you may write to"):
        copy_lessons(folder=taken)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no checkout: git does not see it")
def test_git_ignores_the_copies() -> None:
    copy = str(FOLDER / LESSONS[0].name)

    assert copy == output(["git", "check-ignore", copy])
