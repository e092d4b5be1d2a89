# SPDX-License-Identifier: BSD-3-Clause
"""The lesson on lost forms keeps its word on every Python, also while it goes on."""

from __future__ import annotations

from notebooks.ran import by_version, ran

#: The cells after whose run the text says a colour, each with that colour.
STEPS = {
    "cost": "specialized",
    "three": "missing",
    "hundred": "deoptimized",
    "back": "missing",  # it has its form again, and the cell remembers the misses
}


def test_the_first_cell_changes_colour_as_the_later_ones_run() -> None:
    seen = {
        step: state
        for step in STEPS
        for state in ran("04").states("cost", "amount * price", after=step)
    }

    assert STEPS == seen


def test_52_misses_are_put_up_with_and_the_53rd_is_the_end() -> None:
    table = ran("04").table("holds")

    rows = {int(line.split()[0]): line.split()[3] for line in table}

    assert {1: "specialized", 2: "specialized", 3: "missing", 51: "missing", 52: "missing"} == {
        calls: state for calls, state in rows.items() if calls < 53
    }
    assert by_version(((3, 11), "deoptimized"), ((3, 12), "waiting")) == rows[53]
    assert "failed" == rows[100]


def test_the_form_comes_back_with_the_good_values() -> None:
    lesson = ran("04")

    [site] = lesson.sites("cost", "amount * price", after="back")
    needed = [int(line.split()[4]) for line in lesson.table("count")]

    assert "BINARY_OP_MULTIPLY_FLOAT" == site.form
    assert 0 == needed[0]
    assert all(0 < calls < 9000 for calls in needed[2:])


def test_ints_make_room_for_floats_from_3_12_on() -> None:
    [site] = ran("04").sites("area", "width * height")

    assert (
        by_version(((3, 11), "deoptimized None"), ((3, 12), "missing BINARY_OP_MULTIPLY_FLOAT"))
        == f"{site.state} {site.form}"
    )
