# SPDX-License-Identifier: BSD-3-Clause
"""The lesson on what has no form keeps its word on every Python."""

from __future__ import annotations

import sys

import pytest
from notebooks.ran import by_version, ran


def test_operators_without_a_form_stay_bare() -> None:
    bare = ["x ** 2", "n // 2", "n >> 1", "n % 2"]

    assert ["unsupported"] * 4 == ran("05").states("operators", *bare)


def test_a_product_is_green_and_an_and_is_later() -> None:
    seen = ran("05").states("operators", "x * x", "n & 1")

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
    assert [state] == ran("05").states("containers", place)


def test_a_plain_tuple_is_taken_apart_fast_and_a_namedtuple_is_not() -> None:
    seen = ran("05").states("containers", "first, second")
    sites = ran("05").sites("containers", "first, second")

    assert ["failed"] == seen
    assert ["failed", "specialized"] == [site.state for site in sites]


def test_the_longer_question_is_greener() -> None:
    lesson = ran("05")

    by_length = lesson.painted("empty", within="empty_by_length")
    by_truth = lesson.painted("empty", within="empty_by_truth")

    assert {"specialized"} == by_length
    assert ({"failed"} if sys.version_info >= (3, 13) else set()) == by_truth


def test_the_table_says_what_came_with_which_version() -> None:
    table = ran("05").table("table")

    has = {line[:16].strip(): "_" in line[16:] for line in table}

    new = {"word[1]": 13, "n in few": 13, "n & 1": 14, "listed[0:2]": 14}
    new |= {"listed + listed": 15, 'counts["a"]': 15}
    assert {text: sys.version_info >= (3, minor) for text, minor in new.items()} == has
