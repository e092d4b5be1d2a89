# SPDX-License-Identifier: BSD-3-Clause
"""Show that the extension changes nothing: run notebooks with it and without, compare all outputs.

    .venv/bin/python scripts/compare_notebooks.py FOLDER [--ways magic,always-on]

In: a folder of notebooks (`.ipynb`, or `.ipy`: text with `# %%` lines). Out: a table, each
difference as a diff, exit status 1 if there is one. Cells that raise are compared as well.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import difflib
import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from console import StopError, say
from notebook_runs import SUFFIXES, WAYS, read, run, why_not

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from notebook_outputs import Said
    from notebook_runs import Way

AT_ONCE = 2  # kernels
USUAL = ("always-on", "magic", "loaded")


class Comparison(NamedTuple):
    """One notebook in one way beside the run it is compared with.

    cells:        How many code cells ran.
    outputs:      How many outputs were compared, besides each cell's status and count.
    overlays:     How many outputs of ours were left out.
    differences:  Number of the code cell, from 1, and a unified diff, for each that differs.
    """

    cells: int
    outputs: int
    overlays: int
    differences: list[tuple[int, str]]

    def report(self) -> str:
        """Return the differences as text, empty if there are none."""
        return "\n".join(f"code cell {number}\n{diff}" for number, diff in self.differences)


def compare(
    file: Path, ways: Iterable[str] = USUAL, *, kernel: str = "python3", limit: int = 120
) -> dict[str, Comparison]:
    """Return the comparison of *file* for each of *ways*; no more than `AT_ONCE` kernels run."""
    return asyncio.run(_compare(file, tuple(ways), kernel=kernel, limit=limit))


async def _compare(
    file: Path, ways: tuple[str, ...], *, kernel: str, limit: int
) -> dict[str, Comparison]:
    free = asyncio.Semaphore(AT_ONCE)

    async def one(way: Way) -> list[Said]:
        async with free:
            return await run(file, way, kernel=kernel, limit=limit)

    needed = list(dict.fromkeys(itertools.chain.from_iterable(WAYS[name] for name in ways)))
    ran = dict(zip(needed, await asyncio.gather(*map(one, needed)), strict=True))
    return {
        name: compared(ran[plain], ran[way], name) for name in ways for way, plain in [WAYS[name]]
    }


def compared(plain: list[Said], other: list[Said], way: str) -> Comparison:
    """Return what differs between the cells of two runs; the shorter one ended too soon."""
    differences = [
        (number, diff)
        for number, (a, b) in enumerate(itertools.zip_longest(plain, other), 1)
        if (diff := "\n".join(_diff(a, b, way)))
    ]
    return Comparison(
        len(plain),
        sum(said.outputs for said in plain),
        sum(said.ours for said in other),
        differences,
    )


def _diff(plain: Said | None, other: Said | None, way: str) -> Iterator[str]:
    if plain is not None and other is not None and plain.lines == other.lines:
        return
    shown = other or plain
    if shown is not None:
        yield from (f"    | {line}" for line in shown.source.split("\n"))
    yield from difflib.unified_diff(
        plain.lines if plain else ("(the kernel had died)",),
        other.lines if other else ("(the kernel had died)",),
        "plain",
        way,
        lineterm="",
    )


def _files(folder: Path) -> list[Path]:
    """Return the notebooks in *folder* and below, or the one notebook that it is."""
    if folder.is_file():
        return [folder]
    files = sorted(
        file
        for file in folder.rglob("*")
        if file.suffix in SUFFIXES and ".ipynb_checkpoints" not in file.parts
    )
    if not files:
        message = f"There is no notebook ({', '.join(SUFFIXES)}) in {folder}."
        raise StopError(message)
    return files


def _left_out(files: Iterable[Path]) -> collections.Counter[str]:
    """Return how many code cells cannot have the magic on top, by reason."""
    sources = (
        cell.source for file in files for cell in read(file).cells if cell.cell_type == "code"
    )
    return collections.Counter(reason for source in sources if (reason := why_not(source)))


def main(arguments: list[str]) -> int:
    """Compare all notebooks of a folder; return the exit status."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="or one notebook")
    parser.add_argument(
        "--ways",
        default=",".join(USUAL),
        help=f"of {', '.join(WAYS)} (what differs by itself); default: %(default)s",
    )
    parser.add_argument("--kernel", default="python3", help="kernel to use (default: %(default)s)")
    parser.add_argument("--limit", type=int, default=120, help="seconds a cell may take")
    asked = parser.parse_args(arguments)
    ways = asked.ways.split(",")
    if unknown := [way for way in ways if way not in WAYS]:
        parser.error(f"no way is called {unknown[0]!r}; there are {', '.join(WAYS)}")
    try:
        files = _files(asked.folder)
        width = max(len(file.name) for file in files)
        say(_row("notebook", "cells", "outputs", ways, width))
        differing = 0
        for file in files:
            found = compare(file, ways, kernel=asked.kernel, limit=asked.limit)
            any_way = found[ways[0]]
            cells = [f"{len(f.differences)} ({f.overlays})" for f in found.values()]
            say(_row(file.name, str(any_way.cells), str(any_way.outputs), cells, width))
            for way, comparison in found.items():
                differing += len(comparison.differences)
                if comparison.differences:
                    say(f"\n{file}, {way}:\n{comparison.report()}\n")
        if "magic" in ways:
            for reason, count in _left_out(files).items():
                say(f"{count} cells without the magic: {reason}")
        say(f"{differing} cells differ. In brackets: outputs of ours, left out of the comparison.")
    except StopError as stop:
        say(str(stop))
        return 2
    return 1 if differing else 0


def _row(notebook: str, cells: str, outputs: str, ways: Iterable[str], width: int) -> str:
    return f"{notebook:{width}} {cells:>5} {outputs:>7}" + "".join(f" {way:>10}" for way in ways)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
