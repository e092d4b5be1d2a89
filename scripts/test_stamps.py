# SPDX-License-Identifier: BSD-3-Clause
"""A step runs again when, and only when, something it reads has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stamps import Stamp, digest_of

if TYPE_CHECKING:
    from pathlib import Path


def stamp(folder: Path, *words: str) -> Stamp:
    """Return the stamp of a step that reads *folder*/src."""
    return Stamp(folder / "made" / ".stamp", digest_of([folder / "src"], *words))


def sources(folder: Path, text: str) -> None:
    """Write the one source file."""
    (folder / "src").mkdir(exist_ok=True)
    (folder / "src" / "a.ts").write_text(text, encoding="utf-8")


def test_a_step_that_never_ran_is_due(tmp_path: Path) -> None:
    sources(tmp_path, "one")

    assert not stamp(tmp_path).is_fresh()


def test_a_step_is_not_due_while_its_inputs_stay(tmp_path: Path) -> None:
    sources(tmp_path, "one")
    stamp(tmp_path, "3.11").write()

    assert stamp(tmp_path, "3.11").is_fresh()


def test_a_changed_file_makes_a_step_due(tmp_path: Path) -> None:
    sources(tmp_path, "one")
    stamp(tmp_path).write()

    sources(tmp_path, "two")

    assert not stamp(tmp_path).is_fresh()


def test_a_new_file_makes_a_step_due(tmp_path: Path) -> None:
    sources(tmp_path, "one")
    stamp(tmp_path).write()

    (tmp_path / "src" / "b.ts").write_text("", encoding="utf-8")

    assert not stamp(tmp_path).is_fresh()


def test_another_interpreter_makes_a_step_due(tmp_path: Path) -> None:
    sources(tmp_path, "one")
    stamp(tmp_path, "3.11").write()

    assert not stamp(tmp_path, "3.12").is_fresh()
