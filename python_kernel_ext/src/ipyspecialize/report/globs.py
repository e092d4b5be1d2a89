# SPDX-License-Identifier: BSD-3-Clause
"""Globs in, files out: relative or from the root on, with ``**``."""

from __future__ import annotations

import os
from fnmatch import fnmatch
from glob import escape, iglob
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Globs:
    """What the globs match, now and later, wherever the program has moved to by then.

    patterns:  As given.
    here:      Folder in which relative ones begin; by default where this was made.
    """

    def __init__(self, patterns: tuple[str, ...], here: str = "") -> None:
        self.patterns = patterns
        self._here = here or os.getcwd()  # noqa: PTH109 - a pattern is no path
        self._absolute = [os.path.join(self._here, os.path.expanduser(p)) for p in patterns]  # noqa: PTH111, PTH118
        # A file that the program deletes was a target, too, and one that it writes becomes one.
        self._then = self._files()

    def files(self, executed: Iterable[str] = ()) -> list[Path]:
        """Return every file that matches or did when this was made, by name, without links.

        executed:  Real paths of what ran; what lies in a ZIP file is to be found there only.
        """
        return sorted(self._then | self._files() | set(filter(_is_packed, self._among(executed))))

    def advice(self) -> str:
        """Return a sentence for the case that nothing matches."""
        from difflib import get_close_matches  # noqa: PLC0415 - rarely

        listed = " ".join(repr(pattern) for pattern in self.patterns)
        for pattern in self._absolute:
            if os.path.isdir(pattern):  # noqa: PTH112 - of a string
                inside = str(Path(pattern, "**", "*.py"))
                return f"no file matches {listed}, which is a folder. Did you mean {inside!r}?"
            fixed, parts = Path(pattern), list[str]()
            while set("*?[") & set(str(fixed)) or not fixed.is_dir():
                parts.insert(0, fixed.name)
                fixed = fixed.parent
            wrong, *rest = parts
            near = get_close_matches(wrong, [entry.name for entry in fixed.iterdir()], 1)
            if near and near[0] != wrong and not set("*?[") & set(wrong):
                return (
                    f"no file matches {listed}. Did you mean {str(Path(fixed, near[0], *rest))!r}?"
                )
            if "**" not in pattern:
                deeper = str(Path(pattern).parent / "**" / Path(pattern).name)
                if any(map(os.path.isfile, self._matches(deeper))):
                    return f"no file matches {listed}. Did you mean {deeper!r}?"
        return f"no file matches {listed}: globs are relative to {self._here}"

    def _files(self) -> set[Path]:
        return {
            Path(os.path.realpath(path))
            for pattern in self._absolute
            for path in (pattern, *self._matches(pattern))  # a name with brackets, too
            if os.path.isfile(path)  # noqa: PTH113 - of a string
        }

    def _among(self, names: Iterable[str]) -> Iterator[Path]:
        """Yield those of *names* that match, a star in them also across folders."""
        patterns = [pattern.replace("**" + os.sep, "*") for pattern in self._absolute]
        for name in names:
            if any(fnmatch(name, pattern) for pattern in patterns):
                yield Path(name)

    def _matches(self, pattern: str) -> Iterator[str]:
        """Yield what matches; brackets of the folder that relative patterns begin in are none."""
        if pattern.startswith(self._here):
            pattern = escape(self._here) + pattern[len(self._here) :]
        return iglob(pattern, recursive=True)  # noqa: PTH207 - from the root on


def _is_packed(path: Path) -> bool:
    """Return whether *path* leads into a file."""
    return not path.exists() and any(folder.is_file() for folder in path.parents)
