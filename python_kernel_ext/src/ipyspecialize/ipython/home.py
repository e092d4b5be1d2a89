# SPDX-License-Identifier: BSD-3-Clause
"""Where the notebook of this kernel lies: links in its outputs begin there."""

from __future__ import annotations

import os


def folder_now() -> str:
    """Return the current folder; empty where it is gone."""
    try:
        return os.getcwd()  # noqa: PTH109 - a string
    except OSError:
        return ""


def _notebook_folder() -> str:
    """Return the notebook's folder, or else the one in which this was loaded; may be empty.

    Jupyter's server names the notebook in a variable (jupyter_server/services/sessions/
    sessionmanager.py, 2.0 to 2.17).
    """
    named = os.environ.get("JPY_SESSION_NAME", "")
    if os.path.isabs(named):  # noqa: PTH117 - of a string
        return os.path.dirname(named)  # noqa: PTH120
    return folder_now()


#: As it was when the extension was loaded: a cell may move elsewhere.
HOME = _notebook_folder()
