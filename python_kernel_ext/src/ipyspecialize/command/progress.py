# SPDX-License-Identifier: BSD-3-Clause
"""How far the analysis is, where it takes long and somebody sees it.

In: targets, one after the other. Out: the same, with a bar on the terminal's standard error.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipyspecialize.command.streams import Streams
    from ipyspecialize.report.outcome import Target

#: Targets from which a bar is shown: fewer are done before it could be read.
_MANY = 10


@contextmanager
def followed(targets: Iterator[Target], total: int, streams: Streams) -> Iterator[Iterator[Target]]:
    """Give *targets*, *total* of them, and show how many have been asked for."""
    if total < _MANY or not streams.is_shown:
        yield targets
        return
    # Half as slow to import as all the rest: only where it is seen.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415
    from rich.table import Column  # noqa: PLC0415

    with streams.drawn_on() as file:
        console = Console(file=file, force_terminal=True)
        columns = (
            TextColumn("reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn(
                "{task.description}", markup=False, table_column=Column(max_width=24, no_wrap=True)
            ),
        )
        with Progress(*columns, console=console, transient=True) as progress:
            task = progress.add_task("", total=total)

            def counted() -> Iterator[Target]:
                for target in targets:
                    yield target
                    progress.update(task, advance=1, description=os.path.basename(target.name))  # noqa: PTH119

            yield counted()
