# SPDX-License-Identifier: BSD-3-Clause
"""The plain records every part of the package speaks in, and the closed set of states.

Nothing is imported here but the standard library, and nothing is read: shapes only.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

State = Literal[
    "failed",
    "deoptimized",
    "missing",
    "general",
    "specialized",
    "unsupported",
    "waiting",
    "cold",
    "hidden",
    "unknown",
]

#: Every state, the one that speaks for a span of duplicated sites first.
STATES: tuple[State, ...] = get_args(State)

#: Weight in the gradient, 1 green to 0 red, of the states that are painted.
WEIGHTS: Mapping[State, float] = {
    "failed": 0.0,
    "deoptimized": 0.0,
    "missing": 0.5,
    "general": 0.5,
    "specialized": 1.0,
}


class Span(NamedTuple):
    """A stretch of source.

    line:        First line, from 1, of the raw cell or the whole file.
    column:      UTF-16 code units from 0, in that line.
    end_line:    Last line, from 1; not before `line`.
    end_column:  UTF-16 code units from 0, in the last line; exclusive.
    """

    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def outermost_first(self) -> tuple[int, int, int, int]:
        """Key that sorts spans by start, those that enclose others before them."""
        return self.line, self.column, -self.end_line, -self.end_column


class Code(NamedTuple):
    """One code object.

    name:  Qualified name (``co_qualname``); ``<module>`` for a statement at the top level.
    line:  First line, from 1, of the raw cell or file; None if it is not part of that text.
    """

    name: str
    line: int | None


class Site(NamedTuple):
    """One instruction of an adaptive family, as it was at the moment of reading.

    code:        Qualified name of its code object.
    code_index:  Row of its code object in `Reading.codes`: names need not be unique.
    offset:      Bytes from the start of ``co_code``.
    opname:      Base opcode, that is the family: ``BINARY_OP``.
    form:        Live specialised opcode, ``BINARY_OP_ADD_INT``; None where there is none.
    arg:         Argument of the instruction, extended arguments included.
    operator:    Symbol that the argument stands for, ``+`` or ``not in``; None where it is none.
    state:       One of `STATES`.
    attempts:    Failed attempts since the site last had a form; None if the bytes do not say.
    executions:  How often it ran; None unless that can be proved.
    exact:       True if `attempts` and `executions` are proved, False if they are lower bounds.
    misses:      Guard misses, at least: since the last specialization (they survive modulo 53
                 from 3.12 on), and those that earlier readings saw; None without a form.
    next:        At which further execution it is tried, from 1: at the next; 0: never again in
                 this code object; None where no attempt is due or the bytes do not say.
    compiled:    True inside a JIT trace, where tier 1 no longer counts.
    raw:         First cache word, 0 to 0xFFFF; None for a family without a cache.
    span:        Where it stands in the source; None if it has no place there.
    reason:      Id of one of `Findings.reasons`; None where the state asks for none.
    """

    code: str
    code_index: int
    offset: int
    opname: str
    form: str | None
    arg: int
    state: State
    attempts: int | None = None
    executions: int | None = None
    exact: bool = False
    misses: int | None = None
    next: int | None = None
    compiled: bool = False
    operator: str | None = None
    raw: int | None = None
    span: Span | None = None
    reason: str | None = None

    @property
    def verdict(self) -> tuple[object, ...]:
        """All that is known of it apart from its place: of two sites alike it is equal."""
        return self[3:5] + self[6:14] + self[16:]


class Listed(NamedTuple):
    """One instruction of any kind, as it was at the moment of reading.

    code_index:  Row of its code object in `Reading.codes`.
    offset:      Bytes from the start of ``co_code``.
    base:        Opcode that the compiler wrote.
    live:        Opcode that stands there now, ``INSTRUMENTED_`` ones included.
    arg:         Argument, extended arguments included; None for an opcode that takes none.
    words:       What the argument stands for, cut to a line: a name, a constant, ``to 46``; None
                 where the number is all there is.
    span:        Where it stands in the source; None if it has no place there.
    site:        What is known of it as a site; None: it is neutral, or a part of another site.
    """

    code_index: int
    offset: int
    base: str
    live: str
    arg: int | None
    words: str | None
    span: Span | None
    site: Site | None


class Caution(NamedTuple):
    """Something that limits what the picture can be trusted for.

    id:    Stable name, for programs: ``trace-active``.
    text:  What happened, why, and what to do next, in one or two sentences.
    """

    id: str
    text: str


class Reason(NamedTuple):
    """Why sites of one kind found no form.

    id:    Stable name, for programs: ``BINARY_OP:+``, ``LOAD_ATTR``.
    text:  What the release has forms for, in one sentence.
    fix:   What to write instead, in one sentence; None where nothing is worth it.
    """

    id: str
    text: str
    fix: str | None


class Elsewhere(NamedTuple):
    """A function of another cell that changed while this cell ran.

    cell_id:          Of that other cell.
    execution_count:  Of its run; None where there is none.
    function:         Qualified name.
    sites:            How many of its sites changed, from 1.
    """

    cell_id: str
    execution_count: int | None
    function: str
    sites: int


class Before(NamedTuple):
    """How a cell was when it was shown before, as far as it can be compared.

    execution_count:  Of that run; None where there is none.
    specialized:      Sites that were specialized then.
    painted:          Sites in a painted state then.
    levels:           By span of the text that is shown now: the level, 0 to 8, its counterpart
                      had. A span without one was not there, or not painted.
    """

    execution_count: int | None
    specialized: int
    painted: int
    levels: Mapping[Span, int]


class Findings(NamedTuple):
    """Everything read of a set of code objects at one moment, before it goes on the wire.

    python:    Version of the interpreter that ran the code: ``3.11.7``.
    codes:     Code objects, outermost first, in the order of the text.
    sites:     Sites of all of them, duplicates included, by code object and offset.
    neutral:   Instructions of no family, counted on the smallest site span that holds them.
    warnings:  What limits the picture.
    elsewhere: What else changed while the cell ran, most sites first.
    before:    How the cell was when it was shown before; None: it was not, or
               nothing of it can be compared.
    reasons:   Why sites of each kind here would fail, whether one does or not.
    listing:   Every instruction, by code object and offset; None: not asked for, or too many.
    """

    python: str
    codes: tuple[Code, ...] = ()
    sites: tuple[Site, ...] = ()
    neutral: Mapping[Span, int] = MappingProxyType({})
    warnings: tuple[Caution, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    before: Before | None = None
    reasons: tuple[Reason, ...] = ()
    listing: tuple[Listed, ...] | None = None


class Label(NamedTuple):
    """Whose reading a payload is, and what its reader was asked for.

    id:               ``specialize:<cell id>`` or ``specialize:<random>``.
    session:          16 hex digits, random per kernel start.
    revision:         From 1; grows with each update, compares only within one session.
    cell_id:          As the front end sent it; None where there is none.
    execution_count:  The run that is shown; None where there is none.
    changed_by:       Execution count of the later run that last changed what is shown; None
                      where nothing has changed since, or it is not known what did.
    mode:             ``dark``, ``light``, or None to follow the reader's settings.
    palette:          ``blue``, ``green``, or None to follow the reader's settings.
    """

    id: str
    session: str
    revision: int = 1
    cell_id: str | None = None
    execution_count: int | None = None
    changed_by: int | None = None
    mode: Literal["dark", "light"] | None = None
    palette: Literal["blue", "green"] | None = None


class Calls(NamedTuple):
    """One function, called one call at a time, from cold code.

    function:  Qualified name.
    call:      As it was typed: ``f(1.5)``.
    asked:     Calls that were asked for, from 1.
    made:      Calls that were made, from 1; the last one may have been left by an exception.
    stopped:   Class name of that exception; None: every call came back.
    text:      Its source, lines ending at LF: what the spans lie in.
    """

    function: str
    call: str
    asked: int
    made: int
    stopped: str | None
    text: str
