# SPDX-License-Identifier: BSD-3-Clause
"""What the command costs, against plain Python and against the package `specialist`.

CPU time of whole processes, user and system, in one run; on POSIX. The interpreters are those of
the suites that `specialist` knows; a release that this machine does not have has no rows.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from rows import Row, ratio

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "python_kernel_ext" / "src"
sys.path.append(str(ROOT / "scripts"))

from environments import Environment, make  # noqa: E402 - lies in scripts/

_T = TypeVar("_T")
VERSIONS = ((3, 11), (3, 12), (3, 13))
PEER = "specialist==0.7.0"
RUNS, PAIRS = 7, 15
SMALL, LARGE = 2, 120
#: Arithmetic, subscripts and loops: three sites a line, more than most code has.
KERNEL = """\
def advance{n}(dt, n, bodies):
    for _ in range(n):
        for i, (p, v, m) in enumerate(bodies):
            for q, w, k in bodies[i + 1:]:
                dx = p[0] - q[0]
                dy = p[1] - q[1]
                mag = dt * ((dx * dx + dy * dy) ** -1.5)
                v[0] -= dx * k * mag
                v[1] -= dy * k * mag
                w[0] += dx * m * mag
                w[1] += dy * m * mag
        for p, v, m in bodies:
            p[0] += dt * v[0]
            p[1] += dt * v[1]

advance{n}(0.001, {times}, [([0.1 * k, 1.0 - k], [0.3, 0.1 * k], 1.0 + k) for k in range(5)])
"""
#: Runs a large module and a small one, both copies: one pays for the other in neither command.
DECIMALS = """\
import copy_pydecimal, copytypes
for i in range(99): str((copy_pydecimal.Decimal(i) / 7).sqrt() ** 2)
"""
LINES = KERNEL.count("\n")
OURS = ("-m", "ipyspecialize", "-o", "ours")
THEIRS = ("-m", "specialist", "-o", "theirs")
IMPORTS = (
    "argparse, ast, asyncio, calendar, cmd, configparser, csv, datetime, decimal, difflib, "
    "doctest, email.message, fractions, html.parser, http.client, inspect, json, logging, "
    "optparse, pdb, pickle, pprint, random, shlex, statistics, subprocess, tarfile, tempfile, "
    "textwrap, tokenize, typing, unittest, urllib.request, xml.dom.minidom, zipfile"
)
#: Runs its arguments, passes on what they write, and adds the peak of their memory.
PEAK = """\
import resource, subprocess, sys
subprocess.run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""


