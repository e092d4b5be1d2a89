# SPDX-License-Identifier: BSD-3-Clause
"""Live code objects in, findings out: what the adaptive interpreter left in their bytes.

Pure: nothing is run, changed, opened or kept. `read` names every step.
"""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.cpython.counters import COUNTERS
from ipyspecialize.cpython.families import FACTS
from ipyspecialize.reading.cautions import cautions
from ipyspecialize.reading.codes import codes_of, fingerprint, walk
from ipyspecialize.reading.history import History
from ipyspecialize.reading.narrowing import Narrower, wide_constructs
from ipyspecialize.reading.sites import instructions
from ipyspecialize.reading.spans import count_neutral, span_of, speakers
from ipyspecialize.reading.states import judge, neutral
from ipyspecialize.reading.verdicts import Rows
from ipyspecialize.records import Code, Findings, Site, Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType

    from ipyspecialize.reading.columns import Source
    from ipyspecialize.reading.narrowing import Wide
    from ipyspecialize.reading.sites import Position

__all__ = [
    "History",
    "Unit",
    "codes_of",
    "count_changed",
    "fingerprint",
    "read",
    "rows_for",
    "speakers",
    "walk",
]


class Unit(NamedTuple):
    """A top-level code object and the text it was compiled from.

    source:  None where the text is not to be had: its sites have no spans then.
    alien:   Positions of instructions that are not of that text, and are left out.
    """

    code: CodeType
    source: Source | None
    alien: frozenset[Position] = frozenset()


def read(
    units: Sequence[Unit],
    *,
    nested: bool = True,
    version: tuple[int, int] | None = None,
    history: History | None = None,
) -> Findings:
    """Return what is known of *units* at this moment.

    nested:   Read the code objects inside, too.
    version:  Whose rows judge; by default those of the running interpreter.
    history:  Of earlier readings of the same code objects; this one is added to it.
    """
    rows = rows_for(version or sys.version_info[:2])
    sources = {id(unit.source): unit.source for unit in units if unit.source is not None}
    wide = {key: wide_constructs(source.tree) for key, source in sources.items()}
    codes: list[Code] = []
    sites: list[Site] = []
    bare: list[Span] = []
    seen: dict[int, CodeType] = {}
    for unit in units:
        for code in walk(unit.code) if nested else [unit.code]:
            if id(code) in seen:
                continue
            seen[id(code)] = code
            found, between = _read_code(code, unit, wide.get(id(unit.source)), rows, history)
            sites += [s._replace(code_index=len(codes)) for s in found]
            bare += between
            codes.append(Code(code.co_qualname, _first_line(code, unit.source)))
    return Findings(
        python=platform.python_version(),
        codes=tuple(codes),
        sites=tuple(sites),
        neutral=count_neutral(bare, [s.span for s in sites if s.span is not None]),
        warnings=tuple(cautions(seen.values(), sites, known=rows is not None)),
    )


def rows_for(version: tuple[int, ...]) -> Rows | None:
    """Return the rows that judge *version* ((3, 11)); None if none were checked on it."""
    key = (version[0], version[1])
    if key not in COUNTERS or sys.implementation.name != "cpython":
        return None
    return Rows(COUNTERS[key], FACTS[key])


def count_changed(code: CodeType, before: bytes) -> int:
    """Return how many sites of *code* changed since its live bytes were *before*."""
    then, now = (instructions(code, live) for live in (before, None))
    return sum(
        is_now.family and (was.live, was.words) != (is_now.live, is_now.words)
        for was, is_now in zip(then, now, strict=True)
    )


def _read_code(
    code: CodeType,
    unit: Unit,
    wide: Wide | None,
    rows: Rows | None,
    history: History | None,
) -> tuple[list[Site], list[Span]]:
    """Return the sites of one code object and the spans of its neutral instructions."""
    source = unit.source
    listed = [at for at in instructions(code) if at.position not in unit.alien]
    narrower = Narrower(wide, source.text) if source is not None and wide is not None else None
    sites: list[Site] = []
    for judged in judge(listed, rows):
        verdict = judged if history is None else history.revise(code, judged)
        at = verdict.at
        span = None
        if narrower is not None and source is not None:
            span = span_of(narrower.narrow(at), source)
        sites.append(
            Site(
                code=code.co_qualname,
                code_index=0,
                offset=at.offset,
                opname=at.base,
                form=verdict.form,
                arg=at.arg,
                state=verdict.state,
                attempts=verdict.attempts,
                executions=verdict.executions,
                exact=verdict.exact,
                misses=verdict.misses,
                raw=at.words[0] if at.words else None,
                span=span,
            )
        )
    if narrower is None or source is None:
        return sites, []
    places = (span_of(narrower.narrow(at), source) for at in neutral(listed))
    return sites, [place for place in places if place is not None]


def _first_line(code: CodeType, source: Source | None) -> int | None:
    point = source.point(code.co_firstlineno, 0) if source is not None else None
    return None if point is None else point[0]
