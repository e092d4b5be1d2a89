# SPDX-License-Identifier: BSD-3-Clause
"""What a card says besides the state: the operator of a site, and when it is tried next."""

from __future__ import annotations

from itertools import pairwise

import pytest
from reading.warming import made, sites

from ipyspecialize import inspect
from ipyspecialize.reading.traces import jit_is_on

BINARY = ["+", "-", "*", "/", "//", "%", "@", "**", "<<", ">>", "&", "|", "^"]
COMPARE = ["<", "<=", "==", "!=", ">", ">="]
FAMILIES = {"BINARY_OP", "COMPARE_OP", "CONTAINS_OP", "BINARY_SUBSCR"}


def operators(text: str) -> list[str | None]:
    return [site.operator for site in inspect(made(text)).sites if site.opname in FAMILIES]


@pytest.mark.parametrize("symbol", [*BINARY, *COMPARE])
def test_an_operator_is_named_as_in_the_source(symbol: str) -> None:
    assert [symbol] == operators(f"def f(a, b):\n    return a {symbol} b\n")


@pytest.mark.parametrize("symbol", BINARY)
def test_an_operator_in_place_is_named_as_in_the_source(symbol: str) -> None:
    assert [f"{symbol}="] == operators(f"def f(a, b):\n    a {symbol}= b\n")


@pytest.mark.parametrize("symbol", COMPARE)
def test_a_comparison_that_decides_a_branch_is_named_as_in_the_source(symbol: str) -> None:
    assert [symbol] == operators(f"def f(a, b):\n    while a {symbol} b:\n        a = b\n")[:1]


def test_membership_is_named_where_it_is_a_family() -> None:
    found = operators("def f(a, b):\n    return a in b, a not in b\n")

    assert found in ([], ["in", "not in"])  # no family before 3.13


def test_a_call_has_no_operator() -> None:
    assert {None} == {site.operator for site in inspect(made("def f(a):\n    a()\n")).sites}


@pytest.mark.skipif(jit_is_on(), reason="no attempt is foretold where the JIT may count")
def test_a_failing_site_is_tried_at_the_execution_that_was_named() -> None:
    function = made("def f(o):\n    return o.real\n")
    told = []
    for _ in range(600):
        (site,) = sites(function, "LOAD_ATTR")
        told.append((site.attempts or 0, site.next))
        function(1j)

    # 3.11 foretells nothing before the code object is quickened.
    foretold = [(was[1], now[0] - was[0]) for was, now in pairwise(told) if was[1] is not None]

    assert [int(after == 1) for after, _ in foretold] == [tries for _, tries in foretold]
    assert 4 <= sum(tries for _, tries in foretold)


@pytest.mark.skipif(jit_is_on(), reason="no attempt is foretold where the JIT may count")
def test_what_is_foretold_counts_down_with_each_execution() -> None:
    function = made("def f(o):\n    return o + o\n")
    told = []
    for _ in range(600):
        (site,) = sites(function, "BINARY_OP")
        told.append(site.next)
        function(1j)

    down = [(was - 1, now) for was, now in pairwise(told) if was and was > 1 and now is not None]

    assert [expected for expected, _ in down] == [now for _, now in down]
    assert 400 < len(down)


def test_nothing_is_foretold_of_a_site_in_a_form_or_without_one() -> None:
    add = made("def f(a, b):\n    return a + b, a ** b\n")
    for _ in range(100):
        add(1, 2)

    assert [None, None] == [site.next for site in sites(add, "BINARY_OP")]
