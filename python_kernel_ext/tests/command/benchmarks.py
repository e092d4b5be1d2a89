# SPDX-License-Identifier: BSD-3-Clause
"""The programs of PyPI's `pyperformance`, fetched into the user's cache and never committed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

from interpreters import cache_folder

if TYPE_CHECKING:
    from pathlib import Path

#: With `pyperf`, which they import; neither has compiled parts.
_PACKAGES = ("pyperformance==1.14.0", "pyperf==2.10.0")


def benchmarks() -> Path:
    """Return the folder in which both packages lie; skips the test if none answers for them."""
    folder = cache_folder() / "-".join(package.replace("==", "-") for package in _PACKAGES)
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as work:
            install = ["install", "-q", "--no-deps", "--target", f"{work}/made", *_PACKAGES]
            done = subprocess.run(  # noqa: S603 - this interpreter's pip
                [sys.executable, "-m", "pip", *install],
                capture_output=True,
                text=True,
                timeout=100,
                check=False,
            )
            if done.returncode:
                last = (done.stderr.strip().splitlines() or ["pip failed"])[-1]
                pytest.skip(f"pyperformance could not be fetched: {last}")
            if not folder.exists():  # another run may have been faster
                shutil.move(f"{work}/made", folder)
    return folder


def program(folder: Path, name: str) -> Path:
    """Return the program of benchmark *name*."""
    return (
        folder / "pyperformance" / "data-files" / "benchmarks" / f"bm_{name}" / "run_benchmark.py"
    )
