# SPDX-License-Identifier: BSD-3-Clause
"""The lesson on warming up keeps its word on every Python."""

from __future__ import annotations

from notebooks.ran import by_version, ran


def test_a_line_that_ran_once_has_no_colour() -> None:
    assert set() == ran("02").painted("once", within="<module>")


def test_a_loop_turns_green() -> None:
    seen = ran("02").states("loop", "price * 0.2", "taxes + price * 0.2")

    assert ["specialized"] * 2 == seen


def test_the_first_colour_comes_with_the_call_the_text_says() -> None:
    before, after = by_version(
        ((3, 11), "calls 1 to 7|calls 8 to 20"), ((3, 12), "call 1 |calls 2 to 20")
    ).split("|")

    _, first, second = ran("02").shown("calls").splitlines()

    assert first.strip().startswith(before)
    assert "no site has been tried yet" in first
    assert second.strip().startswith(after)
    assert "2 of 2 sites specialized" in second


def test_the_table_counts_calls_and_rounds() -> None:
    number = by_version(((3, 11), "8"), ((3, 12), "2"))

    assert [
        f"with_tax: call number {number}",
        f"add_up:   round number {number} of its first call",
    ] == ran("02").table("table")


def test_the_sum_is_as_green_at_the_top_of_a_cell_as_in_a_function() -> None:
    seen = [ran("02").states(cell, "total + number") for cell in ("top", "inside")]

    assert [["specialized"]] * 2 == seen


def test_only_the_names_differ() -> None:
    top, inside = ran("02").said("names").splitlines()

    assert "LOAD_NAME STORE_NAME" == top.removeprefix("top of a cell").strip()
    assert "LOAD_FAST" in inside
    assert "STORE_FAST" in inside
    assert "NAME" not in inside
