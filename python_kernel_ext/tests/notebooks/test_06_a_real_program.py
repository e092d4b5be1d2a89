# SPDX-License-Identifier: BSD-3-Clause
"""The lesson on a real program keeps its word on every Python."""

from __future__ import annotations

from notebooks.ran import by_version, ran

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


def failed_in(after: str) -> dict[str, int]:
    """Return how many sites the review printed as failed, by instruction."""
    _, *lines = ran("06").said(after).splitlines()
    return {name: int(number) for number, name, *_ in map(str.split, lines)}


def test_the_first_version_fails_at_fields_and_operators() -> None:
    lesson = ran("06")

    fields = lesson.states("first", "gap.x", "self.x", "other.z", after="first")
    operators = lesson.states("first", *OPERATORS, after="first")

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
    lesson = ran("06")

    fields = lesson.states("slots", "self.x", "other.z", "self.z * factor")

    assert ["specialized"] * 3 == fields
    assert "LOAD_ATTR" not in failed_in("review-slots")
    assert failed_in("review")["BINARY_OP"] == failed_in("review-slots")["BINARY_OP"]


def test_plain_floats_are_green_but_for_the_root_and_later_the_division() -> None:
    lesson = ran("06")

    root = lesson.states("plain", "(x * x + y * y + z * z) ** 0.5")
    division = lesson.states("plain", DIVISION)

    assert ["unsupported"] == root
    assert [by_version(((3, 11), "unsupported"), ((3, 14), "failed"))] == division
    allowed = {"specialized"} | ({"failed"} if division == ["failed"] else set())
    assert allowed == lesson.painted("plain", within="advance")
    assert (1 if division == ["failed"] else 0) == sum(failed_in("review-plain").values())


def test_the_planets_keep_their_energy() -> None:
    before, after = (float(word.strip(",")) for word in ran("06").said("energy").split()[4::2])

    assert abs(before - after) < 1e-4
