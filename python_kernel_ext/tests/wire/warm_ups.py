# SPDX-License-Identifier: BSD-3-Clause
"""The shared cases of warm-ups: a film made of the states that a case lists, and its wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipyspecialize.payload import build_warm_up
from ipyspecialize.reading import Film
from ipyspecialize.records import Calls, Code, Findings, Label, Site, Span

if TYPE_CHECKING:
    from collections.abc import Mapping


def made(case: Mapping[str, Any]) -> tuple[dict[str, Any], Film]:
    """Return what the writer makes of *case*, and its film."""
    first, *later = (_found(case, states) for states in case["calls"])
    film = Film(first)
    for found in later:
        film.add(found)
    calls = Calls("f", "f(1.5)", 20, film.calls, "ValueError", case["text"])
    return build_warm_up(calls, film, Label("specialize:warm-up", "0123456789abcdef")), film


def _found(case: Mapping[str, Any], states: list[list[Any]]) -> Findings:
    sites = tuple(
        Site("f", 0, 2 * at, "BINARY_OP", form, 0, state, attempts, span=Span(*span))
        for at, ((state, form, attempts), span) in enumerate(
            zip(states, case["spans"], strict=True)
        )
    )
    return Findings("3.12.1", (Code("f", 1),), sites)
