# SPDX-License-Identifier: BSD-3-Clause
"""The first lesson keeps its word on every Python: each colour its text promises is there."""

from __future__ import annotations

from notebooks.ran import by_version, ran

#: From there on there are forms for an int with a float.
MIXED = by_version(((3, 11), "failed"), ((3, 14), "specialized"))


def test_mixed_numbers_fail_until_there_is_a_form_for_them() -> None:
    seen = ran("01").states("mixed", "degrees - 32", "above_freezing * 5")

    assert [MIXED] * 2 == seen


def test_division_has_no_form_and_later_one_for_mixed_numbers_only() -> None:
    lesson = ran("01")

    assert [
        by_version(((3, 11), "unsupported"), ((3, 14), "specialized")),
        by_version(((3, 11), "unsupported"), ((3, 14), "failed")),
    ] == [
        *lesson.states("mixed", "above_freezing * 5 / 9"),
        *lesson.states("floats", "above_freezing * 5.0 / 9.0"),
    ]


def test_the_call_at_the_bottom_is_green() -> None:
    seen = [ran("01").states(cell, "to_celsius(temperature)") for cell in ("mixed", "floats")]

    assert [["specialized"]] * 2 == seen


def test_floats_on_both_sides_turn_green() -> None:
    seen = ran("01").states("floats", "degrees - 32.0", "above_freezing * 5.0")

    assert ["specialized"] * 2 == seen


def test_folded_constants_leave_nothing_but_green() -> None:
    assert {"specialized"} == ran("01").painted("folded", within="to_celsius")


def test_a_bool_fits_no_form() -> None:
    assert ["failed"] == ran("01").states("warm", "days + (temperature > 60.0)")


def test_the_table_says_what_the_text_says() -> None:
    form = "BINARY_OP_EXTEND"
    rows = {
        "int + int": "BINARY_OP_ADD_INT",
        "float + float": "BINARY_OP_ADD_FLOAT",
        "float + int": by_version(((3, 11), "failed"), ((3, 14), form)),
        "int + bool": "failed",
        "float / int": by_version(((3, 11), "unsupported"), ((3, 14), form)),
        "float / float": by_version(((3, 11), "unsupported"), ((3, 14), "failed")),
    }

    table = ran("01").table("table")

    assert [f"{pair:15} {form}" for pair, form in rows.items()] == table
