# SPDX-License-Identifier: BSD-3-Clause
"""How much of a reading a page holds, so that it stays small.

In: a reading. Out: its marks, more of them or fewer. The colours of what fails go last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.report.stretches import stretches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipyspecialize.records import Findings
    from ipyspecialize.report.stretches import Stretch

#: A page may hold its source this often, and this much besides.
_TIMES, _BESIDES = 3, 100_000
#: Bytes that a mark and a line take at least, besides their text: `listing`.
_MARK, _LINE, _LINK = len("<i class=a></i>"), len("<b id=L1></b>\n"), len("<a href=#L1>1</a>")


class Extent(NamedTuple):
    """How much of a reading is in a page.

    links:    Line numbers are links.
    bare:     What is not painted has marks, too, with its look under "show all".
    green:    Stretches in which everything is specialized are coloured.
    cards:    There are cards, of what has marks.
    colours:  There are colours at all, and ids of lines.
    source:   The source is there.
    """

    links: bool = False
    bare: bool = False
    green: bool = False
    cards: bool = False
    colours: bool = False
    source: bool = True

    @property
    def lacks(self) -> str:
        """Return what a reader misses in the source, in words; empty: nothing."""
        if not self.source:
            return ""
        if not self.colours:
            return "all colours"
        missing = [
            words
            for has, words in (
                (self.cards, "the cards"),
                (self.green, "the colours of code in which everything is specialized"),
                (self.bare, "the marks of code that has no colour"),
            )
            if not has
        ]
        return " and ".join(missing)


NOTHING = Extent(source=False)
_EXTENTS = (
    Extent(links=True, bare=True, green=True, cards=True, colours=True),
    Extent(bare=True, green=True, cards=True, colours=True),
    Extent(green=True, cards=True, colours=True),
    Extent(cards=True, colours=True),
    Extent(colours=True),
    Extent(),
    NOTHING,
)


class Sized(NamedTuple):
    """An extent, and the marks of a source in it."""

    extent: Extent
    marks: list[Stretch]


def allowed(text: str) -> int:
    """Return how many bytes the page of *text* may have."""
    return _TIMES * _size(text) + _BESIDES


def sized(findings: Findings, text: str) -> Iterator[Sized]:
    """Yield what a page of *text* can hold, most first, without what is too large for certain."""
    room = allowed(text) - _size(text)
    lines = text.count("\n")
    marks: list[Stretch] = []
    bare: bool | None = None
    for extent in _EXTENTS:
        if not extent.colours:
            marks = []
        elif bare != extent.bare:
            marks = stretches(findings, text, bare=extent.bare)
        bare = extent.bare
        if not extent.green:
            marks = [mark for mark in marks if not mark.looks.is_green]
        least = lines * (_LINE * extent.colours + _LINK * extent.links) + len(marks) * _MARK
        if least <= room:
            yield Sized(extent, marks)


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
