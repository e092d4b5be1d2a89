# SPDX-License-Identifier: BSD-3-Clause
"""Which files hold for the running interpreter, and how many sites were held against it."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ipyspecialize.reading.traces import jit_is_on

if TYPE_CHECKING:
    from collections.abc import Callable

collect_ignore = ["test_states_3_11.py", "test_states_since_3_12.py", "test_traces.py"]
if jit_is_on():
    collect_ignore.remove("test_traces.py")
    collect_ignore.append("test_goldens.py")  # no exact numbers, which the others assert
elif sys.version_info >= (3, 12):
    collect_ignore.remove("test_states_since_3_12.py")
else:
    collect_ignore.remove("test_states_3_11.py")
if sys.platform == "emscripten":
    collect_ignore.append("test_stdlib.py")  # it starts processes

_checked: Counter[str] = Counter()


@pytest.fixture(scope="session")
def record_sites() -> Callable[..., None]:
    """Return what counts sites that were compared with the truth, and those that differed."""

    def record(sites: int, *, differences: int = 0) -> None:
        _checked["sites"] += sites
        _checked["differences"] += differences

    return record


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many sites were compared; ``SPECIALIZE_SITES`` names a file that is told, too."""
    if not _checked:
        return
    told = {
        "python": platform.python_version() + (" with JIT" if jit_is_on() else ""),
        "sites": _checked["sites"],
        "differences": _checked["differences"],
    }
    terminalreporter.write_line(
        "CPython {python}: {sites} sites, {differences} differences".format(**told)
    )
    if file := os.environ.get("SPECIALIZE_SITES"):
        Path(file).write_text(json.dumps(told), encoding="utf-8")
