# SPDX-License-Identifier: BSD-3-Clause
"""The lesson on what has no form keeps its word on every Python."""

from __future__ import annotations

import sys
from functools import partial

import pytest
from notebooks.ran import Try, by_version, changed, ran

lesson = partial(
    ran,
    "05",
    Try(
        "halves",
        changed("05", "operators", ("        x * x\n", "        x / 2.0\n        x * 0.5\n")),
    ),
    Try(
        "fields",
        changed(
            "05", "containers", ("        queue[1]\n", "        pair[0]\n        pair.first\n")
        ),
    ),
    Try(
        "listed",
        changed("05", "containers", ("    for _", "    numbers = list(numbers)\n    for _")),
    ),
)


def test_operators_without_a_form_stay_bare() -> None:
    bare = ["x ** 2", "n // 2", "n >> 1", "n % 2"]

    assert ["unsupported"] * 4 == lesson().states("operators", *bare)


def test_a_product_is_green_and_an_and_is_later() -> None:
    seen = lesson().states("operators", "x * x", "n & 1")

    assert [
        "specialized",
        by_version(((3, 11), "unsupported"), ((3, 14), "specialized")),
    ] == seen


@pytest.mark.parametrize(
    ("place", "state"),
    [
        ("letters[1]", "specialized"),
        ("letters[-1]", by_version(((3, 11), "missing"), ((3, 12), "failed"))),
        ("queue[1]", "failed"),
        ("numbers[1]", "failed"),
    ],
)
def test_each_container_has_its_colour(place: str, state: str) -> None:
    assert [state] == lesson().states("containers", place)


def test_a_plain_tuple_is_taken_apart_fast_and_a_namedtuple_is_not() -> None:
    seen = lesson().states("containers", "first, second")
    sites = lesson().sites("containers", "first, second")

    assert ["failed"] == seen
    assert ["failed", "specialized"] == [site.state for site in sites]


def test_the_longer_question_is_greener() -> None:
    by_length = lesson().painted("empty", within="empty_by_length")
    by_truth = lesson().painted("empty", within="empty_by_truth")

    assert {"specialized"} == by_length
    assert ({"failed"} if sys.version_info >= (3, 13) else set()) == by_truth


def test_the_table_says_what_came_with_which_version() -> None:
    table = lesson().table("table")

    has = {line[:16].strip(): "_" in line[16:] for line in table}

    new = {"word[1]": 13, "n in few": 13, "n & 1": 14, "listed[0:2]": 14}
    new |= {"listed + listed": 15, 'counts["a"]': 15}
    assert {text: sys.version_info >= (3, minor) for text, minor in new.items()} == has


def test_halving_is_green_as_a_product_alone() -> None:
    by_division = by_version(((3, 11), "unsupported"), ((3, 14), "failed"))

    assert [by_division, "specialized"] == lesson().states("halves", "x / 2.0", "x * 0.5")


def test_a_namedtuple_gets_no_form_by_number_or_by_name() -> None:
    assert ["failed"] * 2 == lesson().states("fields", "pair[0]", "pair.first")


def test_a_list_made_of_the_range_is_green() -> None:
    assert ["specialized"] == lesson().states("listed", "numbers[1]")
