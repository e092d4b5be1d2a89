# SPDX-License-Identifier: BSD-3-Clause
"""Patch releases of CPython that no machine has at hand, compiled to WebAssembly by Pyodide.

In: nothing. Out: a command that runs pytest in such a CPython on Node. The packages of npm lie
in the user's cache folder, and beside them the tools of the tests that are pure Python.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from console import ROOT, step
from interpreters import cache_folder
from prepare import PYTHON, requirements
from stamps import Stamp, digest_of

if TYPE_CHECKING:
    from pathlib import Path

#: The release of CPython and the release of Pyodide that holds it, oldest first.
RELEASES = {"3.11.3": "0.24.1", "3.12.7": "0.27.7", "3.13.2": "0.28.3", "3.14.2": "314.0.0"}

_MEND = "remove {} and run the command again"


def make() -> Path:
    """Return the folder of all `RELEASES`; `StopError` if npm or pip cannot fetch them."""
    tools = requirements(["pure-test"])
    digest = digest_of([], json.dumps(RELEASES), *tools)
    folder = cache_folder() / "webassembly" / digest[:12]
    stamp = Stamp(folder / ".specialize-made", digest)
    if not stamp.is_fresh():
        mend = _MEND.format(folder)
        folder.mkdir(parents=True, exist_ok=True)
        packages = [f"{_package(python)}@npm:pyodide@{RELEASES[python]}" for python in RELEASES]
        step(
            f"Fetching CPython {', '.join(RELEASES)} in WebAssembly (kept for later runs)",
            ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), *packages],
            mend=mend,
        )
        pure = ["--platform", "any", "--implementation", "py", "--abi", "none"]
        where = ["--only-binary=:all:", "--target", str(folder / "site"), "--upgrade"]
        step(
            "Installing the tools of its tests",
            [str(PYTHON), "-m", "pip", "install", "-q", *pure, *where, *tools],
            mend=mend,
        )
        stamp.write()
    return folder


def pytest(folder: Path, python: str, *arguments: str, report: Path) -> list[str]:
    """Return the command that runs tests of the kernel half in *folder*'s CPython *python*.

    It stands in the kernel half, writes JUnit XML to *report*, and knows ``SPECIALIZE_SITES``.
    """
    shown = {
        "/half": ROOT / "python_kernel_ext",
        "/site": folder / "site",
        str(report.parent): report.parent,
    }
    return [
        "node",
        str(ROOT / "scripts" / "webassembly.mjs"),
        str(folder / "node_modules" / _package(python)),
        *(f"{at}={where}" for at, where in shown.items()),
        "--",
        "-q",
        "-c",
        "/half/pyproject.toml",
        "--capture=sys",  # it has no file descriptors to replace
        "-o",
        "timeout=0",  # nor signals or threads to stop a test with
        *arguments,
        f"--junitxml={report}",
    ]


def _package(python: str) -> str:
    return f"cpython-{python}"
