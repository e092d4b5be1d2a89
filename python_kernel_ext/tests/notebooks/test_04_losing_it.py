# SPDX-License-Identifier: BSD-3-Clause
"""The lesson on lost forms keeps its word on every Python, also while it goes on."""

from __future__ import annotations

from functools import partial

from notebooks.ran import Try, by_version, changed, ran

COST = changed("04", "cost")
lesson = partial(
    ran,
    "04",
    Try("hundred-floats", changed("04", "area", ("range(53)", "range(100)"))),
    Try("washed", COST),
    Try("two-ints", "for _ in range(2):\n    cost(2, 4.2)"),
    Try("thousand-floats", "for _ in range(1000):\n    cost(*good)"),
    Try("third-int", "cost(2, 4.2)"),
    Try("file", COST),
    Try("read", "for n in range(10_000):\n    cost(1.5 if n % 1000 else 1, 4.2)"),
    Try("texts", COST),
    Try("dashes", 'for _ in range(100):\n    cost("-", 40)'),
)

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
        for state in lesson().states("cost", "amount * price", after=step)
    }

    assert STEPS == seen


def test_52_misses_are_put_up_with_and_the_53rd_is_the_end() -> None:
    table = lesson().table("holds")

    rows = {int(line.split()[0]): line.split()[3] for line in table}

    assert {1: "specialized", 2: "specialized", 3: "missing", 52: "missing"} == {
        calls: state for calls, state in rows.items() if calls < 53
    }
    assert by_version(((3, 11), "deoptimized"), ((3, 12), "waiting")) == rows[53]
    assert "failed" == rows[100]


def test_the_form_comes_back_with_the_good_values() -> None:
    [site] = lesson().sites("cost", "amount * price", after="back")
    rows = {int(line.split()[0]): int(line.split()[-1]) for line in lesson().table("holds")}

    assert "BINARY_OP_MULTIPLY_FLOAT" == site.form
    assert {0} == {needed for calls, needed in rows.items() if calls < 53}
    assert all(0 < needed < 9000 for calls, needed in rows.items() if calls > 52)


def test_ints_make_room_for_floats_from_3_12_on() -> None:
    [site] = lesson().sites("area", "width * height")

    assert (
        by_version(((3, 11), "deoptimized None"), ((3, 12), "specialized BINARY_OP_MULTIPLY_FLOAT"))
        == f"{site.state} {site.form}"
    )


def test_after_a_hundred_floats_every_python_has_their_form() -> None:
    [site] = lesson().sites("hundred-floats", "width * height")

    assert "BINARY_OP_MULTIPLY_FLOAT" == site.form


def after(cell: str, step: str) -> tuple[str, str | None, int | None]:
    """Return the state, form and misses of `*` in a run of the first cell, after a later one."""
    [site] = lesson().sites(cell, "amount * price", after=step)
    return site.state, site.form, site.misses


def test_good_calls_wash_no_miss_away() -> None:
    seen = [after("washed", step) for step in ("two-ints", "thousand-floats", "third-int")]

    form = "BINARY_OP_MULTIPLY_FLOAT"
    assert [("specialized", form)] * 2 == [(state, found) for state, found, _ in seen[:2]]
    assert ("missing", form, 3) == seen[2]


def test_one_value_in_a_thousand_does_not_take_the_form_away() -> None:
    assert ("missing", "BINARY_OP_MULTIPLY_FLOAT", 10) == after("file", "read")


def test_a_text_times_an_int_has_a_form_from_3_15_on() -> None:
    state, form, _ = after("texts", "dashes")

    assert by_version(((3, 11), "None"), ((3, 15), "BINARY_OP_EXTEND")) == str(form)
    assert by_version(((3, 11), "deoptimized"), ((3, 15), "missing")) == state
