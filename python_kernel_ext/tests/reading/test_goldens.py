# SPDX-License-Identifier: BSD-3-Clause
"""What is printed of each case in ``cases/``, as it was when somebody last looked at it.

`npm run regenerate` writes ``goldens/`` anew, on every release that is to be had.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from ipyspecialize import inspect

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.py"))
GOLDENS = HERE / "goldens" / "{}.{}".format(*sys.version_info[:2])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_case_is_printed_as_when_it_was_last_looked_at(case: Path) -> None:
    text = case.read_text("utf-8")
    code = compile(text, f"<{case.stem}>", "exec")
    exec(code, {"__name__": case.stem})  # noqa: S102 - what is read must have run

    # One for all patch releases.
    printed = re.sub(r"\(CPython (\d+\.\d+)\S*\)", r"(CPython \1)", str(inspect(code, source=text)))

    golden = GOLDENS / f"{case.stem}.txt"
    if os.environ.get("SPECIALIZE_REGENERATE"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(f"{printed}\n", encoding="utf-8")
    assert golden.read_text("utf-8") == f"{printed}\n"
