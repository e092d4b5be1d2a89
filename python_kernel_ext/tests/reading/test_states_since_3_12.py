# SPDX-License-Identifier: BSD-3-Clause
"""Every state, on real functions warmed up on the running CPython, 3.12 or later."""

from __future__ import annotations

import sys

import pytest
from reading.simulated import Seen
from reading.simulated import Site as Simulated
from reading.warming import WARM, made, sites, states, warmed

from ipyspecialize import inspect

ADD = "def f(a, b):\n    return a + b\n"
#: A getset descriptor: no release has a form for it.
REAL = "def f(o):\n    return o.real\n"
#: The miss that costs a site its form (Include/internal/pycore_backoff.h, cooldown 52).
LOSES = 53
VERSION = sys.version_info[:2]


def simulated(family: str, gives: str, times: int) -> Seen:
    """Return what is seen of a simulated site after *times* runs."""
    site = Simulated(VERSION, family, gives)
    for _ in range(times):
        site.run()
    return site.seen()


# One site through its life ----------------------------------------------------------------


def test_what_never_ran_is_cold_and_what_ran_once_waits() -> None:
    seen = [states(warmed(ADD, 1, 2, times=times), "BINARY_OP")[0] for times in range(3)]

    assert ["cold", "waiting", "specialized"] == seen


def test_a_branch_that_never_ran_is_cold() -> None:
    branch = "def f(a, b):\n    if a:\n        return a + b\n    return a - b\n"

    assert ["specialized", "cold"] == states(warmed(branch, 1, 2), "BINARY_OP")


def test_two_misses_are_noise_and_three_are_not() -> None:
    function = warmed(ADD, 1, 2)
    seen = []
    for _ in range(3):
        function(1.5, 2.5)
        seen += [(site.state, site.misses) for site in sites(function, "BINARY_OP")]

    assert [("specialized", 1), ("specialized", 2), ("missing", 3)] == seen


@pytest.mark.parametrize("times", [*range(2, 300), 1000, 4000, 8178, 8862, 20_000])
def test_a_failing_site_shows_its_attempts_and_executions_exactly(times: int) -> None:
    (site,) = sites(warmed(REAL, 1, times=times), "LOAD_ATTR")
    expected = simulated("LOAD_ATTR", "failed", times)

    assert ("failed", expected.attempts, expected.executions, expected.exact) == (
        site.state,
        site.attempts,
        site.executions,
        site.exact,
    )
    assert not site.exact or times == site.executions


@pytest.mark.parametrize("times", [2, 4, 6, 7, 11, 26, 36, 37, 57, 120, 162, 163, 247])
def test_a_countdown_at_zero_does_not_hide_a_failure(times: int) -> None:
    (site,) = sites(warmed(ADD, 1j, 2j, times=times), "BINARY_OP")

    # One word cannot prove that there never was a form: at least so many attempts.
    attempts = simulated("BINARY_OP", "failed", times).attempts
    assert ("failed", attempts, None, False) == (
        site.state,
        site.attempts,
        site.executions,
        site.exact,
    )


def test_a_form_lost_to_another_type_waits_and_then_fails() -> None:
    function = warmed(ADD, 1, 2)
    for _ in range(LOSES):
        function(1j, 2j)
    lost = states(function, "BINARY_OP")
    for _ in range(10):
        function(1j, 2j)

    assert (["waiting"], ["failed"]) == (lost, states(function, "BINARY_OP"))


def test_a_lost_form_is_recognised_by_what_it_left_in_the_cache() -> None:
    function = made(REAL)
    plain = type("Plain", (), {})()
    plain.real = 1
    for _ in range(WARM):
        function(plain)
    for _ in range(LOSES + 20):
        function(1)

    (site,) = sites(function, "LOAD_ATTR")

    assert ("deoptimized", False) == (site.state, site.exact)


def test_in_place_respecialization_starts_the_misses_anew() -> None:
    function = warmed(ADD, 1, 2)
    for _ in range(LOSES):
        function(1.5, 2.5)

    (site,) = sites(function, "BINARY_OP")

    assert ("specialized", "BINARY_OP_ADD_FLOAT", 0) == (site.state, site.form, site.misses)


# What is no site, and what is hidden ------------------------------------------------------


def test_superinstructions_and_resume_are_no_sites() -> None:
    function = warmed("def f(a, b):\n    c = a\n    d = b\n    return d\n", 1, 2)

    assert () == inspect(function).sites


def test_the_hidden_call_of_a_generator_expression_stands_on_what_it_is_given() -> None:
    text = "def f(n):\n    return sum(i * 2 for i in n)\n"
    function = warmed(text, [3])

    hidden, _ = inspect(function, source=text).sites[1:3]

    assert ("CALL", "specialized") == (hidden.opname, hidden.state)
    line = text.splitlines()[1]
    assert hidden.span is not None
    assert (2, line.index("n)")) == hidden.span[:2]


def test_a_line_tracer_hides_the_first_site_of_a_line() -> None:
    function = made("def f(a, b):\n    c = 1\n    len(a); a + b\n")
    before = sys.gettrace()
    sys.settrace(lambda *_: lambda *_: None)
    try:
        for _ in range(WARM):
            function("a", "b")
        traced = inspect(function)
    finally:
        sys.settrace(before)
    for _ in range(WARM):
        function("a", "b")

    seen = {site.opname: site.state for site in traced.sites}
    texts = {warning.id: warning.text for warning in traced.warnings}
    assert ({"hidden"}, {"specialized"}) == (
        {seen["LOAD_GLOBAL"]},
        {site.state for site in inspect(function).sites},
    )
    assert "in the place of one site" in texts["hidden"]
