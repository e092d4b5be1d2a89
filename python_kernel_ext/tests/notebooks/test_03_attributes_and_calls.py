# SPDX-License-Identifier: BSD-3-Clause
"""The lesson on attributes and calls keeps its word on every Python."""

from __future__ import annotations

from functools import partial

import pytest
from notebooks.ran import Try, by_version, changed, ran

PAIRS = "mixed = [Point(1.5, 2.5), SlotPoint(1.5, 2.5)] * 20"
BLOCKS = "mixed = [Point(1.5, 2.5)] * 100 + [SlotPoint(1.5, 2.5)] * 100"
lesson = partial(
    ran,
    "03",
    Try("blocks", changed("03", "two", (PAIRS, BLOCKS))),
    Try(
        "more",
        changed(
            "03",
            "four",
            ("class Point:\n", "class Point:\n    scale = 10.0\n\n"),
            ("        point.x\n", "        point.scale\n        Point(1.5, 2.5)\n"),
        ),
    ),
)


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
    assert [state] == lesson().states("four", line, within="visit")


def test_slots_are_as_green_by_another_form() -> None:
    seen = [
        (site.state, site.form)
        for cell, function in (("four", "visit"), ("slots", "visit_slots"))
        for site in lesson().sites(cell, "point.x", within=function)
    ]

    assert [
        ("specialized", "LOAD_ATTR_INSTANCE_VALUE"),
        ("specialized", "LOAD_ATTR_SLOT"),
    ] == seen


def test_two_classes_at_one_place_miss() -> None:
    assert ["missing"] == lesson().states("two", "point.x", within="total")


def test_the_53rd_miss_ends_the_form() -> None:
    table = lesson().table("misses")
    rows = [line.split() for line in table]

    # Pairs, state, form: on 3.11 the first eight rounds pass before there is any form.
    before = [[pairs, "missing", "LOAD_ATTR_SLOT"] for pairs in ("10", "30", "52")]
    after = by_version(
        ((3, 11), ["deoptimized missing", "None LOAD_ATTR_INSTANCE_VALUE"]),
        ((3, 12), ["missing missing", " ".join(["LOAD_ATTR_INSTANCE_VALUE"] * 2)]),
    )
    assert before == [[row[0], row[2], row[-1]] for row in rows[:3]]
    assert after == [" ".join(row[2] for row in rows[-2:]), " ".join(row[-1] for row in rows[-2:])]


def test_the_second_of_two_blocks_ends_with_a_form_of_its_own() -> None:
    [site] = lesson().sites("blocks", "point.x", within="total")

    assert ("specialized", "LOAD_ATTR_SLOT") == (site.state, site.form)


def test_what_the_class_itself_has_is_green_from_3_13_on_and_so_is_making_a_point() -> None:
    state = by_version(((3, 11), "failed"), ((3, 13), "specialized"))

    seen = lesson().states("more", "point.scale", "Point(1.5, 2.5)", within="visit")

    assert [state] * 2 == seen
