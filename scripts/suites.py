# SPDX-License-Identifier: BSD-3-Clause
"""Run the suites one after the other and end with one line of counts.

In: names of suites. Out: their output, then `N passed, N failed, N skipped`. A linter counts as
one check; a test runner writes JUnit XML, and its cases are counted.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from browser import find_browser
from console import ROOT, found, say
from environments import KERNELS, SERVERS, make
from jobs import KERNEL_HALF, Job, run_jobs
from prepare import PROGRAMS, PYTHON, UI_TESTS, version_of
from running import pytest, run
from serve import free_port
from tally import Tally
from versions import CORE, run_versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


def run_suites(names: Sequence[str]) -> int:
    """Run the suites *names*; return the exit status."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="specialize-reports-") as folder:
        for name in names:
            say(f"\n=== {name}: {_WORDS[name]}")
            began = time.monotonic()
            SUITES[name](tally, Path(folder) / f"{name}.xml")
            say(f"=== {name}: {time.monotonic() - began:.0f} s")
    return tally.close()


def run_bench(names: Sequence[str]) -> int:
    """Print the table of the benchmarks *names*, by default of all; return the exit status."""
    return run([str(PYTHON), "table.py", *names], ROOT / "bench")


def make_lessons(names: Sequence[str]) -> int:
    """Make the teaching notebooks *names*, by default all, from their sources."""
    return run([str(PYTHON), "lessons.py", *names], ROOT / "scripts")


