# SPDX-License-Identifier: BSD-3-Clause
"""The reader on every release of CPython that is to be had, and what it was held against.

In: nothing. Out: the tests' results in a tally, and a table of releases, each with the sites
that were compared with the truth and those that differed. Beside the machine's interpreters there
are patch releases in WebAssembly.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import webassembly
from console import StopError, output, say
from environments import VERSIONS, make, releases
from jobs import KERNEL_HALF, Job, run_jobs
from prepare import PROGRAMS, PYTHON
from running import pytest, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tally import Tally

#: The tests that need no IPython.
CORE = ("tests/reading", "tests/views", "tests/wire")
#: Those of them that depend on the release, and need no package with compiled parts.
PURE = ("tests/reading",)


def run_versions(tally: Tally, report: Path) -> None:
    """Run the core's tests on every release, two at a time, and print the table."""
    jobs = [*_native_jobs(report), *_webassembly_jobs(report, tally)]
    for version in VERSIONS:
        name = f"CPython {version[0]}.{version[1]}"
        if not any(job.name.startswith(f"{name}.") for job in jobs if job.programs != PROGRAMS):
            tally.skips.append(
                f"versions: {name}: no such interpreter on the path, in pyenv or among Debian's "
                "packages (SPECIALIZE_PYTHONS names one)"
            )
    run_jobs("versions", [_counting(job) for job in jobs], tally, at_once=2)
    _print_table(jobs)


def regenerate_goldens() -> int:
    """Write what the tests' cases print on every release anew; return the number that failed."""
    tests = ["tests/reading/test_goldens.py", "-p", "no:cacheprovider"]
    failed = 0
    for environment in releases():
        if (programs := make(environment, "core-test")) is not None:
            say(f"--- {environment.name}")
            command = [str(programs / PYTHON.name), "-m", "pytest", "-q", *tests]
            extra = {"SPECIALIZE_REGENERATE": "1", "PYTHON_JIT": "0"}
            failed += run(command, KERNEL_HALF, extra, programs=programs) != 0
    return failed


def _native_jobs(report: Path) -> Iterator[Job]:
    number = 0
    for environment in releases():
        programs = make(environment, "core-test")
        if programs is None:
            continue
        modes = {environment.name: {"PYTHON_JIT": "0"}}
        if _has_jit(programs):
            modes[f"{environment.name} with JIT"] = {"PYTHON_JIT": "1"}
        for name, extra in modes.items():
            number += 1
            file = report.with_stem(f"{report.stem}-{number}")
            python = programs / PYTHON.name
            command = pytest(*CORE, "-p", "no:cacheprovider", report=file, python=python)
            yield Job(name, command, programs, extra, file)


def _webassembly_jobs(report: Path, tally: Tally) -> Iterator[Job]:
    try:
        folder = webassembly.make()
    except StopError as stop:
        releases_ = ", ".join(webassembly.RELEASES)
        tally.skips.append(f"versions: CPython {releases_} in WebAssembly: {stop}")
        return
    for python in webassembly.RELEASES:
        file = report.with_stem(f"{report.stem}-{python}")
        command = webassembly.pytest(folder, python, *PURE, "-p", "no:cacheprovider", report=file)
        yield Job(f"CPython {python} in WebAssembly", command, PROGRAMS, {}, file)


def _has_jit(programs: Path) -> bool:
    ask = "import sys; print(getattr(sys, '_jit', None) is not None and sys._jit.is_available())"
    return output([str(programs / PYTHON.name), "-c", ask]) == "True"


def _counting(job: Job) -> Job:
    """Return *job* as one that writes down how many sites it compared."""
    told = str(job.report.with_suffix(".json"))
    return job._replace(extra={**job.extra, "SPECIALIZE_SITES": told})


def _print_table(jobs: list[Job]) -> None:
    say(f"\n{'release':30}{'sites checked':>15}{'differences':>13}")
    for job in jobs:
        told = job.report.with_suffix(".json")
        if told.is_file():
            found = json.loads(told.read_text(encoding="utf-8"))
            say(f"{job.name:30}{found['sites']:>15,}{found['differences']:>13,}")
        else:
            say(f"{job.name:30}{'not run':>15}")
