# SPDX-License-Identifier: BSD-3-Clause
"""Live code objects in, findings out: what the adaptive interpreter left in their bytes.

Pure: nothing is run, changed or opened. `read` names every step.
"""

from __future__ import annotations

import platform
import sys
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from ipyspecialize.cpython.arguments import PACKINGS
from ipyspecialize.cpython.counters import COUNTERS
from ipyspecialize.cpython.families import FACTS
from ipyspecialize.reading.cautions import cautions, other_text
from ipyspecialize.reading.codes import codes_of, cold_copy, fingerprint, walk
from ipyspecialize.reading.film import Film
from ipyspecialize.reading.fitting import Candidate
from ipyspecialize.reading.history import History
from ipyspecialize.reading.listing import Listing
from ipyspecialize.reading.narrowing import Narrower, wide_constructs
from ipyspecialize.reading.reasons import of_written, reason_of, reasons_of
from ipyspecialize.reading.sites import instructions
from ipyspecialize.reading.spans import count_neutral, span_at, span_of, speakers
from ipyspecialize.reading.states import judge, neutral
from ipyspecialize.reading.traces import jit_is_on, weaken
from ipyspecialize.reading.verdicts import Rows, Verdict, operator_of
from ipyspecialize.records import Code, Findings, Site, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import CodeType

    from ipyspecialize.reading.columns import Source
    from ipyspecialize.reading.narrowing import Wide
    from ipyspecialize.reading.sites import Instruction, Position

__all__ = [
    "Film",
    "History",
    "Unit",
    "codes_of",
    "cold_copy",
    "count_changed",
    "fingerprint",
    "nearest_rows",
    "read",
    "rows_for",
    "speakers",
    "walk",
]


class _Known(NamedTuple):
    """What does not change of a text, and is kept as long as that: a cell is read again and again.

    wide:   What must be narrowed in it.
    spans:  Of positions that were asked for.
    """

    wide: Wide
    spans: dict[Position, Span | None]


_known: WeakKeyDictionary[Source, _Known] = WeakKeyDictionary()


class Unit(NamedTuple):
    """A top-level code object and the text it was compiled from.

    source:  None where the text is not to be had: its sites have no spans then.
    alien:   Positions of instructions that are not of that text, and are left out.
    doubted: True if it may be another text: a code object that it does not fit has no spans.
    """

    code: CodeType
    source: Source | None
    alien: frozenset[Position] = frozenset()
    doubted: bool = False


def read(
    units: Sequence[Unit],
    *,
    nested: bool = True,
    assume: tuple[int, int] | None = None,
    history: History | None = None,
    most_listed: int = -1,
) -> Findings:
    """Return what is known of *units* at this moment.

    nested:       Read the code objects inside, too.
    assume:       Version whose rows judge; by default those of the running interpreter.
    history:      Of earlier readings of the same code objects; this one is added to it.
    most_listed:  List the instructions, too, if there are no more than this; by default never.
    """
    rows = rows_for(sys.version_info[:2]) if assume is None else nearest_rows(assume)
    listing = Listing(most_listed, PACKINGS.get(sys.version_info[:2]))
    sources = {id(unit.source): unit.source for unit in units if unit.source is not None}
    doubted = {id(unit.source) for unit in units if unit.doubted}
    candidates: dict[int, Candidate] = {}
    for key, source in sources.items():
        if key in doubted or source not in _known:
            tree = source.tree
            _known[source] = _Known(wide_constructs(tree, source.text), {})
            candidates[key] = Candidate(source.text, tree)
    codes: list[Code] = []
    sites: list[Site] = []
    bare: list[Span] = []
    strangers: list[str] = []
    seen: dict[int, CodeType] = {}
    for unit in units:
        for code in walk(unit.code) if nested else [unit.code]:
            if id(code) in seen:
                continue
            seen[id(code)] = code
            listed = instructions(code)
            if unit.alien:
                listed = [at for at in listed if at.position not in unit.alien]
            verdicts = weaken(listed, judge(listed, rows), rows)
            if history is not None:
                verdicts = (history.revise(code, verdict) for verdict in verdicts)
            place = _placer(unit.source, listed)
            name, index = code.co_qualname, len(codes)
            placed = [(verdict, place(verdict.at)) for verdict in verdicts]
            if unit.doubted and not _fits(code, placed, candidates.get(id(unit.source))):
                strangers.append(name)
                placed = [(verdict, None) for verdict, _ in placed]
                place = _nowhere
            else:
                bare += filter(None, map(place, neutral(listed, rows)))
            own = [_site(name, index, verdict, span, rows) for verdict, span in placed]
            own = of_written(own, listed)
            sites += own
            listing.add(code, listed, own, place)
            codes.append(Code(name, _first_line(code, unit.source)))
    return Findings(
        python=platform.python_version(),
        codes=tuple(codes),
        sites=tuple(sites),
        neutral=count_neutral(bare, [s.span for s in sites if s.span is not None]),
        warnings=(
            *cautions(seen.values(), sites, rows, assumed=assume is not None),
            *other_text(strangers),
        ),
        reasons=() if rows is None else reasons_of(sites, rows.release),
        listing=listing.rows(),
    )


