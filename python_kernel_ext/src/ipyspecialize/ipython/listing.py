# SPDX-License-Identifier: BSD-3-Clause
"""Source files that ran in this kernel, as the output below a cell: their shares and their pages.

In: what a magic was asked for. Out: a MIME bundle. With a folder for pages each file is a link,
seen from the notebook's own folder, so that a remote JupyterLab opens it, too; without one each
opens in place, as long as that does not bloat the notebook. The code is that of live functions:
nothing of ours watches a kernel execute its modules.
"""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from ipyspecialize.ipython.home import HOME
from ipyspecialize.report.files import Look
from ipyspecialize.report.globs import Globs
from ipyspecialize.report.living import codes_by_file
from ipyspecialize.report.outcome import Outcome, Tally, Target
from ipyspecialize.report.roots import name_below
from ipyspecialize.views.text import summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ipyspecialize.describe import Reading
    from ipyspecialize.ipython.directive import Options

#: Bytes of HTML above which files are listed without their text.
MOST = 100_000
_COLD = "nothing in it ran often enough to specialize"
_IDLE = "none of its functions is alive in this kernel: import it, and run the cell again"


class _Row(NamedTuple):
    """One file of the list.

    name:    As seen from the folder where relative globs begin.
    said:    Its share, in words.
    failed:  Sites that failed.
    text:    Its coloured text as HTML; empty: left out, or written as a page.
    """

    name: str
    said: str
    failed: int = 0
    text: str = ""


def bundle_of(options: Options, folder: str, cell: Reading | None) -> dict[str, Any]:
    """Return the list of the files that *options* ask for, as text and as HTML.

    folder:  In which relative globs and paths begin.
    cell:    What is shown of the cell itself: it is the target where there is no glob.
    """
    notes: list[str] = []
    targets: Iterator[Target]
    if options.targets or cell is None:
        globs = Globs(options.targets, folder)
        names = [str(path) for path in globs.files()]
        look = Look(options.palette, options.mode)
        targets = Outcome(names, codes_by_file(names), {}).targets(look)
        if not names:
            notes.append(globs.advice())
    else:
        count = cell.label.execution_count
        names = ["<cell>" if count is None else f"<cell {count}>"]
        targets = iter([Target(names[0], cell)])
    rows: dict[str, _Row] = {}
    pages: dict[str, Path] = {}
    listed = _listed(targets, folder, rows, inline=options.output is None)
    if options.output is not None:
        from ipyspecialize.report.folder import place, write_all  # noqa: PLC0415 - jinja2 is slow

        try:
            where = place(Path(folder, options.output).absolute(), names)
            pages.update(write_all(where, listed, Tally()))
        except OSError as error:
            notes.append(f"not every page could be written: {error}")
    for _ in listed:  # what has not gone by yet
        pass
    if any(row.said not in (_COLD, _IDLE) and not row.text for row in rows.values()) and not pages:
        notes.append("texts that would make this notebook large are left out: -o DIR writes pages")
    shown = sorted(rows, key=lambda name: (-rows[name].failed, rows[name].name))
    return {
        "text/plain": _as_text([rows[name] for name in shown], pages, notes),
        "text/html": _as_html({name: rows[name] for name in shown}, pages, notes),
    }


def _listed(
    targets: Iterator[Target], folder: str, rows: dict[str, _Row], *, inline: bool
) -> Iterator[Target]:
    """Yield *targets*; note a row of each in *rows* as it goes by.

    inline:  Note its text, too, as long as all texts stay below `MOST`.
    """
    left = MOST
    for target in targets:
        yield target
        name, reading = target
        inside = folder and name.startswith(folder.rstrip(os.sep) + os.sep)
        called = name_below(name, folder) if inside else name.strip("<>")
        if reading is None:
            rows[name] = _Row(called, _IDLE)
            continue
        sites = reading.speaking.sites
        said = summary(sites, _COLD)
        failed = sum(site.state == "failed" for site in sites)
        text = ""
        # A fragment stays below twice its source and 4 kB.
        if inline and reading.picture() and 2 * len((reading.text or "").encode()) + 4096 < left:
            text = reading.html() or ""
            left -= len(text.encode())
        rows[name] = _Row(called, said, failed, text)


def _as_text(rows: list[_Row], pages: Mapping[str, Path], notes: list[str]) -> str:
    lines = [f"specialize: {_count(len(rows))}"]
    lines += [f"  {row.name}: {row.said}" for row in rows]
    if pages:
        lines.append(f"  pages: {_entrance(pages)}")
    return "\n".join([*lines, *(f"  note: {note}" for note in notes)])


def _as_html(rows: Mapping[str, _Row], pages: Mapping[str, Path], notes: list[str]) -> str:
    parts = [f"<p>specialize: {_count(len(rows))}</p>"]
    for name, row in rows.items():
        said = f": {escape(row.said)}"
        if name in pages:
            parts.append(f"<p>{_link(pages[name], row.name)}{said}</p>")
        elif row.text:
            head = f"<summary><code>{escape(row.name)}</code>{said}</summary>"
            parts.append(f"<details>{head}{row.text}</details>")
        else:
            parts.append(f"<p><code>{escape(row.name)}</code>{said}</p>")
    if "index" in pages:
        parts.append(f"<p>{_link(pages['index'], 'index of all')}</p>")
    return "".join([*parts, *(f"<p>{escape(note)}</p>" for note in notes)])


def _entrance(pages: Mapping[str, Path]) -> Path:
    return [*pages.values()][-1]


def _count(files: int) -> str:
    return "1 file" if files == 1 else f"{files} files"


def _link(page: Path, words: str) -> str:
    """Return a link to *page* as seen from the notebook; where there is no way, its path."""
    try:
        way = os.path.relpath(page, HOME)
    except ValueError:  # on another drive
        return f"<code>{escape(words)}</code> ({escape(str(page))})"
    address = quote(way.replace(os.sep, "/"))
    return f'<a href="{escape(address)}">{escape(words)}</a>'
