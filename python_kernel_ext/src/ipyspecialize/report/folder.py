# SPDX-License-Identifier: BSD-3-Clause
"""Pages of several files in one folder, mirrored below their common root, with an index.

In: names and readings, one after the other. Out: files; what is there and was not made by us is
never overwritten.
"""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from ipyspecialize.report.page import GENERATOR, Frame, index, page
from ipyspecialize.report.roots import common_root, name_below
from ipyspecialize.report.rows import row_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ipyspecialize.describe import Reading
    from ipyspecialize.report.outcome import Tally, Target
    from ipyspecialize.report.rows import Row

_INDEX = "index.html"
#: A mark of ours stands in the first bytes of each page.
_HEAD = 500
#: Targets without a file that go by another name.
_UNNAMED = {"<string>": "command"}


class OccupiedError(OSError):
    """A file that we did not make lies where a page should go."""


class Place(NamedTuple):
    """Where the pages of some targets go.

    folder:  Of all of them.
    root:    Folder that all targets lie in, as from `common_root`.
    many:    True if there is an index.
    since:   Seconds of `time.time`: a page that another process wrote later is not replaced by one
             without colours.
    """

    folder: Path
    root: str
    many: bool
    since: float = math.inf

    def page(self, name: str) -> str:
        """Return the path of the page of target *name*, seen from the folder."""
        title = self.title(name)
        # A script that is called so; some file systems do not tell `Index.html` from `index.html`.
        if self.many and f"{title}.html".lower() == _INDEX:
            title += ".source"
        return f"{title}.html"

    def title(self, name: str) -> str:
        """Return *name* as it is said below the root."""
        if name.startswith("<"):
            return _UNNAMED.get(name) or name.strip("<>").replace(" ", "-")
        return name_below(name, self.root)

    def write_page(self, name: str, reading: Reading) -> tuple[Path, Row] | None:
        """Write the page of one target; return its path and its row in the index.

        None: another process wrote one meanwhile, and this one has no colours.
        """
        address, title = self.page(name), self.title(name)
        # A name may hold what parts an address, or bytes that are no UTF-8.
        path, row = self.folder / address, row_of(reading, title, quote(os.fsencode(address)))
        if row.percent is None and path.exists() and path.stat().st_mtime > self.since:
            return None
        up = "../" * title.count("/")
        _write(path, page(reading, Frame(title, f"{up}{_INDEX}" if self.many else "")))
        return path, row

    def write_index(
        self, rows: Sequence[Row], idle: Sequence[str], reading: Reading, notes: Sequence[str]
    ) -> Path:
        """Write the index; return its path."""
        path = self.folder / _INDEX
        _write(path, index(rows, [self.title(name) for name in idle], reading, notes))
        return path


def place(folder: Path, names: Sequence[str], since: float = math.inf) -> Place:
    """Return where the pages of targets *names* go below *folder*; *since* as in `Place`."""
    files = [name for name in names if not name.startswith("<")]
    return Place(folder, common_root(files), len(names) > 1, since)


def write_all(
    where: Place, targets: Iterable[Target], tally: Tally, notes: Sequence[str] = ()
) -> Iterator[tuple[str, Path]]:
    """Write the page of each of *targets* of which something ran, and an index if they are many.

    notes:  Said in the index.

    Yields the name of each target with the path of its page as soon as that is written, last
    ``index``. Raises `OSError` if the folder cannot be written to, and, after all other pages,
    `OccupiedError` if a file of somebody else's lies where one belongs.
    """
    rows: list[Row] = []
    occupied: list[OccupiedError] = []
    last: Reading | None = None
    for target in targets:
        tally.add(target)
        if target.reading is None:
            continue
        try:
            made = where.write_page(target.name, target.reading)
        except OccupiedError as error:
            occupied.append(error)
            continue
        if made is None:
            tally.left.append(target.name)
            continue
        path, row = made
        yield target.name, path
        rows.append(row)
        last = target.reading
    if where.many and last is not None and not tally.left:
        try:
            yield "index", where.write_index(rows, tally.never_ran, last, notes)
        except OccupiedError as error:
            occupied.append(error)
    if occupied:
        raise occupied[0]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        with path.open("r", encoding="utf-8", errors="replace") as file:
            if f'content="{GENERATOR}"' not in file.read(_HEAD):
                why = "is not a page of specialize's, so it was left as it is"
                msg = f"{path} {why}: name another folder"
                raise OccupiedError(msg)
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    beside.write_text(text, "utf-8", "backslashreplace")
    beside.replace(path)
