# SPDX-License-Identifier: BSD-3-Clause
"""The lesson on warming up keeps its word on every Python."""

from __future__ import annotations

import re
from functools import partial

from notebooks.ran import Try, by_version, changed, ran

lesson = partial(
    ran,
    "02",
    Try("few", changed("02", "loop", ("[2.5] * 20", "[2.5] * 5"))),
    Try("rounds", "%specialize --warm-up 20 add_up([1.5, 2.5, 3.5])"),
    Try(
        "other-first",
        "%%specialize\n"
        + changed(
            "02",
            "calls",
            (
                "%specialize --warm-up 20 with_tax(2.5)",
                "with_tax(2)\nfor _ in range(20):\n    with_tax(2.5)",
            ),
        ),
    ),
)


def test_a_line_that_ran_once_has_no_colour() -> None:
    assert set() == lesson().painted("once", within="<module>")


def test_a_loop_turns_green() -> None:
    seen = lesson().states("loop", "price * 0.2", "taxes + price * 0.2")

    assert ["specialized"] * 2 == seen


def test_the_first_colour_comes_with_the_call_the_text_says() -> None:
    before, after = by_version(
        ((3, 11), "calls 1 to 7|calls 8 to 20"), ((3, 12), "call 1 |calls 2 to 20")
    ).split("|")

    _, first, second = lesson().shown("calls").splitlines()

    assert first.strip().startswith(before)
    assert "no site has been tried yet" in first
    assert second.strip().startswith(after)
    assert "2 of 2 sites specialized" in second


def test_the_sum_is_as_green_at_the_top_of_a_cell_as_in_a_function() -> None:
    seen = [
        lesson().states("places", "total + number", within=code) for code in ("<module>", "add_up")
    ]

    assert [["specialized"]] * 2 == seen


def test_only_the_names_differ() -> None:
    top, inside = lesson().said("names").splitlines()

    assert "LOAD_NAME STORE_NAME" == top.removeprefix("top of a cell").strip()
    assert "LOAD_FAST" in inside
    assert "STORE_FAST" in inside
    assert "NAME" not in inside


def test_five_rounds_are_enough_where_two_are() -> None:
    state = by_version(((3, 11), "waiting"), ((3, 12), "specialized"))

    assert [state] == lesson().states("few", "price * 0.2")


def test_rounds_count_like_calls() -> None:
    cold, warm = by_version(
        ((3, 11), "calls 1 to 2 |calls 3 to 20"), ((3, 12), "|calls? 1 ")
    ).split("|")

    lines = lesson().shown("rounds")

    assert not cold or re.search(rf"{cold}.*no site", lines)
    assert re.search(rf"{warm}.*specialized", lines)


def test_one_call_with_another_type_does_not_matter_while_nothing_is_warm() -> None:
    seen = lesson().states("other-first", "price * 0.2", "price + tax")

    assert ["specialized"] * 2 == seen
