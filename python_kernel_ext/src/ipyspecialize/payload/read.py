# SPDX-License-Identifier: BSD-3-Clause
"""A saved payload in, the findings and the label it was made from out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from ipyspecialize.payload import listing
from ipyspecialize.payload.columns import parted, rows
from ipyspecialize.records import (
    STATES,
    Before,
    Caution,
    Code,
    Elsewhere,
    Findings,
    Label,
    Reason,
    Site,
    Span,
    State,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


class PayloadError(ValueError):
    """A payload that cannot be read; the message says what is wrong with it and what to do."""


def parse(payload: object) -> tuple[Findings, Label]:
    """Return what *payload* says: its findings and its label.

    Raises `PayloadError` for anything but a whole payload of version 1.
    """
    if not isinstance(payload, dict) or "version" not in payload:
        msg = "This is not a payload: it has no version. Pass the output of a %%specialize cell."
        raise PayloadError(msg)
    if payload["version"] != 1:
        msg = (
            f"This payload is version {payload['version']!r}, and only version 1 can be read: "
            "update ipyspecialize, or run the cell again."
        )
        raise PayloadError(msg)
    try:
        return _findings(payload), _label(payload)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        msg = f"This payload is damaged ({error!r}): run the cell again."
        raise PayloadError(msg) from error


def _findings(payload: Mapping[str, Any]) -> Findings:
    strings = parted(payload["strings"])
    codes = tuple(
        Code(strings[name], line) for name, line in rows(payload["codes"], "name", "line")
    )
    spans, neutral, levels = _spans(payload["spans"])
    before = payload.get("before")
    reasons = tuple(
        Reason(str(entry["id"]), str(entry["text"]), _text(entry["fix"]))
        for entry in payload["reasons"]
    )
    verdicts = [
        {
            "opname": strings[op],
            "form": None if form is None else strings[form],
            "state": _state(strings[state]),
            "attempts": attempts,
            "executions": executions,
            "exact": bool(exact),
            "misses": misses,
            "next": following,
            "compiled": bool(compiled),
            "operator": None if operator is None else strings[operator],
            "reason": None if reason is None else reasons[reason].id,
        }
        for (
            op,
            state,
            form,
            attempts,
            executions,
            exact,
            misses,
            following,
            compiled,
            operator,
            reason,
        ) in rows(
            payload["verdicts"],
            *("op", "state", "form", "attempts", "executions", "exact", "misses", "next"),
            *("compiled", "operator", "reason"),
        )
    ]
    sites: list[Site] = []
    row = 0
    for code, offset, verdict, step, raw in rows(
        payload["sites"], "code", "offset", "verdict", "span", "raw"
    ):
        row += step or 0
        sites.append(
            Site(
                code=codes[code].name,
                code_index=code,
                offset=offset,
                arg=0,
                raw=raw,
                span=None if step is None else spans[row],
                **verdicts[verdict],
            )
        )
    return Findings(
        python=str(payload["python"]),
        codes=codes,
        sites=tuple(sites),
        neutral=neutral,
        warnings=tuple(Caution(str(w["id"]), str(w["text"])) for w in payload["warnings"]),
        elsewhere=tuple(
            Elsewhere(e["cell_id"], e["execution_count"], str(e["function"]), int(e["sites"]))
            for e in payload["elsewhere"]
        ),
        before=None
        if before is None
        else Before(
            before["execution_count"], int(before["specialized"]), int(before["painted"]), levels
        ),
        reasons=reasons,
        listing=listing.read(payload["instructions"], codes, strings, verdicts, places)
        if (places := _places(payload)) is not None
        else None,
    )


def _places(payload: Mapping[str, Any]) -> list[Span] | None:
    """Return the places of the listing; None where there is no listing."""
    return _spans(payload["places"])[0] if "instructions" in payload else None


def _spans(table: Mapping[str, str]) -> tuple[list[Span], dict[Span, int], dict[Span, int]]:
    """Return the spans, and by span the neutral instructions and the level it had before."""
    spans: list[Span] = []
    neutral: dict[Span, int] = {}
    levels: dict[Span, int] = {}
    line = 0
    for end, step, column, lines, count, level in rows(
        table, "end", "line", "column", "lines", "neutral", "before"
    ):
        line += step
        first = column or 0
        span = Span(line, first, line + (lines or 0), end if lines else first + end)
        spans.append(span)
        if count:
            neutral[span] = count
        if level is not None:
            levels[span] = level
    return spans, neutral, levels


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _state(name: str) -> State:
    return name if _is_state(name) else "unknown"


def _is_state(name: str) -> TypeGuard[State]:
    return name in STATES


def _label(payload: Mapping[str, Any]) -> Label:
    return Label(
        id=str(payload["id"]),
        session=str(payload["session"]),
        revision=int(payload["revision"]),
        cell_id=payload["cell_id"],
        execution_count=payload["execution_count"],
        changed_by=payload.get("changed_by"),
        mode=payload["options"].get("mode"),
        palette=payload["options"].get("palette"),
    )
