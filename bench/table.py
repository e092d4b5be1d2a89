# SPDX-License-Identifier: BSD-3-Clause
"""Print the benchmarks as one table: what, how it was measured, the figure, the target.

In: names of benchmarks, by default all. Out: the table. Nothing fails on a figure.
"""

from __future__ import annotations

import argparse
import platform
from typing import TYPE_CHECKING

import cells
import command
import growth
import lab
import loading
import readings
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rows import Row

BENCHMARKS: dict[str, Callable[[], Iterator[Row]]] = {
    "cells": cells.rows,
    "loading": loading.rows,
    "readings": readings.rows,
    "growth": growth.rows,
    "command": command.rows,
    "lab": lab.rows,
}


def main() -> None:
    """Run what was asked for, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    names = parser.parse_args().names or list(BENCHMARKS)
    if unknown := [name for name in names if name not in BENCHMARKS]:
        parser.error(f"no benchmark is called {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    table = Table(title=f"CPython {platform.python_version()}, {platform.machine()}")
    for column in ("what", "how", "figure", "target"):
        table.add_column(column, overflow="fold")
    for name in names:
        for row in BENCHMARKS[name]():
            table.add_row(*row)
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
