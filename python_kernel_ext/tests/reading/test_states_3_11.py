# SPDX-License-Identifier: BSD-3-Clause
"""Every state, on real functions warmed up on CPython 3.11."""

from __future__ import annotations

import operator
import sys

import pytest
from reading.warming import WARM, made, sites, states, warmed

from ipyspecialize import inspect

#: Calls until a code object is quickened (Include/internal/pycore_code.h: 8 events).
QUICKENED = 8
#: Misses after which 3.11 gives a form back (Python/specialize.c: miss counter).
MISSES = 53


ADD = "def f(a, b):\n    return a + b\n"


def test_a_form_that_fits_is_specialized() -> None:
    (site,) = sites(warmed(ADD, 1, 2), "BINARY_OP")

    assert ("specialized", "BINARY_OP_ADD_INT", 0) == (site.state, site.form, site.misses)


def test_code_that_is_not_hot_yet_is_waiting() -> None:
    assert ["waiting"] == states(warmed(ADD, 1, 2, times=QUICKENED - 1), "BINARY_OP")


def test_a_branch_that_did_not_run_since_the_code_became_hot_is_cold() -> None:
    branch = "def f(a, b):\n    if a:\n        return a + b\n    return a - b\n"

    assert ["specialized", "cold"] == states(warmed(branch, 1, 2), "BINARY_OP")


def test_two_misses_are_noise_and_three_are_not() -> None:
    function = warmed(ADD, 1, 2)
    seen = []
    for _ in range(3):
        function(1.5, 2.5)
        seen += [(site.state, site.misses) for site in sites(function, "BINARY_OP")]

    assert [("specialized", 1), ("specialized", 2), ("missing", 3)] == seen


@pytest.mark.parametrize("times", [*range(1, 300), 1000, 4000, 8178])
def test_executions_of_a_failing_site_are_exact(times: int) -> None:
    text = "def f(o):\n    return o.real\n"  # a getset descriptor: no form on 3.11
    function = warmed(text, 1, times=QUICKENED - 1 + times)

    (site,) = sites(function, "LOAD_ATTR")

    attempts = sum(1 for k in range(1, 13) if 2**k - k <= times)
    assert ("failed", attempts, times) == (site.state, site.attempts, site.executions)


def test_what_is_proved_is_exact_below_the_highest_backoff() -> None:
    text = "def f(o):\n    return o.real\n"
    early, late = warmed(text, 1, times=500), warmed(text, 1, times=9000)

    assert [True, False] == [sites(f, "LOAD_ATTR")[0].exact for f in (early, late)]


def test_a_family_of_one_word_proves_its_attempts_up_to_the_fourth() -> None:
    seen = [
        (site.attempts, site.executions, site.exact)
        for times in (1, 2, 11, 12, 26, 27, 28)
        for site in sites(warmed(ADD, 1, 2.5, times=QUICKENED - 1 + times), "BINARY_OP")
    ]

    # The fifth attempt looks like a form that was lost: 1,000 good and 60 bad additions do.
    assert [
        (1, 1, True),
        (2, 2, True),
        (3, 11, True),
        (4, 12, True),
        (4, 26, True),
        (None, None, False),
        (None, None, False),
    ] == seen


def test_a_lost_form_is_recognised_at_once_by_its_word() -> None:
    function = warmed(ADD, 1, 2)
    for _ in range(MISSES):
        function([1], [2])

    (site,) = sites(function, "BINARY_OP")

    assert ("deoptimized", 0, None) == (site.state, site.attempts, site.executions)


def test_a_lost_form_is_recognised_later_by_what_it_left_in_the_cache() -> None:
    function = made("class C:\n    x = 1\ndef f(o):\n    return o.x\n")
    plain = type("Plain", (), {})()
    plain.x = 1
    for _ in range(WARM):
        function(plain)
    other = type("Other", (), {"x": property(operator.truth)})()
    for _ in range(MISSES + 20):
        function(other)

    assert ["deoptimized"] == states(function, "LOAD_ATTR")


def test_a_negative_index_is_in_a_fast_form_that_always_misses() -> None:
    function = warmed("def f(b, k):\n    return b[k]\n", [1, 2], -1, times=QUICKENED + 20)

    (site,) = sites(function, "BINARY_SUBSCR")

    assert ("missing", "BINARY_SUBSCR_LIST_INT") == (site.state, site.form)


CALLS = {
    "python": ("def g(x):\n    return x\ndef f():\n    g(1)\n", "CALL", "specialized"),
    "default": ("def g(x=1):\n    return x\ndef f():\n    g()\n", "CALL", "specialized"),
    "keyword": ("def g(x):\n    return x\ndef f():\n    g(x=1)\n", "CALL", "general"),
    "star": ("def g(*x):\n    return x\ndef f():\n    g(1)\n", "CALL", "general"),
    "len": ("def f():\n    len('ab')\n", "PRECALL", "specialized"),
    "isinstance": ("def f():\n    isinstance(1, int)\n", "PRECALL", "specialized"),
    "str": ("def f():\n    str(1)\n", "PRECALL", "specialized"),
    "max": ("def f():\n    max(1, 2)\n", "PRECALL", "failed"),
    "class": ("class C:\n    def __init__(s): s.x = 1\ndef f():\n    C()\n", "PRECALL", "failed"),
    "append": ("L = []\ndef f():\n    L.append(1)\n", "PRECALL", "specialized"),
    "bound": ("m = [].append\ndef f():\n    m(1)\n", "PRECALL", "specialized"),
}


@pytest.mark.parametrize(("text", "family", "state"), CALLS.values(), ids=CALLS)
def test_a_call_is_one_row_at_the_unit_that_decides(text: str, family: str, state: str) -> None:
    rows = [site for site in inspect(warmed(text)).sites if site.opname in ("CALL", "PRECALL")]

    assert [(family, state)] == [(site.opname, site.state) for site in rows]


def test_a_form_that_knows_only_the_kind_of_callee_names_that_form() -> None:
    (site,) = sites(warmed(CALLS["keyword"][0]), "CALL")

    assert ("PRECALL_PYFUNC", True) == (site.form, bool(site.attempts))


def test_the_hidden_call_of_a_comprehension_is_no_site() -> None:
    function = warmed("def f(n):\n    return [i + 1 for i in range(n)]\n", 3)

    called = [site for site in inspect(function).sites if site.opname in ("CALL", "PRECALL")]

    assert ["PRECALL_BUILTIN_CLASS"] == [site.form for site in called]


def test_superinstructions_and_quick_jumps_are_no_sites() -> None:
    function = warmed("def f(a, b):\n    for i in a:\n        c = b\n        d = c\n", [1], 2)

    assert () == inspect(function).sites


@pytest.mark.parametrize("kind", ["settrace", "setprofile"])
def test_a_tracer_keeps_everything_cold_and_is_told_of(kind: str) -> None:
    function = made(ADD)
    before = operator.attrgetter(kind.replace("set", "get"))(sys)()
    operator.attrgetter(kind)(sys)(lambda *_: None)
    try:
        for _ in range(WARM):
            function(1, 2)
        reading = inspect(function)
    finally:
        operator.attrgetter(kind)(sys)(before)

    assert (["cold"], "traced") == (
        [site.state for site in reading.sites],
        reading.warnings[-1].id,
    )
