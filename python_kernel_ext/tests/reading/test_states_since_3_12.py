# SPDX-License-Identifier: BSD-3-Clause
"""Every state, on real functions warmed up on the running CPython, 3.12 or later."""

from __future__ import annotations

import sys
from collections import OrderedDict, deque
from decimal import Decimal

import pytest
from reading.warming import WARM, made, sites, states, warmed

from ipyspecialize import inspect

ADD = "def f(a, b):\n    return a + b\n"
#: A getset descriptor: no release has a form for it.
REAL = "def f(o):\n    return o.real\n"
#: The miss that costs a site its form (Include/internal/pycore_backoff.h, cooldown 52).
LOSES = 53
VERSION = sys.version_info[:2]


def attempts_after(times: int) -> int:
    """Return how often a failing site was tried in *times* runs: at run 2, 5, 12, 27, ..."""
    return sum(1 for b in range(2, 13) if 2**b - b <= times)


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


@pytest.mark.parametrize("times", [*range(2, 300), 1000, 4000, 8178])
def test_a_failing_site_shows_its_attempts_and_executions_exactly(times: int) -> None:
    (site,) = sites(warmed(REAL, 1, times=times), "LOAD_ATTR")

    assert ("failed", attempts_after(times), times, times < 4084) == (
        site.state,
        site.attempts,
        site.executions,
        site.exact,
    )


@pytest.mark.parametrize("times", [2, 4, 11, 26, 57, 120, 247])
def test_a_countdown_at_zero_does_not_hide_a_failure(times: int) -> None:
    (site,) = sites(warmed(ADD, [1], [2], times=times), "BINARY_OP")

    # One word cannot prove that there never was a form: at least so many attempts.
    assert ("failed", attempts_after(times), None, False) == (
        site.state,
        site.attempts,
        site.executions,
        site.exact,
    )


def test_a_form_lost_to_another_type_waits_and_then_fails() -> None:
    function = warmed(ADD, 1, 2)
    for _ in range(LOSES):
        function([1], [2])
    lost = states(function, "BINARY_OP")
    for _ in range(10):
        function([1], [2])

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


# Which operands have a form ---------------------------------------------------------------


@pytest.mark.parametrize("symbol", ["/", "//", "%", "**", "<<", "&", "|", "^"])
def test_an_operator_without_forms_is_unsupported_with_exact_counts(symbol: str) -> None:
    function = warmed(f"def f(a, b):\n    return a {symbol} b\n", 7, 2, times=40)

    (site,) = sites(function, "BINARY_OP")

    assert ("unsupported", 4, 40, True) == (
        site.state,
        site.attempts,
        site.executions,
        site.exact,
    )


OPERANDS = [
    (1, 2, "specialized"),
    (1.5, 2.5, "specialized"),
    ("a", "b", "specialized"),
    (1, 2.5, "failed"),
    (True, 2, "failed"),
    ([1], [2], "failed"),
    (b"a", b"b", "failed"),
    (1j, 2j, "failed"),
    (Decimal(1), Decimal(2), "failed"),
]


@pytest.mark.parametrize(("a", "b", "state"), OPERANDS)
def test_which_operands_of_plus_have_a_form(a: object, b: object, state: str) -> None:
    assert [state] == states(warmed(ADD, a, b), "BINARY_OP")


COMPARISONS = [
    ("if a < b:\n        pass", 1, 2, "specialized"),
    ("return a < b", 1, 2, "specialized"),
    ("x = a == b", "a", "b", "specialized"),
    ("return a < b", "a", "b", "failed"),
    ("return a < b", 1, 2.5, "failed"),
    ("return a < b", 2**40, 2**41, "failed"),
]


@pytest.mark.parametrize(("body", "a", "b", "state"), COMPARISONS)
def test_a_comparison_needs_no_branch(body: str, a: object, b: object, state: str) -> None:
    assert [state] == states(warmed(f"def f(a, b):\n    {body}\n", a, b), "COMPARE_OP")


SUBSCRIPTS = [
    ([1, 2], 0, "specialized"),
    ((1, 2), 1, "specialized"),
    ({"k": 1}, "k", "specialized"),
    ("text", 1, "failed" if VERSION == (3, 12) else "specialized"),
    (OrderedDict(k=1), "k", "failed"),
    (deque([1]), 0, "failed"),
    (b"ab", 0, "failed"),
    (range(3), 1, "failed"),
]


@pytest.mark.skipif(VERSION > (3, 13), reason="BINARY_SUBSCR is a part of BINARY_OP from 3.14 on")
@pytest.mark.parametrize(("box", "key", "state"), SUBSCRIPTS)
def test_which_containers_have_a_form_for_reading(box: object, key: object, state: str) -> None:
    assert [state] == states(warmed("def f(b, k):\n    return b[k]\n", box, key), "BINARY_SUBSCR")


