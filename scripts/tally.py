# SPDX-License-Identifier: BSD-3-Clause
"""Count what ran, over all suites, and close with one line.

In: one verdict a linter, one JUnit XML file a test runner. Out: the lines that end `npm test`.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from console import say

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Tally:
    """What ran so far.

    passed:    Checks and test cases that held.
    failures:  The names of those that did not.
    skips:     The names of those left out, each with its reason.
    """

    passed: int = 0
    failures: list[str] = field(default_factory=list)
    skips: list[str] = field(default_factory=list)

    def check(self, name: str, *, ok: bool) -> None:
        """Count one check."""
        if ok:
            self.passed += 1
        else:
            self.failures.append(name)

    def report(self, suite: str, file: Path, status: int) -> None:
        """Count the cases of one JUnit report.

        status:  The runner's exit status; where it alone says so, that is a failure too.
        """
        failed_before, ran = len(self.failures), 0
        for case in _cases(file):
            name = f"{suite}: {case.get('classname', '')} {case.get('name', '')}"
            skipped = case.find("skipped")
            if skipped is not None:
                self.skips.append(f"{name}: {_reason(case, skipped)}")
                continue
            ran += 1
            self.check(name, ok=case.find("failure") is None and case.find("error") is None)
        if not ran:
            self.failures.append(f"{suite}: no test was run")
        elif status and len(self.failures) == failed_before:
            self.failures.append(f"{suite}: its runner ended with status {status}")

    def close(self) -> int:
        """Say how it went; return the exit status."""
        say("")
        for skip in self.skips:
            say(f"skipped: {skip}")
        for failure in self.failures:
            say(f"FAILED: {failure}")
        say(f"{self.passed} passed, {len(self.failures)} failed, {len(self.skips)} skipped")
        return 1 if self.failures or not self.passed else 0


def _cases(file: Path) -> list[ET.Element]:
    try:
        return list(ET.parse(file).getroot().iter("testcase"))  # noqa: S314 - written by our own runner
    except (OSError, ET.ParseError):
        return []


def _reason(case: ET.Element, skipped: ET.Element) -> str:
    """Return why a case was skipped: pytest says it in the element, Playwright in a property."""
    said = skipped.get("message") or (skipped.text or "").strip()
    noted = [each.get("value") for each in case.iter("property") if each.get("name") == "skip"]
    return said or next(filter(None, noted), None) or "no reason given"
