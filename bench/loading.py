# SPDX-License-Identifier: BSD-3-Clause
"""What loading the extension costs a starting kernel, in fresh processes."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

from rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

STARTS = 15
PROGRAM = """
import sys, time
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
began = time.perf_counter()
shell.run_line_magic('load_ext', sys.argv[1])
print(time.perf_counter() - began)
"""


def rows() -> Iterator[Row]:
    """Yield the rows of this module."""
    with tempfile.TemporaryDirectory() as cache:
        ours, peer = (_median_of_starts(name, cache) for name in ("ipyspecialize", "autoreload"))
    yield Row(
        "loading the extension",
        f"median of {STARTS} processes, bytecode cached; IPython's own autoreload beside it",
        f"{ours * 1000:.1f} ms (autoreload {peer * 1000:.1f} ms)",
        "≤ 3 ms",
    )


def _median_of_starts(name: str, cache: str) -> float:
    env = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    times = []
    for _ in range(STARTS + 1):
        done = subprocess.run(  # noqa: S603 - this interpreter, that program
            [sys.executable, "-c", PROGRAM, name],
            env=env,
            capture_output=True,
            text=True,
            check=True,
        )
        times.append(float(done.stdout))
    return statistics.median(times[1:])  # the first one fills the cache
