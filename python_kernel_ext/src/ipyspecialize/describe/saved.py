# SPDX-License-Identifier: BSD-3-Clause
"""Saved notebooks, bundles and payloads in, the readings they were made from out."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from ipyspecialize import payload as wire
from ipyspecialize.describe.flow import Reading
from ipyspecialize.records import Caution, Findings, Label

if TYPE_CHECKING:
    from collections.abc import Mapping


@overload
def load(saved: str | os.PathLike[str]) -> list[Reading]: ...
@overload
def load(saved: Mapping[str, Any]) -> Reading: ...
def load(saved: str | os.PathLike[str] | Mapping[str, Any]) -> list[Reading] | Reading:
    """Return the readings of a saved notebook, or the one of a bundle or payload.

    saved:  Path of an ``.ipynb`` file: a list with one `Reading` for each annotated cell.
            A payload, or a MIME bundle that holds one: its `Reading`.

    A cell whose payload cannot be read gives an empty `Reading` whose warning says why.
    Raises `payload.PayloadError` if a bundle or payload cannot be read or the file is not a
    notebook, `OSError` if the file cannot be opened.
    """
    if isinstance(saved, (str, os.PathLike)):
        return _load_notebook(Path(saved))
    findings, label = wire.parse(saved.get(wire.MIME, saved))
    return Reading(findings, None, label, reduced=True)


def _load_notebook(path: Path) -> list[Reading]:
    try:
        notebook = json.loads(path.read_text("utf-8"))
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        return [
            _load_cell(cell, output["data"][wire.MIME])
            for cell in cells
            for output in cell["outputs"]
            if wire.MIME in output.get("data", ())
        ]
    except (KeyError, TypeError, ValueError) as error:
        msg = (
            f"{path} is not a notebook of format 4 ({error!r}): open it in JupyterLab and save "
            "it again."
        )
        raise wire.PayloadError(msg) from error


def _load_cell(cell: Mapping[str, Any], saved: object) -> Reading:
    text = "".join(cell["source"])
    try:
        findings, label = wire.parse(saved)
    except wire.PayloadError as error:
        label = Label("specialize:unreadable", session="0" * 16, cell_id=cell.get("id"))
        return Reading(
            Findings("0.0.0", warnings=(Caution("unreadable", str(error)),)), text, label
        )
    if isinstance(saved, dict) and saved["source"] == wire.checksum(text):
        return Reading(findings, text, label, reduced=True)
    edited = Caution(
        "edited", "The cell was edited after this run: the spans belong to the older text."
    )
    noted = findings._replace(warnings=(*findings.warnings, edited))
    return Reading(noted, None, label, reduced=True)
