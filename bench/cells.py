# SPDX-License-Identifier: BSD-3-Clause
"""What the extension costs a cell: while it runs, when it is shown, when it is only recorded."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from rows import Row, ratio, seconds
from session import Shell

if TYPE_CHECKING:
    from collections.abc import Iterator

PAIRS = 21
NBODY = """
def advance(dt, n, bodies):
    for _ in range(n):
        for i, (p, v, m) in enumerate(bodies):
            for q, w, k in bodies[i + 1:]:
                dx = p[0] - q[0]
                dy = p[1] - q[1]
                dz = p[2] - q[2]
                mag = dt * ((dx * dx + dy * dy + dz * dz) ** -1.5)
                a = k * mag
                b = m * mag
                v[0] -= dx * a
                v[1] -= dy * a
                v[2] -= dz * a
                w[0] += dx * b
                w[1] += dy * b
                w[2] += dz * b
        for p, v, m in bodies:
            p[0] += dt * v[0]
            p[1] += dt * v[1]
            p[2] += dt * v[2]

bodies = [([0.1 * k, 1.0 - k, 0.2 * k], [0.3, 0.1 * k, 0.2], 1.0 + k) for k in range(5)]
advance(0.001, 100_000, bodies)
"""
SMALL = "def f(a, b):\n    return a * b + 1\nfor i in range(60):\n    f(i, 2)\n"


def rows() -> Iterator[Row]:
    """Yield the rows of this module."""
    yield from _nbody()
    yield from _small()
    yield _passive()


def _nbody() -> Iterator[Row]:
    shell = Shell(load=True)
    pairs = []
    shell.run("%%specialize\n" + SMALL)  # first use
    for _ in range(PAIRS):
        shown = seconds(lambda: shell.run("%%specialize" + NBODY), time.process_time)
        plain = seconds(lambda: shell.run("pass" + NBODY), time.process_time)
        pairs.append((shown, plain))
    middle, bound = ratio(pairs)
    base = statistics.median(plain for _, plain in pairs)
    yield Row(
        "nbody under %%specialize",
        f"against plain ({base:.2f} s), {PAIRS} interleaved pairs, CPU time, reading and views "
        "included",
        f"x {middle:.3f}, upper 95 % bound {bound:.3f}",
        "bound ≤ 1.03",
    )


def _small() -> Iterator[Row]:
    shell = Shell(load=True)
    inner = shell.inner
    inner._ipyspecialize._publish = lambda **_: None  # noqa: SLF001 - the wire is not measured
    first = seconds(lambda: inner.run_cell("%%specialize\n" + SMALL, cell_id="first"))
    costs, base = [], []
    for _ in range(400):
        plain = seconds(lambda: inner.run_cell("pass\n" + SMALL, cell_id="plain"))
        shown = seconds(lambda: inner.run_cell("%%specialize\n" + SMALL, cell_id="shown"))
        costs.append(shown - plain)
        base.append(plain)
    method = "5 sites, HTML and text included, publishing left out, above the plain cell"
    yield Row(
        "small warm cell shown",
        f"{method}; median of 400 differences",
        f"{statistics.median(costs) * 1000:.2f} ms on {statistics.median(base) * 1000:.2f} ms",
        "≤ 0.5 ms",
    )
    yield Row("first cell shown", "with the imports of the first use", f"{first * 1000:.0f} ms")


def _passive() -> Row:
    costs = []
    for _ in range(7):
        plain, loaded = (_median_cell(load=load) for load in (False, True))
        costs.append(loaded - plain)
    return Row(
        "recording a plain cell",
        "`x = 1`, extension loaded against not loaded; median of 7 differences of medians of 400",
        f"{statistics.median(costs) * 1e6:.0f} µs on {plain * 1e6:.0f} µs",
        "≤ 30 µs",
    )


def _median_cell(*, load: bool) -> float:
    inner = Shell(load=load).inner
    return statistics.median(
        seconds(lambda: inner.run_cell("x = 1", cell_id="c")) for _ in range(400)
    )
