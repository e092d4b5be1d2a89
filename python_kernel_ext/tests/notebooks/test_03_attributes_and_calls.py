# SPDX-License-Identifier: BSD-3-Clause
"""The lesson on attributes and calls keeps its word on every Python."""

from __future__ import annotations

import pytest
from notebooks.ran import by_version, ran

READ = "LOAD_ATTR"


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("point.x", "specialized"),
        ("point.double", by_version(((3, 11), "failed"), ((3, 12), "specialized"))),
        ("point.moved(0.5)", "specialized"),
        (
            "point.moved(by=0.5)",
            by_version(
                ((3, 11), "general"), ((3, 12), "failed"), ((3, 13), ""), ((3, 14), "specialized")
            ),
        ),
    ],
)
def test_each_way_to_a_number_has_its_colour(line: str, state: str) -> None:
    assert [state] == ran("03").states("four", line, within="visit")


def test_slots_are_as_green_by_another_form() -> None:
    lesson = ran("03")

    seen = [
        (site.state, site.form)
        for cell, function in (("four", "visit"), ("slots", "visit_slots"))
        for site in lesson.sites(cell, "point.x", within=function)
    ]

    assert [
        ("specialized", "LOAD_ATTR_INSTANCE_VALUE"),
        ("specialized", "LOAD_ATTR_SLOT"),
    ] == seen


def test_one_class_at_a_place_is_green_and_two_miss() -> None:
    seen = [ran("03").states(cell, "point.x", within="total") for cell in ("one", "two")]

    assert [["specialized"], ["missing"]] == seen


def test_the_53rd_miss_ends_the_form() -> None:
    table = ran("03").table("misses")
    rows = [line.split() for line in table]

    # Pairs, state, form: on 3.11 the first eight rounds pass before there is any form.
    before = [[pairs, "missing", "LOAD_ATTR_SLOT"] for pairs in ("10", "30", "52")]
    after = by_version(
        ((3, 11), ["deoptimized missing", "None LOAD_ATTR_INSTANCE_VALUE"]),
        ((3, 12), ["missing missing", " ".join(["LOAD_ATTR_INSTANCE_VALUE"] * 2)]),
    )
    assert before == [[row[0], row[2], row[-1]] for row in rows[:3]]
    assert after == [" ".join(row[2] for row in rows[-2:]), " ".join(row[-1] for row in rows[-2:])]
