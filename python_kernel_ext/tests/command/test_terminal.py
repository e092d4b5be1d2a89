# SPDX-License-Identifier: BSD-3-Clause
"""What a person at a terminal sees besides the result: colours, and how far a long report is."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from command.running import write

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is POSIX")
MANY = {f"pkg/m{number:02}.py": "def f(a):\n    return a + 1\n" for number in range(12)}
PROGRAM = "".join(f"import pkg.m{number:02} as m\nm.f(1)\n" for number in range(12))


def on_terminal(folder: Path, *words: str, **variables: str) -> str:
    """Run the command on a terminal; return what it wrote there."""
    ours, its = os.openpty()
    with subprocess.Popen(  # noqa: S603 - this interpreter, that program
        [sys.executable, "-m", "ipyspecialize", *words],
        cwd=folder,
        env={**os.environ, "TERM": "xterm", "NO_COLOR": "", **variables},
        stdin=its,
        stdout=its,
        stderr=its,
    ) as process:
        os.close(its)
        read = b""
        try:
            while piece := os.read(ours, 4096):
                read += piece
        except OSError:  # how Linux says that nobody writes any more
            pass
        os.close(ours)
    assert 0 == process.returncode
    return read.decode()


def test_a_long_report_shows_how_far_it_is_and_its_lines_stay_whole(tmp_path: Path) -> None:
    write(tmp_path, {**MANY, "prog.py": PROGRAM})

    said = on_terminal(tmp_path, "-o", "out", "-t", "pkg/*.py", "prog.py")

    assert "12/12" in said
    for name in MANY:
        assert f"{tmp_path / name} -> " in said
    behind = said[said.rindex("12/12") :]
    assert 13 == behind.count(" -> ")


def test_a_short_report_and_one_into_a_file_show_nothing_of_it(tmp_path: Path) -> None:
    write(tmp_path, {**MANY, "prog.py": PROGRAM})
    short = on_terminal(tmp_path, "-o", "out", "-t", "pkg/m0[12].py", "prog.py")
    done = subprocess.run(
        [sys.executable, "-m", "ipyspecialize", "-o", "out", "-t", "pkg/*.py", "prog.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "reading" not in short + done.stdout + done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_sentences_have_colours_where_they_are_wanted(tmp_path: Path) -> None:
    write(tmp_path, {"prog.py": "import os\nos.system('exit 0')\n"})
    wanted, refused = (
        on_terminal(tmp_path, "-o", "out", "prog.py", NO_COLOR=value) for value in ("", "1")
    )

    assert "\x1b[" in wanted
    assert "\x1b" not in refused
    assert "specialize: the program started 1 process" in refused
