# SPDX-License-Identifier: BSD-3-Clause
"""The lines of a source as markup: numbered, each with an id of its own, marks in them.

In: lines, marks, and the classes of their looks. Out: blocks of lines, everything escaped. A
browser lays out the blocks that are in view alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import markupsafe

from ipyspecialize.views.marks import marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ipyspecialize.report.stretches import Looks, Stretch

#: Lines of one block; the style sheet knows this number, too.
_BLOCK = 50


class Block(NamedTuple):
    """Some lines that follow each other.

    before:  How many lines come before it.
    markup:  Each line in an element with an id, ``L1``, ``L2``, ..., that ends in a line end.
    """

    before: int
    markup: markupsafe.Markup


def listing(
    lines: Sequence[str],
    stretches: Iterable[Stretch],
    classes: Mapping[Looks, str],
    *,
    linked: bool,
) -> list[Block]:
    """Return *lines* in blocks.

    linked:  Write each line's number as a link to it; else the style sheet counts.
    """
    marks: dict[int, list[tuple[int, int, str]]] = {}
    for at, column, end_column, looks in stretches:
        marks.setdefault(at, []).append((column, end_column, classes[looks]))
    blocks: list[Block] = []
    for before in range(0, len(lines), _BLOCK):
        parts: list[str] = []
        for number, line in enumerate(lines[before : before + _BLOCK], before + 1):
            link = f"<a href=#L{number}>{number}</a>" if linked else ""
            parts.append(f"<b id=L{number}>{link}{marked(line, marks.get(number, ()))}\n</b>")
        blocks.append(Block(before, markupsafe.Markup("".join(parts))))  # noqa: S704 - escaped
    return blocks
