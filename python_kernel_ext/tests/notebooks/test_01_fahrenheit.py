# SPDX-License-Identifier: BSD-3-Clause
"""The first lesson keeps its word on every Python: each colour its text promises is there."""

from __future__ import annotations

from functools import partial

from notebooks.ran import Try, by_version, changed, ran

ROUNDS = "for _ in range(3):\n"
LOOP = f"{ROUNDS}    for temperature in week:\n        to_celsius(temperature)"
TIMED = """timed = %timeit -q -o -n 10000 for degrees in week: to_celsius(degrees)
print(f"{timed.best * 1e9:.0f} ns")"""
SUM = "days = days + (temperature > 60.0)"
BRANCH = "if temperature > 60.0:\n            days = days + 1"
INTS = "week = [61, 64, 58]\n\n"
ONE_INT = "week = [61, 64.9, 58.3, 70.2, 66.6, 59.0, 62.8]\n\n"
ALONE = "for temperature in week:\n    to_celsius(temperature)"

lesson = partial(
    ran,
    "01",
    Try("branch", changed("01", "warm", (SUM, BRANCH))),
    Try("ints", changed("01", "folded", (ROUNDS, INTS + ROUNDS))),
    Try("one-int", changed("01", "folded", (ROUNDS, ONE_INT + ROUNDS))),
    Try(
        "once",
        changed(
            "01",
            "mixed",
            (", 64.9, 58.3, 70.2, 66.6, 59.0, 62.8", ""),
            (LOOP, ALONE),
            (TIMED, ""),
        ),
    ),
)

PRODUCT = "(degrees - 32.0) * (5.0 / 9.0)"

#: From there on there are forms for an int with a float.
MIXED = by_version(((3, 11), "failed"), ((3, 14), "specialized"))


def test_mixed_numbers_fail_until_there_is_a_form_for_them() -> None:
    seen = lesson().states("mixed", "degrees - 32", "above_freezing * 5")

    assert [MIXED] * 2 == seen


def test_division_has_no_form_and_later_one_for_mixed_numbers_only() -> None:
    assert [
        by_version(((3, 11), "unsupported"), ((3, 14), "specialized")),
        by_version(((3, 11), "unsupported"), ((3, 14), "failed")),
    ] == [
        *lesson().states("mixed", "above_freezing * 5 / 9"),
        *lesson().states("floats", "above_freezing * 5.0 / 9.0"),
    ]


def test_the_call_at_the_bottom_is_green() -> None:
    seen = [lesson().states(cell, "to_celsius(temperature)") for cell in ("mixed", "floats")]

    assert [["specialized"]] * 2 == seen


def test_floats_on_both_sides_turn_green() -> None:
    seen = lesson().states("floats", "degrees - 32.0", "above_freezing * 5.0")

    assert ["specialized"] * 2 == seen


def test_folded_constants_leave_nothing_but_green() -> None:
    assert {"specialized"} == lesson().painted("folded", within="to_celsius")


def test_a_bool_fits_no_form() -> None:
    assert ["failed"] == lesson().states("warm", "days + (temperature > 60.0)")


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

    table = lesson().table("table")

    assert [f"{pair:15} {form}" for pair, form in rows.items()] == table


def test_ints_do_without_the_form_for_floats_where_they_meet_the_constant() -> None:
    minus, times = (lesson().sites("ints", text) for text in ("degrees - 32.0", PRODUCT))

    form = by_version(((3, 11), "failed None"), ((3, 14), "specialized BINARY_OP_EXTEND"))
    assert [form, "specialized BINARY_OP_MULTIPLY_FLOAT"] == [
        f"{site.state} {site.form}" for site in (*minus, *times)
    ]


def test_one_int_of_seven_is_a_miss_each_time() -> None:
    [minus] = lesson().sites("one-int", "degrees - 32.0")

    assert ("missing", "BINARY_OP_SUBTRACT_FLOAT") == (minus.state, minus.form)
    assert ["specialized"] == lesson().states("one-int", PRODUCT)


def test_a_function_that_ran_once_has_no_colour() -> None:
    assert set() == lesson().painted("once", within="to_celsius")


def test_a_branch_in_place_of_the_bool_is_green() -> None:
    assert ["specialized"] == lesson().states("branch", "days + 1")