class Peer(NamedTuple):
    """One interpreter with both commands in it.

    python:  Its path.
    folder:  Where programs lie and pages go.
    """

    python: str
    folder: Path

    def write(self, name: str, text: str) -> None:
        """Write program *name*."""
        (self.folder / f"{name}.py").write_text(text, "utf-8")

    def run(self, *words: str, peak: bool = False) -> subprocess.CompletedProcess[str]:
        """Run ``python *words``.

        peak:  Let it end standard error with the kilobytes that it held at most.
        """
        program = [*((sys.executable, "-c", PEAK) if peak else ()), self.python, *words]
        return subprocess.run(  # noqa: S603 - what is measured
            program,
            cwd=self.folder,
            # The first run writes the bytecode that the others read.
            env={
                **os.environ,
                "PYTHONPYCACHEPREFIX": str(self.folder),
                "PYTHONDONTWRITEBYTECODE": "",
                "PYTHONPATH": str(SOURCE),
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def seconds(self, *words: str) -> float:
        """Return the CPU seconds of ``python *words``, user and system."""
        import resource  # noqa: PLC0415 - POSIX

        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.run(*words)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    def medians(self, commands: Mapping[_T, Sequence[str]]) -> dict[_T, float]:
        """Return the median CPU seconds of each of *commands*, run in turn."""
        taken: dict[_T, list[float]] = {name: [] for name in commands}
        for _ in range(RUNS + 1):
            for name, words in commands.items():
                taken[name].append(self.seconds(*words))
        return {name: statistics.median(times[1:]) for name, times in taken.items()}


def rows() -> Iterator[Row]:
    """Yield the rows of this module."""
    for version in VERSIONS:
        name = ".".join(map(str, version))
        packages = (PEER, "jinja2>=3.1", "rich>=13")
        programs = make(Environment(f"CPython {name} and specialist", version, packages))
        if programs is None:
            yield Row(f"the command on {name}", "no such interpreter", "-")
            continue
        with tempfile.TemporaryDirectory() as folder:
            peer = Peer(str(programs / "python"), Path(folder))
            yield from _rows(name, peer)


def _rows(name: str, peer: Peer) -> Iterator[Row]:
    yield from _costs(name, peer)
    yield _typical(name, peer)
    yield _program(name, peer)
    yield _library(name, peer)


def _costs(name: str, peer: Peer) -> Iterator[Row]:
    peer.write("first", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    for size, count in (("small", SMALL), ("large", LARGE)):
        peer.write(size, "".join(KERNEL.format(n=n, times=20) for n in range(count)))
    kinds = {"plain": (), "ours": OURS, "specialist": THEIRS}
    programs = ("first", "small", "large")
    cost = {
        program: peer.medians({kind: [*words, f"{program}.py"] for kind, words in kinds.items()})
        for program in programs
    }
    above = {
        program: {kind: cost[program][kind] - cost[program]["plain"] for kind in kinds}
        for program in programs
    }
    for program, what in (
        ("first", "start-up, to the program's first line"),
        ("small", f"the whole, page of {SMALL * LINES} lines included"),
    ):
        ours, theirs = (above[program][kind] * 1000 for kind in ("ours", "specialist"))
        yield Row(
            f"specialize on {name}: {what}",
            f"above plain Python, median of {RUNS} processes",
            f"{ours:.0f} ms (specialist {theirs:.0f} ms)",
            "≤ specialist",
        )
    lines = (LARGE - SMALL) * LINES / 1000
    ours, theirs = (
        1000 * (above["large"][kind] - above["small"][kind]) / lines
        for kind in ("ours", "specialist")
    )
    yield Row(
        f"specialize on {name}: analysis and page of 1,000 lines",
        f"slope from {SMALL * LINES} to {LARGE * LINES} numeric lines, three sites each",
        f"{ours:.0f} ms (specialist {theirs:.0f} ms, x {ours / theirs:.2f})",
        "≤ x 0.25",
    )


def _typical(name: str, peer: Peer) -> Row:
    """Return the cost of a module of the library: one site in three lines, comments, docstrings."""
    peer.write("decimals", DECIMALS)
    lines, sources = {}, {}
    for module in ("types", "_pydecimal"):
        ask = f"import {module}; print(open({module}.__file__, encoding='utf-8').read())"
        sources[module] = peer.run("-c", ask).stdout
        lines[module] = sources[module].count("\n")
        # Theirs takes relative globs alone.
        peer.write(f"copy{module}", sources[module])
    commands = {
        (kind, module): [*words, "-t", f"copy{module}.py", "decimals.py"]
        for kind, words in (("ours", OURS), ("specialist", THEIRS))
        for module in sources
    }
    cost = peer.medians(commands)
    thousands = (lines["_pydecimal"] - lines["types"]) / 1000
    ours, theirs = (
        1000 * (cost[kind, "_pydecimal"] - cost[kind, "types"]) / thousands
        for kind in ("ours", "specialist")
    )
    return Row(
        f"specialize on {name}: analysis and page of 1,000 lines of the library",
        f"slope from {lines['types']} to {lines['_pydecimal']} lines, types and _pydecimal",
        f"{ours:.0f} ms (specialist {theirs:.0f} ms, x {ours / theirs:.2f})",
        "≤ x 0.25",
    )


def _program(name: str, peer: Peer) -> Row:
    timed = "import time\nbegan = time.process_time()\n{}print(time.process_time() - began)\n"
    peer.write("nbody", timed.format(KERNEL.format(n=0, times=60_000)))
    pairs = []
    for _ in range(PAIRS):
        ours, plain = (
            float(peer.run(*words, "nbody.py").stdout.split()[0]) for words in (OURS, ())
        )
        pairs.append((ours, plain))
    middle, bound = ratio(pairs)
    return Row(
        f"specialize on {name}: the program itself",
        f"numeric loop, {PAIRS} interleaved pairs, CPU time measured inside",
        f"x {middle:.3f}, upper 95 % bound {bound:.3f}",
        "bound ≤ 1.03",
    )


def _library(name: str, peer: Peer) -> Row:
    ask = "import os; print(os.path.dirname(os.__file__))"
    library = Path(peer.run("-c", ask).stdout.strip())
    folders = [entry for entry in library.iterdir() if entry.is_dir()]
    kept = [entry for entry in folders if entry.name not in ("site-packages", "test", "idlelib")]
    globs = [f"{library}/*.py", *(f"{entry}/**/*.py" for entry in kept)]
    peer.write("imports", f"import {IMPORTS}\n")
    peaks, counts = [], []
    for patterns in ([f"{library}/argparse.py"], globs):
        words = [word for pattern in patterns for word in ("-t", pattern)]
        done = peer.run(*OURS, *words, "imports.py", peak=True)
        peaks.append(int(done.stderr.split()[-1]) / 1024)
        counts.append(done.stdout.count(" -> "))
    return Row(
        f"specialize on {name}: the standard library as target",
        f"{counts[1]} pages against {counts[0]}, of one program; peak memory (Linux)",
        f"{peaks[1]:.0f} MB against {peaks[0]:.0f} MB",
        "flat",
    )
