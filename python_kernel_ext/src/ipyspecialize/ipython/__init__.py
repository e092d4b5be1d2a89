# SPDX-License-Identifier: BSD-3-Clause
"""The IPython entry points: load, unload, and the toolbar's question for a cell's bundle."""

from __future__ import annotations

from typing import Any

from ipyspecialize.ipython.extension import ATTRIBUTE, Extension
from ipyspecialize.ipython.magics import SpecializeMagics


def load_ipython_extension(shell: Any) -> None:  # noqa: ANN401 - InteractiveShell of any version
    """Put the hooks into *shell*; a second call changes nothing."""
    if getattr(shell, ATTRIBUTE, None) is not None:
        return
    extension = Extension(shell)
    extension.install()
    shell.register_magics(SpecializeMagics(shell, extension))


def unload_ipython_extension(shell: Any) -> None:  # noqa: ANN401
    """Leave *shell* as it was found."""
    extension = getattr(shell, ATTRIBUTE, None)
    if extension is not None:
        extension.uninstall()


def annotate_every_cell(on: bool) -> None:  # noqa: FBT001 - the wire of the Lab half
    """Do what ``%specialize on`` does, or take it back; for the front end's setting.

    Taken back, it is again as the user last had it. The extension is loaded if it was not.
    """
    _extension().always.follow_setting(on=on)


class Bundle:
    """A MIME bundle that displays as itself; `user_expressions` answers with it."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        del include, exclude  # IPython filters what it did not ask for
        return self._data


def bundle_for(cell_id: str) -> Bundle:
    """Return the bundle of a cell that ran in this kernel, or one that says why there is none.

    cell_id:  As the front end knows it; anything but letters, digits, ``-`` and ``_``, or
              more than 64 of them, is answered with ``not-run``.

    The bundle's payload is then ``{"version": 1, "error": "not-run" | "not-recorded"}``; see
    `Extension.answer`. The extension is loaded if it was not: what ran before stays unknown.
    """
    return Bundle(_extension().answer(cell_id))


def instructions_for(cell_id: str) -> Bundle:
    """Return the payload of a cell with every instruction, or one that says why there is none.

    cell_id:  As `bundle_for` takes it, and with the same answers where there is nothing.

    What the cell shows is not touched. Past 50,000 instructions or 1.5 MB they are left out.
    """
    return Bundle(_extension().instructions(cell_id))


def _extension() -> Extension:
    """Return the extension of the running shell, loaded if it was not."""
    from IPython import get_ipython  # noqa: PLC0415 - only where there is a shell

    shell = get_ipython()
    load_ipython_extension(shell)
    extension: Extension = getattr(shell, ATTRIBUTE)
    return extension
