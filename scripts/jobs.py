# SPDX-License-Identifier: BSD-3-Clause
"""Run one suite's tests in several environments.

In: jobs, one an environment. Out: their results in a tally. Of each the last line is shown when
it ends, and all that it printed where it failed.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from console import ROOT, say
from running import run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tally import Tally

KERNEL_HALF = ROOT / "python_kernel_ext"


class Job(NamedTuple):
    """The tests in one environment.

    name:      ``CPython 3.15.2 with JIT``.
    command:   Runs them; it is started in the kernel half's folder.
    programs:  Of its environment.
    extra:     Variables that make it so.
    report:    Where its JUnit XML goes; what it prints and counts lie beside it.
    """

    name: str
    command: list[str]
    programs: Path
    extra: dict[str, str]
    report: Path


def run_jobs(suite: str, jobs: Sequence[Job], tally: Tally, *, at_once: int = 1) -> None:
    """Run *jobs*, at most *at_once* at a time, and count them in *tally* as ``suite: name``."""
    with ThreadPoolExecutor(min(at_once, os.cpu_count() or 1)) as workers:
        statuses = list(workers.map(_run, jobs))
    for job, status in zip(jobs, statuses, strict=True):
        if status:
            say(f"--- {job.name}\n{job.report.with_suffix('.log').read_text(errors='replace')}")
        tally.report(f"{suite}: {job.name}", job.report, status)


def _run(job: Job) -> int:
    log = job.report.with_suffix(".log")
    status = run(job.command, KERNEL_HALF, job.extra, programs=job.programs, output=log)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    say(f"--- {job.name}: {lines[-1] if lines else 'nothing was printed'}")
    return status
