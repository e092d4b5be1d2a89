# SPDX-License-Identifier: BSD-3-Clause
"""What a cell showed before in, how the spans of its next run were then out.

The texts of both runs are aligned, lines first, then words within changed lines. A span of the
new text is comparable with the one whose two ends lie where its own do; one of which nothing is
left has no counterpart. Levels are those of "Painting" in ``payload/PAYLOAD.md``: 0 to 8.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from itertools import accumulate
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.reading.columns import split_lines
from ipyspecialize.records import WEIGHTS, Before, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ipyspecialize.records import Findings, Site

#: Words on either side of changed lines above which they are not aligned.
MOST_WORDS = 1500
_WORD = re.compile(r"\w+|\s|[^\w\s]")


class Shown(NamedTuple):
    """What a reader was last shown of one run, packed: it is kept for each coloured cell.

    levels:  For each painted span its four fields and its level.
    """

    text: str
    execution_count: int | None
    specialized: int
    painted: int
    levels: array[int]


class Changes(NamedTuple):
    """How many painted spans are faster than before, slower, alike, and without a counterpart."""

    gained: int
    lost: int
    unchanged: int
    new: int


def shown(findings: Findings, text: str, execution_count: int | None) -> Shown:
    """Return what is to be kept of *findings* in *text* until the cell runs again."""
    painted = [site.state for site in findings.sites if site.state in WEIGHTS]
    packed = array(
        "i", (n for span, level in levels(findings.sites).items() for n in (*span, level))
    )
    specialized = painted.count("specialized")
    return Shown(text, execution_count, specialized, len(painted), packed)


def levels(sites: Iterable[Site]) -> dict[Span, int]:
    """Return the level of the painted sites of each span that has some."""
    weights: dict[Span, list[float]] = {}
    for site in sites:
        if site.span is not None and site.state in WEIGHTS:
            weights.setdefault(site.span, []).append(WEIGHTS[site.state])
    return {span: floor(8 * sum(each) / len(each) + 0.5) for span, each in weights.items()}


def compare(then: Shown, text: str, spans: Iterable[Span]) -> Before | None:
    """Return how *spans* of *text* were *then*; None if none of them can be compared."""
    fields = zip(*[iter(then.levels)] * 5, strict=True)
    old = {Span._make(four): level for *four, level in fields}
    pairs = zip(old, old, strict=True) if then.text == text else _pairs(old, then.text, spans, text)
    known = set(spans)
    carried = {new: old[was] for was, new in pairs if new in known}
    if not carried:
        return None
    return Before(then.execution_count, then.specialized, then.painted, carried)


def changes(findings: Findings) -> Changes | None:
    """Return what changed since the cell was shown before; None if that is not known."""
    if findings.before is None:
        return None
    then = findings.before.levels
    told = [
        None if span not in then else (level > then[span]) - (level < then[span])
        for span, level in levels(findings.sites).items()
    ]
    return Changes(told.count(1), told.count(-1), told.count(0), told.count(None))


class _Piece(NamedTuple):
    """A stretch of the old text and what stands in its place; offsets in UTF-16 units.

    same:  True if that is the stretch itself.
    kept:  True if it is, and a name or number is in it: operators alone say little.
    """

    start: int
    end: int
    new_start: int
    new_end: int
    same: bool
    kept: bool


class _Lines:
    """A text, its line ends counted as one unit, by offset."""

    def __init__(self, text: str) -> None:
        self.lines = split_lines(text)
        self.starts = [0, *accumulate(_units(line) + 1 for line in self.lines)]

    def ends(self, span: Span) -> tuple[int, int]:
        """Return where *span* begins and ends."""
        return (
            self.starts[span.line - 1] + span.column,
            self.starts[span.end_line - 1] + span.end_column,
        )

    def words(self, first: int, end: int) -> list[str]:
        """Return the words of some lines, line ends among them."""
        return _WORD.findall("\n".join(self.lines[first:end]) + "\n")


def _pairs(
    old: Iterable[Span], old_text: str, new: Iterable[Span], new_text: str
) -> Iterator[tuple[Span, Span]]:
    """Yield each span of the old text with its counterpart, if it has one."""
    was, now = _Lines(old_text), _Lines(new_text)
    pieces = list(_pieces(was, now))
    stops = [piece.end for piece in pieces]
    # Outermost first, as the old ones come: of several that fit, the first free one is taken.
    free = sorted((now.ends(span), span) for span in set(new))
    free.sort(key=lambda item: (item[0][0], -item[0][1]))
    starts = [start for (start, _), _ in free]
    taken: set[Span] = set()
    for span in sorted(old, key=lambda span: span.outermost_first):
        start, end = was.ends(span)
        if _is_gone(pieces, stops, start, end):
            continue
        first, last = _reach(pieces, stops, start)
        shortest, longest = _reach(pieces, stops, end)
        for (_, stop), other in free[bisect_left(starts, first) : bisect_right(starts, last)]:
            if shortest <= stop <= longest and other not in taken:
                taken.add(other)
                yield span, other
                break


def _is_gone(pieces: Sequence[_Piece], stops: Sequence[int], start: int, end: int) -> bool:
    """Return True if nothing between *start* and *end* is left."""
    inside = pieces[bisect_right(stops, start) : bisect_left(stops, end) + 1]
    return not any(piece.kept and piece.start < end for piece in inside)


def _reach(pieces: Sequence[_Piece], stops: Sequence[int], offset: int) -> tuple[int, int]:
    """Return from where to where old *offset* may have moved."""
    found: list[int] = []
    for row in range(bisect_left(stops, offset), len(pieces)):
        piece = pieces[row]
        if piece.start > offset:
            break
        if piece.same:
            found.append(piece.new_start + offset - piece.start)
        else:
            found += [piece.new_start] if offset < piece.end or piece.start == piece.end else []
            found += [piece.new_end] if offset > piece.start or piece.start == piece.end else []
    return (min(found), max(found)) if found else (0, 0)


def _pieces(was: _Lines, now: _Lines) -> Iterator[_Piece]:
    from difflib import SequenceMatcher  # noqa: PLC0415 - few cells are compared: first use

    for kind, first, end, new_first, new_end in SequenceMatcher(
        None, was.lines, now.lines
    ).get_opcodes():
        whole = _Piece(
            was.starts[first],
            was.starts[end],
            now.starts[new_first],
            now.starts[new_end],
            kind == "equal",
            kind == "equal",
        )
        if kind != "replace":
            yield whole
            continue
        words, new_words = was.words(first, end), now.words(new_first, new_end)
        if max(len(words), len(new_words)) > MOST_WORDS:
            yield whole
            continue
        at = [whole.start, *accumulate(map(_units, words), initial=whole.start)][1:]
        new_at = [whole.new_start, *accumulate(map(_units, new_words), initial=whole.new_start)][1:]
        for what, i, j, k, m in SequenceMatcher(
            None, words, new_words, autojunk=False
        ).get_opcodes():
            same = what == "equal"
            kept = same and any(word[0].isalnum() or word[0] == "_" for word in words[i:j])
            yield _Piece(at[i], at[j], new_at[k], new_at[m], same, kept)


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
