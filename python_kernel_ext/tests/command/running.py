# SPDX-License-Identifier: BSD-3-Clause
"""Run programs plain and under the command."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Ran(NamedTuple):
    """One process that has ended.

    status:    Its exit status.
    said:      What it wrote: standard output and error as one, without our sentences.
    notes:     Our sentences on standard error.
    document:  Of ``--json``; None without it.
    """

    status: int
    said: str
    notes: str = ""
    document: dict[str, Any] | None = None

    @property
    def own(self) -> tuple[int, str]:
        """What is the program's."""
        return self.status, self.said

    def target(self, ending: str) -> dict[str, Any]:
        """Return the one target whose path has this *ending*."""
        assert self.document is not None
        (found,) = [t for t in self.document["targets"] if t["path"].endswith(ending)]
        return dict(found)


def plain(folder: Path, *words: str) -> Ran:
    """Run ``python *words`` in *folder*."""
    done = subprocess.run(  # noqa: S603 - this interpreter, that program
        [sys.executable, *words],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout)


def specialize(folder: Path, *words: str) -> Ran:
    """Run the command with ``--json``, which puts all that the program writes on one stream."""
    done = subprocess.run(  # noqa: S603 - this interpreter, that program
        [sys.executable, "-m", "ipyspecialize", "--json", *words],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said: list[str] = []
    notes: list[str] = []
    for line in done.stderr.splitlines(keepends=True):
        (notes if line.startswith("specialize: ") else said).append(line)
    document = json.loads(done.stdout) if done.stdout else None
    return Ran(done.returncode, "".join(said), "".join(notes), document)


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write texts, without their common indentation, to files below *folder*."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), "utf-8")
