# SPDX-License-Identifier: BSD-3-Clause
"""Every form and every known failure, on real functions, at every number of executions.

``matrix.toml`` says what each statement gives on each release, `simulated` what its counter
then holds: the reader must say so at each N.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from reading.simulated import GENERAL, Seen
from reading.simulated import Site as Simulated

from ipyspecialize import inspect
from ipyspecialize.cpython.tables import FAMILY_OF
from ipyspecialize.reading.traces import jit_is_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

    from ipyspecialize.records import Site

VERSION = sys.version_info[:2]
#: Executions at which everything is looked at: those at which a countdown is 0, and long runs.
EXECUTIONS = (1, 2, 4, 11, 26, 57, 120, 247, 1000, 10_000)
#: Calls until 3.11 quickens a function: it is tried for the first time at the next one.
BEFORE = 7 if VERSION == (3, 11) else 0


class Case(NamedTuple):
    """One statement; fields as in ``matrix.toml``."""

    family: str
    name: str
    setup: str
    body: str | None
    gives: str
    upto: int

    @property
    def families(self) -> tuple[str, ...]:
        """Its family in this release, both of 3.11's call."""
        match self.family:
            case "SUBSCR":
                return ("BINARY_SUBSCR",) if VERSION < (3, 14) else ("BINARY_OP",)
            case "METHOD":
                return ("LOAD_METHOD",) if VERSION < (3, 12) else ("LOAD_ATTR",)
            case "CALL":
                return ("PRECALL", "CALL")
            case "CALL_KW":
                return ("PRECALL", "CALL") if VERSION < (3, 13) else ("CALL_KW",)
            case family:
                return (family,)

    def made(self) -> tuple[Callable[[], object], CodeType]:
        """Return the function to run, and the code its site is in; both cold."""
        space: dict[str, Any] = {}
        exec(compile(self.setup, "<case>", "exec"), space)  # noqa: S102 - the only way to fresh code
        if self.body is not None:
            lines = "\n".join(f"    {line}" for line in self.body.splitlines())
            exec(compile(f"def f():\n{lines}\n", "<case>", "exec"), space)  # noqa: S102
        function = space["f"]
        return function, getattr(function, "inner", function).__code__

    def site(self, code: CodeType) -> Site | None:
        """Return the last site of its family."""
        found = [site for site in inspect(code).sites if site.opname in self.families]
        return found[-1] if found else None


def _cases() -> list[Case]:
    text = Path(__file__).with_name("matrix.toml").read_text("utf-8")
    return [
        Case(
            family,
            row["name"],
            row.get("setup", ""),
            row.get("body"),
            _now(row["gives"]),
            row.get("upto", EXECUTIONS[-1]),
        )
        for family, rows in tomllib.loads(text).items()
        for row in rows
    ]


def _now(gives: dict[str, str]) -> str:
    """Return what holds for the running release."""
    since = {tuple(map(int, version.split("."))): seen for version, seen in gives.items()}
    return since[max(version for version in since if version <= sys.version_info[:3])]


CASES = _cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.family}-{case.name}")
def test_a_site_is_judged_as_cpython_left_it(case: Case, record_sites: Callable[..., None]) -> None:
    function, code = case.made()
    if case.gives == "none":
        assert case.site(code) is None
        return
    _run(function, BEFORE)
    simulated, ran = None, 0
    for times in (times for times in EXECUTIONS if times <= case.upto):
        _run(function, times - ran)
        site = case.site(code)
        assert site is not None
        if simulated is None:
            simulated = Simulated(VERSION, site.opname, case.gives)
        for _ in range(times - ran):
            simulated.run()
        ran = times
        expected, seen = simulated.seen(), _seen(site)
        if jit_is_on():
            seen = _as_far_as_it_goes(seen, expected, misses=simulated.misses)
        record_sites(1, differences=int(expected != seen))
        assert (times, expected) == (times, seen)


def _run(function: Callable[[], object], times: int) -> None:
    for _ in range(times):
        function()


def _as_far_as_it_goes(seen: Seen, truth: Seen, *, misses: int) -> Seen:
    """Return *truth* if *seen*, read where the JIT is on, says less but nothing else.

    misses:  All that there were: the JIT moves the moment at which CPython counts anew.
    """
    states = {truth.state, "unknown"} | ({"specialized", "missing"} if misses else set())
    holds = (
        not seen.exact
        and seen.form in (truth.form, None)
        and seen.state in states
        and _at_most(seen.attempts, truth.attempts)
        and _at_most(seen.executions, truth.executions)
        and _at_most(seen.misses, misses)
    )
    return truth if holds else seen


def _at_most(seen: int | None, truth: int | None) -> bool:
    return seen is None or (truth is not None and seen <= truth)


def _seen(site: Site) -> Seen:
    given_up = site.state == "unsupported" and VERSION == (3, 11)
    return Seen(
        site.state,
        site.form,
        site.attempts,
        site.executions,
        site.exact,
        site.misses,
        None if given_up else site.raw,
    )


def test_the_matrix_produces_every_form_of_this_release() -> None:
    produced = {case.gives.rstrip("!~") for case in CASES}

    assert set() == set(FAMILY_OF) - produced


def test_the_forms_that_cache_a_kind_only_are_those_of_this_release() -> None:
    assert {form for form in FAMILY_OF if form in GENERAL} == {
        case.gives for case in CASES if case.gives in GENERAL
    }
