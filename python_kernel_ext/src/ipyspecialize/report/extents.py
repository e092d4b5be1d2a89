# SPDX-License-Identifier: BSD-3-Clause
"""How much of a reading a page holds, so that it stays small.

In: a reading's text and spans. Out: what the page says of them, as much as fits by its counts, and
less and less. The colours of what fails go last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.report.cards import cards
from ipyspecialize.report.stretches import stretches
from ipyspecialize.views.blend import by_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipyspecialize.records import Findings
    from ipyspecialize.report.stretches import Stretch

#: A page may hold its source this often, and this much besides.
_TIMES, _BESIDES = 3, 100_000
#: Bytes of a mark, a line and its link, besides their text and number: `listing`.
_MARK, _LINE, _LINK = len("<i class=a></i>"), len("<b id=L></b>"), len("<a href=#L></a>")
#: Bytes that the data of a card takes, and more marks than spans have one.
_CARD = len(",10,20,")


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


#: What a page holds in any case.
NOTHING = Extent(source=False)
_EXTENTS = (
    Extent(links=True, bare=True, green=True, cards=True, colours=True),
    Extent(bare=True, green=True, cards=True, colours=True),
    Extent(green=True, cards=True, colours=True),
    Extent(cards=True, colours=True),
    Extent(colours=True),
    Extent(),
)


class Sized(NamedTuple):
    """An extent, and what is in it.

    marks:  Of the source.
    cards:  As from `cards`; empty: there are none.
    """

    extent: Extent
    marks: list[Stretch]
    cards: str = ""


def allowed(text: str) -> int:
    """Return how many bytes the page of *text* may have."""
    return _TIMES * _size(text) + _BESIDES


def sized(findings: Findings, text: str, shell: int) -> Iterator[Sized]:
    """Yield what a page of *text* can hold, most first, without what is too large by its counts.

    shell:  Bytes that the page has at least besides its source and cards.
    """
    answered = by_span(findings.sites)
    whole = stretches(answered, findings.neutral, text)
    most, source = allowed(text), _size(text) + _escapes(text)
    lines = text.count("\n") + 1
    digits = sum(lines - 10**power + 1 for power in range(len(str(lines))))
    said = ""
    for extent in _EXTENTS:
        marks = _within(extent, whole)
        least = shell + source + len(marks) * _MARK
        least += (_LINE * lines + digits) * extent.colours
        least += (_LINK * lines + 2 * digits) * extent.links
        if least + _CARD * min(len(marks), len(answered)) * extent.cards > most:
            continue
        if extent.cards and (not said or not extent.green):
            said = cards(answered, findings, marks)
        if least + _size(said) * extent.cards <= most:
            yield Sized(extent, marks, said if extent.cards else "")


def _within(extent: Extent, marks: list[Stretch]) -> list[Stretch]:
    """Return those of *marks* that belong to *extent*."""
    if extent.bare:
        return marks
    if extent.green:
        return [mark for mark in marks if mark.looks.usual is not None]
    return [mark for mark in marks if not mark.looks.is_green] if extent.colours else []


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def _escapes(text: str) -> int:
    """Return how many bytes *text* has more as markup."""
    return 4 * text.count("&") + 3 * text.count("<") + 3 * text.count(">")
