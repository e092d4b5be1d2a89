# SPDX-License-Identifier: BSD-3-Clause
"""Copy the lessons, without results, to where a person may run and change them.

In: the notebooks of `notebooks/`. Out: those of them that were missing, in a folder that git
ignores; a copy that is there is the person's own and stays as it is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from console import ROOT, StopError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))

#: Named as in src/tour/copy.ts, so that the menu's entry finds these copies.
FOLDER = ROOT / "specialization-tour"


def copy_lessons(lessons: Sequence[Path] = LESSONS, folder: Path = FOLDER) -> list[Path]:
    """Write those of *lessons* that *folder* lacks; return the paths of all copies, in order.

    Raises `StopError` where the folder cannot be written to.
    """
    copies = [folder / lesson.name for lesson in lessons]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for lesson, copy in zip(lessons, copies, strict=True):
            if not copy.exists():
                text = _without_results(lesson.read_text(encoding="utf-8"))
                with copy.open("x", encoding="utf-8", newline="\n") as file:
                    file.write(text)
    except OSError as error:
        message = (
            f"The lessons could not be copied to {folder} ({error.strerror}): make it a folder "
            "that you may write to, or name a notebook of yours, `npm start -- mine.ipynb`."
        )
        raise StopError(message) from error
    return copies


def _without_results(text: str) -> str:
    """Return the notebook *text* as if no cell of it had run."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"execution_count": None, "outputs": []}
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
