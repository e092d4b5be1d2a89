# SPDX-License-Identifier: BSD-3-Clause
"""Findings after each of many calls: kept once, kept whole, and kept small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from ipyspecialize.reading import Film, film
from ipyspecialize.records import Caution, Findings, Site

if TYPE_CHECKING:
    import pytest

    from ipyspecialize.records import State

states = st.sampled_from(["waiting", "failed", "specialized"])
moments = st.lists(st.tuples(states, states, st.integers(0, 3)), min_size=1, max_size=12)


def found(
    *rows: State, attempts: int | None = None, warnings: tuple[Caution, ...] = ()
) -> Findings:
    """Return findings with a site in each of these states."""
    sites = tuple(
        Site("f", 0, 2 * at, "BINARY_OP", None, 0, state, attempts) for at, state in enumerate(rows)
    )
    return Findings("3.12.1", sites=sites, warnings=warnings)


def filmed(each: list[Findings]) -> Film:
    """Return the film of these findings, one a call."""
    made = Film(each[0])
    for later in each[1:]:
        made.add(later)
    return made


@given(moments)
def test_what_was_found_after_a_call_comes_back(listed: list[tuple[State, State, int]]) -> None:
    each = [found(a, b, attempts=count) for a, b, count in listed]

    made = filmed(each)

    assert each == [made.after(call) for call in range(1, len(each) + 1)]


def test_a_call_that_changed_nothing_takes_no_room() -> None:
    made = filmed([found("waiting"), found("waiting")])
    made.add(None)

    assert (3, 3, []) == (made.calls, made.kept, made.changes)


def test_the_picture_turns_where_something_is_painted_another_way() -> None:
    each = [("cold", 0), ("waiting", 0), ("failed", 1), ("failed", 2), ("specialized", 0)]

    made = filmed([found(state, attempts=count) for state, count in each])

    assert [1, 3, 5] == made.turns()


def test_above_the_cap_counts_are_given_up_before_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film, "MOST_CHANGES", 5)
    each = [found("failed", "waiting", attempts=count) for count in range(6)]

    made = filmed([*each, found("specialized", "failed", attempts=9)])

    assert (True, 7, 7, [7, 7]) == (
        made.coarse,
        made.calls,
        made.kept,
        [change.call for change in made.changes],
    )


def test_above_the_cap_of_states_the_later_calls_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(film, "MOST_CHANGES", 3)
    turning: list[State] = ["failed", "specialized"]

    made = filmed([found(turning[call % 2]) for call in range(9)])

    assert (9, 4, "specialized") == (made.calls, made.kept, made.after(4).sites[0].state)


def test_a_warning_of_a_later_call_is_kept() -> None:
    early, late = Caution("early", "..."), Caution("late", "...")

    made = filmed([found("cold", warnings=(early,)), found("cold", warnings=(early, late))])

    assert (early, late) == made.after(1).warnings
