# SPDX-License-Identifier: BSD-3-Clause
"""The line that ends `npm test` counts what the three runners write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tally import Tally

if TYPE_CHECKING:
    from pathlib import Path

PYTEST = """<testsuites><testsuite name="pytest">
  <testcase classname="tests.a" name="test_good"/>
  <testcase classname="tests.a" name="test_bad"><failure message="no">no</failure></testcase>
  <testcase classname="tests.a" name="test_broken"><error message="fixture">x</error></testcase>
  <testcase classname="tests.a" name="test_left"><skipped message="on 3.13">x</skipped></testcase>
</testsuite></testsuites>"""
PLAYWRIGHT = """<testsuites><testsuite name="a.spec.ts">
  <testcase name="opens" classname="a.spec.ts"/>
  <testcase name="left" classname="a.spec.ts">
    <properties><property name="skip" value="no GPU"/></properties><skipped></skipped>
  </testcase>
</testsuite></testsuites>"""
VITEST_ALL_SKIPPED = """<testsuites><testsuite name="a.spec.ts">
  <testcase classname="a.spec.ts" name="left"><skipped/></testcase>
</testsuite></testsuites>"""


def counted(xml: str, folder: Path, status: int = 0) -> Tally:
    """Return a tally of one report."""
    file = folder / "report.xml"
    file.write_text(xml, encoding="utf-8")
    tally = Tally()
    tally.report("suite", file, status)
    return tally


def test_each_case_of_a_report_counts_once(tmp_path: Path) -> None:
    tally = counted(PYTEST, tmp_path, status=1)

    expected = Tally(
        passed=1,
        failures=["suite: tests.a test_bad", "suite: tests.a test_broken"],
        skips=["suite: tests.a test_left: on 3.13"],
    )
    assert expected == tally


def test_the_reason_of_a_browser_test_s_skip_is_found(tmp_path: Path) -> None:
    assert ["suite: a.spec.ts left: no GPU"] == counted(PLAYWRIGHT, tmp_path).skips


def test_a_suite_that_ran_no_test_has_failed(tmp_path: Path) -> None:
    assert ["suite: no test was run"] == counted(VITEST_ALL_SKIPPED, tmp_path).failures


def test_a_suite_that_wrote_no_report_has_failed(tmp_path: Path) -> None:
    tally = Tally()
    tally.report("suite", tmp_path / "absent.xml", 0)

    assert ["suite: no test was run"] == tally.failures


def test_a_runner_that_fails_without_a_failing_case_has_failed(tmp_path: Path) -> None:
    assert ["suite: its runner ended with status 3"] == counted(PLAYWRIGHT, tmp_path, 3).failures


@pytest.mark.parametrize(
    ("tally", "status", "line"),
    [
        (Tally(passed=2, skips=["a: why"]), 0, "2 passed, 0 failed, 1 skipped"),
        (Tally(passed=2, failures=["b"]), 1, "2 passed, 1 failed, 0 skipped"),
        (Tally(), 1, "0 passed, 0 failed, 0 skipped"),
    ],
)
def test_the_last_line_sums_up_and_the_status_follows(
    tally: Tally, status: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = tally.close()

    assert (status, line) == (ended, capsys.readouterr().out.splitlines()[-1])
