# SPDX-License-Identifier: BSD-3-Clause
"""Remember what an installed thing was made from, so that nothing is made twice.

In: the files a step reads. Out: whether the step has to run again. A stamp lies inside what it
describes, so it goes when that goes, and a thing made by hand has none.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True)
class Stamp:
    """One step's memory.

    file:    Where the digest is kept.
    digest:  Of everything the step reads.
    """

    file: Path
    digest: str

    def is_fresh(self) -> bool:
        """Tell whether the step ran, and ran on these inputs."""
        return self.file.is_file() and self.file.read_text(encoding="utf-8") == self.digest

    def write(self) -> None:
        """Note that the step ran."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(self.digest, encoding="utf-8")


def digest_of(paths: Iterable[Path], *words: str) -> str:
    """Return a digest of the names and bytes of all files at or below *paths*, and of *words*."""
    digest = hashlib.sha256()
    for word in words:
        digest.update(word.encode() + b"\0")
    for file in sorted(_files(paths)):
        content = file.read_bytes()
        digest.update(f"{file}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from (file for file in path.rglob("*") if file.is_file())
