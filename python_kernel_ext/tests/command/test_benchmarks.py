# SPDX-License-Identifier: BSD-3-Clause
"""Well-known programs: under the command they do what they do, and a page shows them."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from command.benchmarks import benchmarks, program
from command.running import plain, write

if TYPE_CHECKING:
    from pathlib import Path

#: In this process, one value of one loop.
ONCE = ["--worker", "--loops", "1", "--warmups", "0", "--values", "1", "--min-time", "0.000001"]
PROGRAMS = {
    "nbody": ["--iterations", "2000"],
    "richards": [],
    "deltablue": [],
    "raytrace": ["--width", "30", "--height", "30"],
    "fannkuch": [],
    "comprehensions": [],
}
FUNCTIONS = {
    "nbody": "advance",
    "richards": "schedule",
    "deltablue": "chain_test",
    "raytrace": "firstIntersection",
    "fannkuch": "fannkuch",
    "comprehensions": "make_some_widgets",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_benchmark_runs_as_under_plain_python_and_has_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    fetched = benchmarks()
    monkeypatch.setenv("PYTHONPATH", str(fetched), prepend=os.pathsep)
    shutil.copy(program(fetched, name), tmp_path / f"{name}.py")
    words = [f"{name}.py", *ONCE, *PROGRAMS[name]]

    ran = plain(tmp_path, "-m", "ipyspecialize", "-o", "out", *words)

    page = tmp_path / "out" / f"{name}.py.html"
    expected = plain(tmp_path, *words)
    assert (expected.status, _own(expected.said)) == (ran.status, _own(ran.said))
    assert f"{tmp_path / f'{name}.py'} -> {page}\n" in ran.said
    assert FUNCTIONS[name] in (text := page.read_text("utf-8"))
    assert re.search(r"[1-9]\d* of \d+ sites specialized", text)


def test_a_test_run_writes_pages_of_the_package_it_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # those of this environment are slow
    package = {
        "pkg/__init__.py": "",
        "pkg/deep/__init__.py": "",
        "pkg/deep/sums.py": "def total(xs):\n    s = 0\n    for x in xs: s += x\n    return s\n",
        "pkg/idle.py": "def idle():\n    return 1\n",
    }
    test = "from pkg.deep.sums import total\ndef test_it():\n    assert total([1] * 99) == 99\n"
    write(tmp_path, {**package, "tests/test_sums.py": test})
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider"]

    ran = plain(tmp_path, "-m", "ipyspecialize", "-o", "out", "-t", "pkg/**/*.py", *words)

    assert 0 == ran.status == plain(tmp_path, *words).status
    assert "1 passed" in ran.said
    assert "nothing ran in this process of" in ran.said
    index = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "deep/sums.py.html" in index
    assert "idle.py" in index


def _own(said: str) -> str:
    """Return what the program wrote, without how long it took."""
    ours = r"(?m)^(specialize: .*|/.* -> .*)\n"
    return re.sub(r"[\d.]+ (sec|ms|us|ns)\b", "N", re.sub(ours, "", said))