def _lint(tally: Tally, _report: Path) -> None:
    sources = ["python_kernel_ext", "scripts", "bench", "jupyterlab_specialize", "ui-tests"]
    for name, folder, command in (
        ("ruff", ROOT, [_tool("ruff"), "check", "--quiet", *sources]),
        ("ruff format", ROOT, [_tool("ruff"), "format", "--check", "--quiet", *sources]),
        ("mypy", KERNEL_HALF, [_tool("mypy")]),
        ("mypy of the scripts", ROOT, [_tool("mypy")]),
        ("import-linter", KERNEL_HALF, [_tool("lint-imports")]),
        ("tsc", ROOT, ["npx", "tsc", "--noEmit"]),
        ("tsc of the tests", ROOT, ["npx", "tsc", "--project", "tests"]),
        ("tsc of the browser tests", ROOT, ["npx", "tsc", "--project", "ui-tests"]),
        ("eslint", ROOT, ["npx", "eslint", "--max-warnings=0", "."]),
        ("prettier", ROOT, ["npx", "prettier", "--check", "--log-level=warn", "."]),
        ("stylelint", ROOT, ["npx", "stylelint", "--max-warnings=0", "style/**/*.css"]),
        ("dependency-cruiser", ROOT, ["npx", "depcruise", "src", "--output-type=err"]),
    ):
        done = subprocess.run(
            found(command),
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        say(f"{'FAILED' if done.returncode else 'ok':6} {name}")
        if done.returncode:
            say(done.stdout)
        tally.check(f"lint: {name}", ok=done.returncode == 0)


def _vitest(tally: Tally, report: Path) -> None:
    command = [
        "npx",
        "vitest",
        "run",
        "--reporter=default",
        "--reporter=junit",
        f"--outputFile.junit={report}",
    ]
    tally.report("vitest", report, run(command, ROOT))


def _unit(tally: Tally, report: Path) -> None:
    names = ("kernel", "notebooks", "packaging", "reading/test_stdlib.py")
    programs = ("command/test_benchmarks.py", "command/test_pages.py")  # `python` has them
    slow = [f"--ignore=tests/{name}" for name in (*names, *programs)]
    tally.report(
        "unit", report, run(pytest("tests", "../scripts", *slow, report=report), KERNEL_HALF)
    )


def _python(tally: Tally, report: Path) -> None:
    elsewhere = [f"--ignore={name}" for name in ("tests/packaging", *CORE)]
    command = pytest("tests", "../scripts", *elsewhere, report=report)
    tally.report("python", report, run(command, KERNEL_HALF))


def _kernels(tally: Tally, report: Path) -> None:
    # One at a time: kernels that start at once may choose the same free ports.
    run_jobs("kernels", list(_kernel_jobs(tally, report)), tally)


def _kernel_jobs(tally: Tally, report: Path) -> Iterator[Job]:
    # The first of .venv's own version is what the suite `python` runs.
    own = next((kernel for kernel in KERNELS if kernel.python == version_of(PYTHON)), None)
    others = [kernel for kernel in KERNELS if kernel is not own]
    commanded = set() if own is None else {own.python}
    for index, kernel in enumerate(others):
        programs = make(kernel, "kernel-test")
        if programs is None:
            tally.skips.append(
                f"kernels: {kernel.name}: no such interpreter on the path or in pyenv "
                "(SPECIALIZE_PYTHONS names one)"
            )
            continue
        file = report.with_stem(f"{report.stem}-{index}")
        without = ["tests/packaging", *CORE]
        if kernel.python in commanded:
            without.append("tests/command")  # it asks for a CPython, and for no IPython
        commanded.add(kernel.python)
        if kernel not in (others[0], others[-1]):
            without.append("tests/notebooks/test_unharmed.py")  # the oldest and the newest do it
        elsewhere = [f"--ignore={name}" for name in without]
        tests = ["tests", *elsewhere, "-p", "no:cacheprovider"]
        command = pytest(*tests, report=file, python=programs / PYTHON.name)
        yield Job(kernel.name, command, programs, {}, file)


def _packaging(tally: Tally, report: Path) -> None:
    tally.report("packaging", report, run(pytest("tests/packaging", report=report), KERNEL_HALF))


def _ui(tally: Tally, report: Path) -> None:
    # The lesson is seen on the oldest version, that of .venv, on one in between and the newest.
    shared = report.parent / "jupyter"
    names: dict[str, str] = {}
    for kernel in (kernel for kernel in KERNELS if kernel.python in ((3, 13), (3, 15))):
        programs = make(kernel, "kernel-test")
        if programs is None:
            tally.skips.append(f"ui: the lesson on {kernel.name}: no such interpreter")
        else:
            version = kernel.name.split(",")[0].removeprefix("CPython ")
            names[version] = _write_kernelspec(shared, version, programs)
    extra = {"JUPYTER_PATH": str(shared), "SPECIALIZE_KERNELS": json.dumps(names)}
    tally.report("ui", report, playwright("full", report, PROGRAMS, **extra))


def _pages(tally: Tally, report: Path) -> None:
    # The first kernel of each version will do: the newest IPython has what the command needs.
    names: dict[str, str] = {}
    for kernel in KERNELS:
        version = kernel.name.split(",")[0].removeprefix("CPython ")
        if version in names:
            continue
        own = kernel.python == version_of(PYTHON)
        programs = PROGRAMS if own else make(kernel, "kernel-test")
        if programs is None:
            tally.skips.append(f"pages: CPython {version}: no such interpreter")
        else:
            names[version] = str(programs / PYTHON.name)
    extra = {"SPECIALIZE_APP": "none", "SPECIALIZE_PYTHON_OF": json.dumps(names)}
    tally.report("pages", report, playwright("pages", report, PROGRAMS, **extra))


def _write_kernelspec(shared: Path, version: str, programs: Path) -> str:
    """Describe the kernel of *programs* to Jupyter below *shared*; return its name."""
    name = f"python{version}"
    folder = shared / "kernels" / name
    folder.mkdir(parents=True, exist_ok=True)
    python = str(programs / PYTHON.name)
    spec = {
        "argv": [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": f"Python {version}",
        "language": "python",
    }
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    return name


def _smoke(tally: Tally, report: Path) -> None:
    for index, (name, (app, server)) in enumerate(SERVERS.items()):
        programs = PROGRAMS if server is None else make(server)
        if programs is None:  # it takes the interpreter that runs this
            tally.check(f"smoke: {name}", ok=False)
            continue
        say(f"--- {name}")
        file = report.with_stem(f"{report.stem}-{index}")
        status = playwright("smoke", file, programs, SPECIALIZE_APP=app)
        tally.report(f"smoke: {name}", file, status)


def playwright(project: str, report: Path, programs: Path, **variables: str) -> int:
    """Run one project of the browser tests against the server of *programs*."""
    extra = {
        "CHROMIUM_PATH": find_browser(UI_TESTS),
        "PLAYWRIGHT_JUNIT_OUTPUT_NAME": str(report),
        "SPECIALIZE_BIN": str(programs),
        "SPECIALIZE_PORT": str(free_port()),
        **variables,
    }
    command = ["npx", "playwright", "test", f"--project={project}"]
    return run(command, UI_TESTS, extra, programs=programs)


def _tool(name: str) -> str:
    return str(PROGRAMS / name)


SUITES: dict[str, Callable[[Tally, Path], None]] = {
    "lint": _lint,
    "vitest": _vitest,
    "unit": _unit,
    "versions": run_versions,
    "python": _python,
    "kernels": _kernels,
    "packaging": _packaging,
    "pages": _pages,
    "ui": _ui,
    "smoke": _smoke,
}
ALL = (
    "lint",
    "vitest",
    "versions",
    "python",
    "kernels",
    "packaging",
    "pages",
    "ui",
    "smoke",
)  # what fails soonest comes first
QUICK = ("lint", "vitest", "unit")
_WORDS = {
    "lint": "style, types and layers of both halves",
    "vitest": "the Lab half without a browser",
    "unit": "the kernel half without a kernel",
    "versions": "the reader on every supported release of CPython, JIT off and on",
    "python": "the kernel half in real kernels",
    "kernels": "the kernel half on other versions of CPython, IPython and ipykernel",
    "packaging": "both wheels from a bare tree in an empty environment",
    "pages": "pages of the command in a real browser, on each version of CPython",
    "ui": "a real JupyterLab in a real browser",
    "smoke": "older and newer JupyterLab and Notebook in a real browser",
}
