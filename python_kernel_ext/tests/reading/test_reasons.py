# SPDX-License-Identifier: BSD-3-Clause
"""The reasons of failed sites: held to the forms of this CPython, and to statements that run."""

from __future__ import annotations

import os
import sys
from fnmatch import fnmatch

import pytest
from reading.test_matrix import CASES, Case
from reading.warming import warmed

from ipyspecialize import inspect, load
from ipyspecialize.cpython.families import FACTS
from ipyspecialize.cpython.fits import FAMILIES, family_of, fits_of
from ipyspecialize.cpython.tables import FAMILY_OF

RELEASE = sys.version_info[:2]


def _patterns(opname: str, operator: str | None) -> list[str]:
    """Return the patterns of the forms that a reason would say fit here."""
    family = family_of(opname, operator)
    assert family is not None, opname
    return [pattern for fit in fits_of(family, operator, RELEASE) for pattern in fit.forms.split()]


def test_every_form_of_this_release_is_told_of() -> None:
    told = [
        pattern
        for family in {*FAMILIES.values(), family_of("BINARY_OP", "[]")}
        if family is not None
        for fit in family.fits
        if fit.since <= RELEASE and (fit.until is None or RELEASE < fit.until)
        for pattern in fit.forms.split()
    ]
    forms = set(FAMILY_OF) - FACTS[RELEASE].general

    assert {form for form in forms if not any(fnmatch(form, each) for each in told)} == set()


def test_every_family_of_this_release_has_its_words() -> None:
    assert set(FAMILY_OF.values()) - set(FAMILIES) == set()


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.gives != "none"],
    ids=lambda case: f"{case.family}-{case.name}",
)
def test_a_reason_names_what_fits_and_is_there_where_nothing_does(case: Case) -> None:
    function, code = case.made()
    for _ in range(min(200, case.upto)):
        function()
    reading = inspect(code)
    site = case.site(code)
    assert site is not None

    reasons = {reason.id: reason for reason in reading.reasons}
    if site.form is not None and site.state != "general":
        assert any(fnmatch(site.form, each) for each in _patterns(site.opname, site.operator))
        assert site.reason is None
    elif site.state in ("failed", "deoptimized"):
        assert site.reason in reasons
        assert reasons[site.reason or ""].text.startswith(f"In {RELEASE[0]}.{RELEASE[1]}, ")
    else:
        assert site.reason is None


def test_a_reason_says_what_would_fit_and_what_to_write() -> None:
    def mixed(a: float, b: str) -> object:
        try:
            return a + b  # type: ignore[operator]
        except TypeError:
            return None

    for _ in range(100):
        mixed(1.5, "x")
    reading = inspect(mixed)
    (failed,) = [site for site in reading.sites if site.state == "failed"]
    (reason,) = [reason for reason in reading.reasons if reason.id == failed.reason]

    assert reason.id == "BINARY_OP:+"
    assert "two floats" in reason.text
    assert "`+`" in reason.text
    assert reason.fix is not None
    assert "2.0" in reason.fix


def test_only_the_reasons_that_are_asked_for_are_sent_and_come_back() -> None:
    def mixed(a: object, b: object) -> bool:
        return a in (b, b)

    def plain(a: int) -> int:
        return a - 1

    def failing(a: complex) -> complex:
        return a * a

    for _ in range(100):
        mixed(1, 2)
        plain(3)
        failing(1j)
    reading = inspect(plain, failing)
    loaded = load(reading.to_payload())

    assert [reason.id for reason in loaded.reasons] == ["BINARY_OP:*"]
    assert [site.reason for site in loaded.sites] == [site.reason for site in reading.sites]
    assert loaded.to_payload()["reasons"] == reading.to_payload()["reasons"]


class Called:
    """What has no form to be called by up to 3.12."""

    def __call__(self, value: object) -> None:
        """Do nothing."""


def test_only_a_call_that_somebody_wrote_has_a_reason() -> None:
    text = "def f(path, called):\n    with open(path):\n        called(None)\n"

    sites = inspect(warmed(text, os.devnull, Called()), source=text).sites

    why = {site.span.line: site.reason for site in sites if site.span and site.state == "failed"}
    # Leaving the block fails on 3.11, too, and what could be written instead?
    assert (None, RELEASE < (3, 13)) == (why.get(2), why.get(3) is not None)
