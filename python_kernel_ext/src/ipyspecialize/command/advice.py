# SPDX-License-Identifier: BSD-3-Clause
"""Where nothing could be coloured: what else ran, as a glob worth trying.

In: the module code that was executed. Out: a sentence.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ipyspecialize.command.watch import COMMAND
from ipyspecialize.reading import Unit, read
from ipyspecialize.records import WEIGHTS
from ipyspecialize.report.roots import common_root, name_below

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from types import CodeType

#: Files that are looked into: a hint must not take longer than the report.
_MOST = 200
_LIBRARY, _OURS = Path(os.__file__).resolve().parent, Path(__file__).resolve().parents[1]


def nothing_painted(
    shown: Sequence[str], executed: Mapping[str, Collection[CodeType]], here: str, why: str = ""
) -> str:
    """Return what to do about targets *shown* in which nothing has a colour.

    executed:  Module code by real path.
    here:      Folder in which the command was started.
    why:       What prevented colours; empty: it is not known.
    """
    name = "the targets"
    if len(shown) == 1:
        name = "the command" if shown[0] == COMMAND else Path(shown[0]).name
    if why:
        return f"nothing in {name} has a colour. {why}"
    said = f"nothing in {name} ran often enough to specialize"
    own = [file for file in executed if file not in shown and _is_users(Path(file))]
    glob = _glob_of([file for file in own[:_MOST] if _has_color(executed[file])], here)
    if glob is None:
        return f"{said}: let it run longer, or show other files with -t GLOB"
    return f"{said}. Did you mean -t '{glob}'?"


def _is_users(file: Path) -> bool:
    """Return False for what belongs to Python, to an installed package or to us."""
    return file.is_absolute() and not (
        _LIBRARY in file.parents
        or _OURS in file.parents
        or {"site-packages", "dist-packages"} & set(file.parts)
    )


def _has_color(codes: Iterable[CodeType]) -> bool:
    sites = read([Unit(code, None) for code in codes]).sites
    return any(site.state in WEIGHTS for site in sites)


def _glob_of(files: Sequence[str], here: str) -> str | None:
    """Return a glob for *files*, seen from *here*; None where it would match half a disk."""
    if len(files) == 1:
        return _seen_from(files[0], here)
    root = common_root(files)
    if not root or root == os.path.dirname(root):  # noqa: PTH120
        return None
    seen = _seen_from(root, here)
    return "**/*.py" if seen == "." else f"{seen}/**/*.py"


def _seen_from(path: str, here: str) -> str:
    """Return *path* relative to *here* if it lies below."""
    inside = path == here or path.startswith(here.rstrip(os.sep) + os.sep)
    return name_below(path, here) if inside else path