LATER = VERSION >= (3, 13)
GENERAL = "general" if LATER else "failed"
CALLS = {
    "python": ("def g(x):\n    return x\ndef f():\n    g(1)\n", "specialized"),
    "default": (
        "def g(x=1):\n    return x\ndef f():\n    g()\n",
        "general" if LATER else "specialized",
    ),
    "star": ("def g(*x):\n    return x\ndef f():\n    g(1)\n", GENERAL),
    "len": ("def f():\n    len('ab')\n", "specialized"),
    "isinstance": ("def f():\n    isinstance(1, int)\n", "specialized"),
    "str": ("def f():\n    str(1)\n", "specialized"),
    "max": ("def f():\n    max(1, 2)\n", "specialized" if LATER else "failed"),
    "class": (
        "class C:\n    def __init__(s): s.x = 1\ndef f():\n    C()\n",
        "specialized" if LATER else "failed",
    ),
    "append": ("L = []\ndef f():\n    L.append(1)\n", "specialized"),
    "partial": ("from functools import partial\ng = partial(int)\ndef f():\n    g()\n", GENERAL),
}


@pytest.mark.parametrize(("text", "state"), CALLS.values(), ids=CALLS)
def test_which_calls_have_a_form(text: str, state: str) -> None:
    assert [state] == states(warmed(text), "CALL")


LOOPS = [
    ([1, 2], "specialized"),
    ((1, 2), "specialized"),
    (range(3), "specialized"),
    ({1: 2}, "failed"),
    ({1, 2}, "failed"),
    ("ab", "failed"),
]


@pytest.mark.parametrize(("over", "state"), LOOPS)
def test_which_loops_have_a_form(over: object, state: str) -> None:
    assert [state] == states(warmed("def f(xs):\n    for x in xs: pass\n", over), "FOR_ITER")


FORMS = {
    "truth": ("def f(a):\n    if a: pass\n", [1], "TO_BOOL_LIST"),
    "in": ("def f(a):\n    return 1 in a\n", {1: 2}, "CONTAINS_OP_DICT"),
    "super": (
        (
            "class A:\n    def m(s): pass\nclass B(A):\n    def m(s): super().m()\n"
            "b = B()\ndef f(a):\n    b.m()\nf.inner = B.m\n"
        ),
        None,
        "LOAD_SUPER_ATTR_METHOD",
    ),
    "await": (
        (
            "async def g(): pass\nasync def h(): await g()\n"
            "def f(a):\n    try: h().send(None)\n    except StopIteration: pass\nf.inner = h\n"
        ),
        None,
        "SEND_GEN",
    ),
    "unpack": ("def f(a):\n    x, y = a\n", (1, 2), "UNPACK_SEQUENCE_TWO_TUPLE"),
    "global": ("G = 1\ndef f(a):\n    G\n", None, "LOAD_GLOBAL_MODULE"),
    "property": (
        "class C:\n    @property\n    def p(s): return 1\nc = C()\ndef f(a):\n    c.p\n",
        None,
        "LOAD_ATTR_PROPERTY",
    ),
    "store": (
        "class C: pass\nc = C()\ndef f(a):\n    c.x = 1\n",
        None,
        "STORE_ATTR_INSTANCE_VALUE",
    ),
}
#: Families of 3.13.
_NEW = ("truth", "in")


@pytest.mark.parametrize(
    ("text", "argument", "form"),
    [FORMS[name] for name in FORMS if LATER or name not in _NEW],
    ids=[name for name in FORMS if LATER or name not in _NEW],
)
def test_a_family_has_its_form(text: str, argument: object, form: str) -> None:
    function = warmed(text, argument)
    function = getattr(function, "inner", function)

    found = {site.form: site.state for site in inspect(function).sites}

    assert "specialized" == found.get(form)


# What is no site, and what is hidden ------------------------------------------------------


def test_superinstructions_and_resume_are_no_sites() -> None:
    function = warmed("def f(a, b):\n    c = a\n    d = b\n    return d\n", 1, 2)

    assert () == inspect(function).sites


def test_the_hidden_call_of_a_generator_expression_is_no_site() -> None:
    function = warmed("def f(n):\n    return sum(i for i in n)\n", [3])

    assert 1 == len(sites(function, "CALL"))


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
    assert ({"hidden"}, {"specialized"}) == (
        {seen["LOAD_GLOBAL"]},
        {site.state for site in inspect(function).sites},
    )
