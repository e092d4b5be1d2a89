# SPDX-License-Identifier: BSD-3-Clause
"""A reading as a table of every site, for `print`: one line a site, totals by opcode, reasons.

In: findings and, where it is known, the text they lie in. Out: plain text, at most 100 columns
wide but for long names.
"""

from __future__ import annotations

from collections import Counter
from textwrap import wrap
from typing import TYPE_CHECKING

from ipyspecialize.reading.fitting import Text
from ipyspecialize.reading.reasons import asked_of
from ipyspecialize.records import STATES
from ipyspecialize.views.text import notes, nothing, summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ipyspecialize.records import Findings, Site

_NOTHING = "nothing ran often enough to specialize: call it ten times or more, then look again"
_WIDEST = 30
_WIDTH = 100
_HEADS = ("line", "source", "opcode", "state", "counts")


def table(findings: Findings, text: str | None) -> str:
    """Return the summary, the notes, each function's sites in the order of the code, and totals.

    At the end: why sites failed, and what to write instead, each reason once.
    """
    share = summary(findings.sites, nothing(findings, _NOTHING))
    lines = [f"specialize: {share} (CPython {findings.python})"]
    lines += [f"note: {note}" for note in notes(findings)]
    source = None if text is None else Text(text)
    rows = [_row(site, source) for site in findings.sites]
    widths = [max(map(len, column), default=0) for column in zip(_HEADS, *rows, strict=True)]
    by_code: dict[int, list[int]] = {}
    for number, site in enumerate(findings.sites):
        by_code.setdefault(site.code_index, []).append(number)
    for index, numbers in by_code.items():
        code = findings.codes[index]
        where = "" if code.line is None else f", line {code.line}"
        lines += ["", f"{code.name}{where}", f"  {_aligned(_HEADS, widths)}"]
        lines += [f"  {_aligned(rows[number], widths)}" for number in numbers]
    if findings.sites:
        lines += ["", *_totals(findings.sites)]
    for reason in asked_of(findings.reasons, findings.sites):
        lines += ["", *wrap(f"{reason.text} {reason.fix or ''}", _WIDTH)]
    return "\n".join(lines)


def _row(site: Site, source: Text | None) -> tuple[str, ...]:
    span = site.span
    line = "" if span is None else f"{span.line}:{span.column}"
    piece = "" if span is None or source is None else _short(source.on(span))
    opcode = site.opname if site.form is None else site.form
    return line, piece, opcode, site.state, ", ".join(_counts(site))


def _short(piece: str) -> str:
    joined = " ".join(piece.split())
    return joined if len(joined) <= _WIDEST else f"{joined[: _WIDEST - 3]}..."


def _counts(site: Site) -> Iterator[str]:
    """Yield what is known in numbers, "at least" where it is a lower bound."""
    least = "" if site.exact else "at least "
    if site.attempts:
        yield f"tried {least}{_times(site.attempts)}"
    if site.executions:
        yield f"ran {least}{_times(site.executions)}"
    if site.misses:
        yield f"missed at least {_times(site.misses)}"
    if site.compiled:
        yield "compiled by the JIT"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _totals(sites: Sequence[Site]) -> Iterator[str]:
    """Yield a table of states by opcode, the most frequent opcode first."""
    by_opcode: dict[str, Counter[str]] = {}
    for site in sites:
        by_opcode.setdefault(site.opname, Counter())[site.state] += 1
    used = [state for state in STATES if any(counts[state] for counts in by_opcode.values())]
    rows = [("opcode", "sites", *used)]
    for opcode, counts in sorted(by_opcode.items(), key=lambda item: (-item[1].total(), item[0])):
        rows.append((opcode, str(counts.total()), *(str(counts[s] or "") for s in used)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for opcode, *numbers in rows:
        cells = [number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True)]
        yield "  ".join([opcode.ljust(widths[0]), *cells]).rstrip()


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()
