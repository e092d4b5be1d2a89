# SPDX-License-Identifier: BSD-3-Clause
"""What reading costs: one large text, and a session full of overlays that did not change."""

from __future__ import annotations

import dis
from typing import TYPE_CHECKING

from rows import Row, median_of
from session import Shell

from ipyspecialize.describe import describe
from ipyspecialize.reading import Unit, walk
from ipyspecialize.reading.columns import FileSource
from ipyspecialize.reading.sites import instructions
from ipyspecialize.records import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

FUNCTIONS = 600
FUNCTION = """def f{n}(a, b):
    c = a.x + b.x * 2
    if c > {n}:
        c -= len(b.y)
    return c
"""
TAIL = """class P:
    def __init__(self):
        self.x, self.y = 3, "yy"
p = P()
for f in [v for k, v in list(globals().items()) if k[0] == "f" and callable(v)]:
    for i in range(12):
        f(p, p)
"""
OVERLAYS, CODES = 200, 50


def rows() -> Iterator[Row]:
    """Yield the rows of this module."""
    yield from _large()
    yield _refresh()


def _large() -> Iterator[Row]:
    text = "".join(FUNCTION.format(n=n) for n in range(FUNCTIONS)) + TAIL
    code = compile(text, "<large>", "exec")
    exec(code, {})  # noqa: S102 - to warm it up
    source, label = FileSource(text), Label("specialize:bench", "0" * 16)
    reading = describe([Unit(code, source)], text, label)
    codes = list(walk(code))
    walked = median_of(lambda: [instructions(c) for c in codes], 9)
    read = median_of(lambda: describe([Unit(code, source)], text, label), 9)
    show = median_of(lambda: describe([Unit(code, source)], text, label).bundle(), 9) - read
    peer = median_of(lambda: [list(dis.get_instructions(c, adaptive=True)) for c in codes], 5)
    lines = text.count("\n")
    size = f"{lines:,} lines, {len(reading.sites):,} sites"
    yield Row(
        "walking the bytecode of a large text",
        f"{size}; against `dis.get_instructions(adaptive=True)`",
        f"{walked * 1000:.0f} ms, dis x {peer / walked:.1f}",
    )
    yield Row("reading it", "states, syntax tree, spans, too; median of 9", f"{read * 1000:.0f} ms")
    yield Row("its payload, HTML and text", "the same reading", f"{show * 1000:.0f} ms")


def _refresh() -> Row:
    shell = Shell(load=True)
    extension = shell.inner._ipyspecialize  # noqa: SLF001 - one step of it is measured
    functions = "".join(f"def g{n}(a, b):\n    return a + b * {n}\n" for n in range(CODES))
    for cell in range(OVERLAYS):
        shell.run(f"%%specialize\n{functions}for i in range(9): g0(i, i)\n", f"cell-{cell}")
    cost = median_of(lambda: extension._refresh(None, None), 51)  # noqa: SLF001
    return Row(
        "looking after coloured cells",
        f"{OVERLAYS} overlays x {CODES} code objects, nothing changed; median of 51",
        f"{cost * 1000:.1f} ms",
        "≤ 5 ms",
    )