def rows_for(version: tuple[int, ...]) -> Rows | None:
    """Return the rows that judge *version* ((3, 11)); None if none were checked on it."""
    key = (version[0], version[1])
    if key not in COUNTERS or sys.implementation.name != "cpython":
        return None
    return Rows(key, COUNTERS[key], FACTS[key], jit_is_on())


def nearest_rows(version: tuple[int, int]) -> Rows:
    """Return the rows of *version*, or of the newest before it.

    Raises `ValueError` for a version before the oldest row.
    """
    known = [key for key in COUNTERS if key <= version[:2]]
    if not known:
        oldest = ".".join(map(str, min(COUNTERS)))
        msg = (
            f"there are no rules for CPython {version}: the oldest that can be assumed is {oldest}"
        )
        raise ValueError(msg)
    newest = max(known)
    return Rows(newest, COUNTERS[newest], FACTS[newest], jit_is_on())


def count_changed(code: CodeType, before: bytes) -> int:
    """Return how many sites of *code* changed since its live bytes were *before*."""
    then, now = (instructions(code, live) for live in (before, None))
    return sum(
        is_now.family and (was.live, was.words) != (is_now.live, is_now.words)
        for was, is_now in zip(then, now, strict=True)
    )


#: From the tuple of its fields: calling the class takes three times as long, and there are many.
_new_site: Callable[[tuple[object, ...]], Site] = partial(tuple.__new__, Site)


def _fits(
    code: CodeType, placed: Sequence[tuple[Verdict, Span | None]], candidate: Candidate | None
) -> bool:
    """Return False if *candidate* cannot be the text that *code* was compiled from."""
    return candidate is None or candidate.fits(
        code, ((verdict.at, span) for verdict, span in placed)
    )


def _placer(
    source: Source | None, listed: Sequence[Instruction]
) -> Callable[[Instruction], Span | None]:
    """Return what places the instructions of one code object, asked in their order."""
    if source is None or not listed:
        return _nowhere
    wide, spans = _known[source]
    narrower, by_unit = Narrower(wide), listed[0].places.by_unit

    def place(at: Instruction) -> Span | None:
        position = by_unit[at.offset // 2]
        if at.base in wide and (part := narrower.part(at.base, position)) is not None:
            return span_of(part, source)
        try:
            return spans[position]
        except KeyError:
            spans[position] = span = span_at(position, source)
            return span

    return place


def _nowhere(_: Instruction) -> None:
    """Place nothing: there is no text, or another one."""


def _site(name: str, index: int, verdict: Verdict, span: Span | None, rows: Rows | None) -> Site:
    """Return the site of *verdict* in code object *index*."""
    at, state, form, attempts, executions, exact, misses, following, compiled = verdict
    operator = operator_of(at, None if rows is None else rows.facts)
    raw = at.words[0] if at.words else None
    reason = None if rows is None else reason_of(state, at.base, operator, rows.release)
    return _new_site(
        (
            *(name, index, at.offset, at.base, form, at.arg, state, attempts, executions, exact),
            *(misses, following, compiled, operator, raw, span, reason),
        )
    )


def _first_line(code: CodeType, source: Source | None) -> int | None:
    point = source.point(code.co_firstlineno, 0) if source is not None else None
    return None if point is None else point[0]
