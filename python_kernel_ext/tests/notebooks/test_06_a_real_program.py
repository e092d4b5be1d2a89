# SPDX-License-Identifier: BSD-3-Clause
"""The lesson on a real program keeps its word on every Python."""

from __future__ import annotations

import re
from functools import partial

from notebooks.ran import Try, by_version, changed, ran

OPERATORS = {
    "a.place - b.place",
    "gap * (b.mass * pull)",
    "a.speed - gap * (b.mass * pull)",
    "gap * (a.mass * pull)",
    "b.speed + gap * (a.mass * pull)",
    "body.speed * time",
    "body.place + body.speed * time",
}
DIVISION = "time / (distance * distance * distance)"
ROOT = "(x * x + y * y + z * z) ** 0.5"
SQRT = "math.sqrt(x * x + y * y + z * z)"

METHODS = (("__add__", "plus"), ("__sub__", "minus"), ("__mul__", "times"))
CALLS = (
    ("a.place - b.place", "a.place.minus(b.place)"),
    ("a.speed - gap * (b.mass * pull)", "a.speed.minus(gap.times(b.mass * pull))"),
    ("b.speed + gap * (a.mass * pull)", "b.speed.plus(gap.times(a.mass * pull))"),
    ("body.place + body.speed * time", "body.place.plus(body.speed.times(time))"),
)
lesson = partial(
    ran,
    "06",
    Try("again", changed("06", "first")),
    Try("no-slots", changed("06", "slots", ('    __slots__ = ("x", "y", "z")\n\n', ""))),
    Try("methods", changed("06", "first", *METHODS, *CALLS)),
    Try("ints", changed("06", "data", ("((0.0, 0.0, 0.0),", "((0, 0, 0),"))),
    Try("from-ints", changed("06", "plain")),
    Try(
        "root", changed("06", "plain", ("class Body", "import math\n\n\nclass Body"), (ROOT, SQRT))
    ),
)


def failed_in(after: str) -> dict[str, int]:
    """Return how many sites the review printed as failed, by instruction."""
    rows = re.findall(r"^ +(\d+) ([A-Z_]+) ", lesson().said(after), re.MULTILINE)
    return {name: int(number) for number, name in rows}


def test_the_first_version_fails_at_fields_and_operators() -> None:
    fields = lesson().states("first", "gap.x", "self.x", "other.z", after="first")
    operators = lesson().states("first", *OPERATORS, after="first")

    assert ["failed"] * 3 == fields
    assert ["failed"] * len(OPERATORS) == operators


def test_the_review_finds_two_causes_and_what_the_version_adds() -> None:
    found = failed_in("review")

    assert 21 == found.pop("LOAD_ATTR")
    division = by_version(((3, 11), ""), ((3, 14), DIVISION)) != ""
    assert len(OPERATORS) + division == found.pop("BINARY_OP")
    making = by_version(((3, 11), "PRECALL CALL"), ((3, 13), ""))
    assert set(found) <= set(making.split())


def test_slots_mend_the_fields_and_leave_the_operators() -> None:
    fields = lesson().states("slots", "self.x", "other.z", "self.z * factor")

    assert ["specialized"] * 3 == fields
    assert "LOAD_ATTR" not in failed_in("slots")
    assert failed_in("review")["BINARY_OP"] == failed_in("slots")["BINARY_OP"]


def test_plain_floats_are_green_but_for_the_root_and_later_the_division() -> None:
    root = lesson().states("plain", ROOT)
    division = lesson().states("plain", DIVISION)

    assert ["unsupported"] == root
    assert [by_version(((3, 11), "unsupported"), ((3, 14), "failed"))] == division
    allowed = {"specialized"} | ({"failed"} if division == ["failed"] else set())
    assert allowed == lesson().painted("plain", within="advance")
    assert (1 if division == ["failed"] else 0) == sum(failed_in("plain").values())


def test_the_planets_keep_their_energy() -> None:
    before, after = (float(word.strip(",")) for word in lesson().said("energy").split()[4::2])

    assert abs(before - after) < 1e-4


def test_without_slots_the_fields_are_as_green() -> None:
    fields = lesson().states("no-slots", "self.x", "other.z", "self.z * factor")

    assert ["specialized"] * 3 == fields


def test_methods_in_place_of_operators_leave_the_fields_red() -> None:
    sites = [site for _, call in CALLS for site in lesson().sites("methods", call)]

    assert len(CALLS) <= len(sites)
    assert "failed" not in {site.state for site in sites}
    assert ["failed"] * 2 == lesson().states("methods", "self.x", "gap.x")


def test_an_int_at_the_start_leaves_no_trace() -> None:
    cells = ("plain", "from-ints")

    first, second = (lesson().states(cell, "a.x - b.x", "body.x", DIVISION) for cell in cells)

    assert first == second
    assert lesson().painted("plain", "advance") == lesson().painted("from-ints", "advance")


def test_the_call_of_the_root_is_green() -> None:
    assert ["specialized"] == lesson().states("root", SQRT)
