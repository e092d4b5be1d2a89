# SPDX-License-Identifier: BSD-3-Clause
"""What reading costs: large texts, and a session full of overlays that did not change."""

from __future__ import annotations

import contextlib
import dis
import importlib
import io
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from rows import Row, best_of, median_of
from session import Shell

from ipyspecialize.describe import describe
from ipyspecialize.reading import Unit, read, rows_for, walk
from ipyspecialize.reading.columns import FileSource
from ipyspecialize.reading.sites import instructions
from ipyspecialize.reading.states import judge
from ipyspecialize.records import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import CodeType, ModuleType

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
#: Among the longest of the standard library, on every supported release.
MODULES = (
    "_pydecimal",
    "argparse",
    "inspect",
    "pickletools",
    "pydoc",
    "tarfile",
    "turtle",
    "typing",
)
BEST_OF = 5

T = TypeVar("T")


class Module(NamedTuple):
    """A module's text as it was compiled now: its functions have not run."""

    path: Path
    text: str
    code: CodeType


def rows() -> Iterator[Row]:
    """Yield the rows of this module."""
    yield from _against_peers()
    yield from _large()
    yield _refresh()


def _against_peers() -> Iterator[Row]:
    modules = list(_modules())
    codes = [code for module in modules for code in walk(module.code)]
    count = sum(len(instructions(code)) for code in codes)
    rules = rows_for(sys.version_info[:2])
    # What was read is dropped at once on all sides: keeping it would measure the collector.
    read_alone = _best(lambda code: list(judge(instructions(code), rules)), codes)
    told = _best(lambda code: list(dis.get_instructions(code, adaptive=True)), codes)
    whole = _best(_placed, modules)
    lines = sum(module.text.count("\n") for module in modules)
    how = f"{', '.join(MODULES)}: {lines:,} lines, {count:,} instructions; CPU time, best of 5"
    yield Row(
        "reading modules, with judging",
        how,
        f"{count / read_alone / 1e6:.2f} M instructions/s",
        "≥ 1 M",
    )
    yield Row(
        "the same against `dis`",
        "`dis.get_instructions(adaptive=True)`, which does not judge",
        f"x {told / read_alone:.1f} as fast",
        "≥ x 3",
    )
    yield Row(
        "with syntax tree, spans and warnings, too",
        "against judging alone",
        f"{count / whole / 1e6:.2f} M instructions/s",
    )
    specialist = _specialist()
    if specialist is None:
        yield Row("against `specialist`", "needs CPython 3.11 to 3.13", "not measured", "≥ x 10")
        return
    for module in modules:
        specialist._code[module.path] = module.code  # noqa: SLF001 - where it keeps what it saw
    analysed = _best(lambda module: list(specialist._source_and_stats(module.path)), modules)  # noqa: SLF001
    yield Row(
        "judging against `specialist`",
        "its analysis of the same modules (spans in chunks of text, without its HTML)",
        f"x {analysed / read_alone:.1f} as fast",
        "≥ x 10",
    )
    yield Row(
        "the whole reading against `specialist`",
        "ours with syntax tree, spans and warnings; its analysis as above",
        f"x {analysed / whole:.1f} as fast",
    )


def _best(act: Callable[[T], object], on: Sequence[T]) -> float:
    """Return the CPU seconds of *act* on each of *on*, the best of several times."""

    def each() -> None:
        for item in on:
            act(item)

    return best_of(each, BEST_OF, time.process_time)


def _modules() -> Iterator[Module]:
    for name in MODULES:
        path = Path(str(importlib.import_module(name).__file__))
        text = path.read_text("utf-8")
        yield Module(path, text, compile(text, str(path), "exec"))


def _placed(module: Module) -> object:
    return read([Unit(module.code, FileSource(module.text))])


def _specialist() -> ModuleType | None:
    """Return the package `specialist`; None where it does not run."""
    with contextlib.suppress(ImportError), contextlib.redirect_stderr(io.StringIO()):
        return importlib.import_module("specialist")
    return None


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
