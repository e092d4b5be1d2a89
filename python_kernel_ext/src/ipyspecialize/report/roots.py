# SPDX-License-Identifier: BSD-3-Clause
"""Paths of files in, their common root and their names below it out.

Pure: *flavour* is `os.path`, or the `ntpath` or `posixpath` of another system.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType


def common_root(files: Sequence[str], flavour: ModuleType = os.path) -> str:
    """Return the innermost folder that holds all *files*, absolute paths.

    Empty where there is none: files on several drives of Windows, or no files.
    """
    folders = {flavour.dirname(file) for file in files}
    if len({flavour.normcase(flavour.splitdrive(folder)[0]) for folder in folders}) != 1:
        return ""
    return str(flavour.commonpath(folders))


def name_below(file: str, root: str, flavour: ModuleType = os.path) -> str:
    """Return *file* as it is called below *root*, with slashes: ``spam/eggs.py``.

    root:  As from `common_root`; below the empty one a drive is a folder: ``C/spam/eggs.py``.
    """
    if root:
        name = flavour.relpath(file, root)
    else:
        drive, rest = flavour.splitdrive(file)
        letters = "".join(c if c.isalnum() else "-" for c in drive).strip("-")
        name = letters + rest
    return str(name).replace(flavour.sep, "/").lstrip("/")
