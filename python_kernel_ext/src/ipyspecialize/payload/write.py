# SPDX-License-Identifier: BSD-3-Clause
"""Findings in, payload version 1 out, small enough to be saved in a notebook."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from ipyspecialize.payload import listing as listings
from ipyspecialize.payload.columns import columns, deltas, joined
from ipyspecialize.reading.reasons import asked_of
from ipyspecialize.records import (
    WEIGHTS,
    Before,
    Findings,
    Label,
    Reason,
    Site,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: Bytes of JSON a payload may take in the saved notebook; what is above that is cut, and said.
LIMIT = 200_000

#: Bytes of JSON up to which a saved payload carries its instructions along.
LISTED = 1_500
#: Bytes of JSON of a payload that was asked for because of its instructions, and is not saved.
MOST_ASKED = 1_500_000

#: Bytes that a site, with its rows in all tables and its reason, a code object, a warning or a
#: function of another cell takes at most, names left out.
_MOST_OF_AN_ENTRY = 1_000

Payload = dict[str, Any]


def build(
    findings: Findings, label: Label, text: str, *, raw: bool = False, most_listed: int = LISTED
) -> Payload:
    """Return *findings* as payload version 1, cut to `LIMIT` where it must be.

    findings:     One row per site; duplicates already reduced to the copy that speaks.
    text:         The raw cell or file the spans lie in.
    raw:          Send each site's first cache word too, for people who work on CPython.
    most_listed:  Bytes of JSON up to which the instructions of the findings are sent along.
    """
    sites = sorted(findings.sites, key=place)
    verdicts, strings = Verdicts(), Strings()
    payload = tables(findings, sites, label, text, raw=raw, verdicts=verdicts, strings=strings)
    if findings.listing:
        listed = {**payload, **_listing(findings, verdicts, strings)}
        if len(_json(listed)) <= most_listed:
            return listed
    whole = len(sites)
    if _most(findings, whole, payload["strings"]) < LIMIT:
        return payload
    size = len(_json(payload))
    while sites and size > LIMIT:
        # Nine tenths of what would fit by proportion: a cut site rarely frees its own strings.
        keep = min(len(sites) - 1, int(len(sites) * LIMIT / size * 0.9))
        sites = sorted(sorted(sites, key=_worth)[:keep], key=place)
        payload = tables(findings, sites, label, text, raw=raw)
        left_out = whole - len(sites)
        payload["cut"] = {
            "sites": left_out,
            "text": f"This cell is too large to be shown whole: {left_out} of {whole} sites are "
            "left out. Split the cell to see them all.",
        }
        size = len(_json(payload))
    return payload


def checksum(text: str) -> dict[str, int]:
    """Return length (UTF-16 units) and CRC-32 of *text*, its line ends turned into LF."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return {"length": len(text), "crc32": zlib.crc32(text.encode())}
    units = text.encode("utf-16-le", "surrogatepass")
    data = units.decode("utf-16-le", "replace").encode()
    return {"length": len(units) // 2, "crc32": zlib.crc32(data)}


def tables(  # noqa: PLR0913 - one for each source of a field
    findings: Findings,
    sites: Sequence[Site],
    label: Label,
    text: str,
    *,
    raw: bool = False,
    verdicts: Verdicts | None = None,
    strings: Strings | None = None,
) -> Payload:
    """Return *sites*, which are those of *findings* or some of them, as payload version 1.

    sites:     Sorted by `place`.
    verdicts:  Rows to begin with, which other sites may have; new ones are added.
    strings:   The same of strings.
    """
    verdicts = Verdicts() if verdicts is None else verdicts
    strings = Strings() if strings is None else strings
    then = findings.before
    spans = _Spans(site.span for site in sites)
    verdict_rows = [verdicts.row(site) for site in sites]
    reasons = asked_of(findings.reasons, verdicts.sites)
    return {
        "version": 1,
        "id": label.id,
        "session": label.session,
        "revision": label.revision,
        "python": findings.python,
        "cell_id": label.cell_id,
        "execution_count": label.execution_count,
        **_given(changed_by=label.changed_by),
        **({} if then is None else {"before": _before(then)}),
        "source": checksum(text),
        "options": _given(mode=label.mode, palette=label.palette),
        "codes": columns(
            name=[strings[code.name] for code in findings.codes],
            line=[code.line for code in findings.codes],
        ),
        "spans": spans.columns(findings.neutral, {} if then is None else then.levels),
        "verdicts": verdicts.columns(strings, reasons),
        "sites": columns(
            span=deltas(None if site.span is None else spans.rows[site.span] for site in sites),
            code=[site.code_index for site in sites],
            offset=[site.offset for site in sites],
            verdict=verdict_rows,
            raw=[site.raw if raw else None for site in sites],
        ),
        "strings": joined(strings),
        "reasons": [reason._asdict() for reason in reasons],
        "elsewhere": [entry._asdict() for entry in findings.elsewhere],
        "warnings": [caution._asdict() for caution in findings.warnings],
        "cut": None,
    }


def _given(**values: int | str | None) -> Payload:
    """Return *values* but for those that are None: absent reads the same and is not saved."""
    return {name: value for name, value in values.items() if value is not None}


def _before(then: Before) -> Payload:
    return {
        "execution_count": then.execution_count,
        "specialized": then.specialized,
        "painted": then.painted,
    }


def _listing(findings: Findings, verdicts: Verdicts, strings: Strings) -> Payload:
    """Return the tables of the instructions of *findings*, and those that they made longer."""
    listed = findings.listing or ()
    places = _Spans(row.span for row in listed)
    instructions = listings.write(listed, strings, verdicts.row, places.rows)
    reasons = asked_of(findings.reasons, verdicts.sites)
    return {
        "places": places.columns(),
        "instructions": instructions,
        "verdicts": verdicts.columns(strings, reasons),
        "reasons": [reason._asdict() for reason in reasons],
        "strings": joined(strings),
    }


class Strings(dict[str, int]):
    """A string table: looking a string up gives it a row."""

    def __missing__(self, key: str) -> int:
        self[key] = row = len(self)
        return row


class _Spans:
    """A table of spans, sorted; `rows` has the row of each."""

    def __init__(self, spans: Iterable[Span | None]) -> None:
        found = {span for span in spans if span is not None}
        ordered = sorted(found, key=lambda span: span.outermost_first)
        self.rows = {span: row for row, span in enumerate(ordered)}

    def columns(
        self, neutral: Mapping[Span, int] | None = None, before: Mapping[Span, int] | None = None
    ) -> dict[str, str]:
        """Return the table's columns; *neutral* and *before* add the columns of that name."""
        return columns(
            line=deltas(span.line for span in self.rows),
            column=[span.column or None for span in self.rows],
            lines=[span.end_line - span.line or None for span in self.rows],
            end=[_end(span) for span in self.rows],
            **({"neutral": [neutral.get(span) or None for span in self.rows]} if neutral else {}),
            **({"before": [before.get(span) for span in self.rows]} if before else {}),
        )


class Verdicts:
    """The table of verdicts: a site that is told the same of has the same row.

    sites:  The first of each row.
    """

    def __init__(self) -> None:
        self._rows: dict[tuple[object, ...], int] = {}
        self.sites: list[Site] = []

    def row(self, site: Site) -> int:
        """Return the row of what is told of *site*, a new one if there is none."""
        row = self._rows.setdefault(site.verdict, len(self._rows))
        if row == len(self.sites):
            self.sites.append(site)
        return row

    def columns(self, strings: Strings, reasons: Iterable[Reason]) -> dict[str, str]:
        """Return the table's columns.

        strings:  Where the names in them are looked up.
        reasons:  The table of reasons.
        """
        rows, reason = self.sites, {each.id: row for row, each in enumerate(reasons)}
        return columns(
            op=[strings[site.opname] for site in rows],
            form=[None if site.form is None else strings[site.form] for site in rows],
            state=[strings[site.state] for site in rows],
            attempts=[site.attempts for site in rows],
            executions=[site.executions for site in rows],
            exact=[1 if site.exact else None for site in rows],
            misses=[site.misses for site in rows],
            next=[site.next for site in rows],
            operator=[None if site.operator is None else strings[site.operator] for site in rows],
            compiled=[1 if site.compiled else None for site in rows],
            reason=[None if site.reason is None else reason.get(site.reason) for site in rows],
        )


def place(site: Site) -> tuple[object, ...]:
    """Key that sorts sites by span, those without one last, then by code object and offset."""
    nowhere = site.span is None
    where = site.span.outermost_first if site.span is not None else ()
    return (nowhere, where, site.code_index, site.offset)


def _worth(site: Site) -> tuple[object, ...]:
    """Key that sorts what must be kept first: painted states, then the beginning of the cell."""
    return (site.state not in WEIGHTS, place(site))


def _end(span: Span) -> int:
    return span.end_column - span.column if span.line == span.end_line else span.end_column


def _most(findings: Findings, sites: int, strings: str) -> int:
    """Return how many bytes a payload with so many *sites* cannot exceed, many more than it has.

    strings:  Of the payload; a character takes six bytes at most, an escape.
    """
    names = sum([len(entry.function) for entry in findings.elsewhere])
    entries = sites + len(findings.codes) + len(findings.elsewhere) + len(findings.warnings)
    return 6 * (len(strings) + names) + _MOST_OF_AN_ENTRY * (entries + 10)


def _json(payload: Payload) -> bytes:
    return json.dumps(payload, ensure_ascii=False).encode("utf-8", "surrogatepass")
