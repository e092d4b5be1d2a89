# SPDX-License-Identifier: BSD-3-Clause
"""The report as pages: written to a folder, named on the terminal, opened in a browser.

In: what ran. Out: files; ``source -> page`` lines on standard output. The temporary folder is not
removed: a browser that was asked to open a page reads it later, and a person even later.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ipyspecialize.report.folder import place, write_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ipyspecialize.command.streams import Streams
    from ipyspecialize.report.outcome import Outcome, Tally, Target


def write_pages(
    outcome: Outcome,
    targets: Iterable[Target],
    tally: Tally,
    output: Path | None,
    streams: Streams,
) -> Path | None:
    """Write the page of each target of which something ran, and an index if there are several.

    output:  Folder of the pages; None: a temporary one.

    Returns the path of the page to begin with; None if there is none. Raises as `write_all`.
    """
    folder = output or Path(tempfile.mkdtemp(prefix="specialize-"))
    where = place(folder, outcome.names, outcome.since)
    written: Path | None = None
    for name, written in write_all(where, targets, tally, outcome.notes()):
        streams.write(f"{name} -> {written}\n")
    return written


def open_page(page: Path, streams: Streams) -> None:
    """Open *page* in a browser, or say how to see it."""
    import webbrowser  # noqa: PLC0415 - takes 5 ms, and not with -o

    opened = False
    with suppress(webbrowser.Error, OSError):
        opened = _has_screen() and webbrowser.open(page.as_uri())
    if not opened:
        streams.note(
            f"no browser is to be had here: open {page} yourself, or choose the folder with "
            "-o DIR and fetch it from there"
        )


def _has_screen() -> bool:
    """Return False where a browser would open in the terminal, or nowhere."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("BROWSER")
    )
