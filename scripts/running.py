# SPDX-License-Identifier: BSD-3-Clause
"""Run one test runner to its end, and nothing of it longer.

In: a command. Out: its exit status; its output on the terminal or in a file.
"""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

from console import environment, found, say
from prepare import PROGRAMS, PYTHON

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

LONGEST = 20 * 60  # seconds one suite may take before it counts as hung


def run(
    command: Sequence[str],
    folder: Path,
    extra: Mapping[str, str] | None = None,
    *,
    programs: Path = PROGRAMS,
    output: Path | None = None,
) -> int:
    """Run a suite in a process group of its own, so that a hung one ends with all it started.

    output:  Where to put what it prints; None: on the terminal, as it comes.
    """
    told = None if output is None else output.open("wb")
    with subprocess.Popen(
        found(command),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=told,
        stderr=None if told is None else subprocess.STDOUT,
        env=environment(extra or {}, programs=programs),
        start_new_session=True,
    ) as process:
        try:
            return process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            say(f"Stopped after {LONGEST // 60} minutes.")
            return 1
        finally:
            if process.poll() is None:
                _end(process)
            if told is not None:
                told.close()


def pytest(*arguments: str, report: Path, python: Path = PYTHON) -> list[str]:
    """Return the command that runs tests of the kernel half and writes JUnit XML to *report*."""
    # The configuration is named, because pytest looks for one above all of *arguments*.
    named = ["-c", "pyproject.toml"]
    return [str(python), "-m", "pytest", "-q", *named, *arguments, f"--junitxml={report}"]


def _end(process: subprocess.Popen[bytes]) -> None:
    if os.name == "nt":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
