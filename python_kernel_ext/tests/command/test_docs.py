# SPDX-License-Identifier: BSD-3-Clause
"""The commands in the documentation print what it says."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "docs" / "command.md"


def blocks(kind: str) -> list[str]:
    """Return the texts of the page's blocks of one *kind*."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def masked(said: str) -> list[str]:
    """Return the lines of *said* in a fixed order, without what differs between two runs."""
    said = re.sub(r"\S*/(?=[\w.]+ -> )", "", said)
    said = re.sub(r"\S+/(?=pages/|spam/)", "", said)
    said = re.sub(r"[\d.]+s$", "N s", said, flags=re.MULTILINE)
    return sorted(re.sub(r"\d+ of \d+ sites specialized \([\d.]+ %\)", "SHARE", said).splitlines())


@pytest.mark.skipif(not PAGE.exists(), reason="the documentation is not in this copy")
def test_the_documented_commands_print_what_is_documented(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    files = {"spam/__init__.py": "", "spam/idle.py": "def idle(): pass\n"}
    for text in blocks("python"):
        if found := re.match(r"# (\S+\.py)\n", text):
            files[found[1]] = text
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    commands = [
        re.match(r"\$ (specialize .*)\n((?:[^$].*\n)*)", text) for text in blocks("console")
    ]
    assert len(commands) > 3
    for command in commands:
        assert command is not None
        words, _, _ = command[1].partition(" > ")
        done = subprocess.run(  # noqa: S603 - this interpreter, our own page
            [sys.executable, "-m", "ipyspecialize", *shlex.split(words)[1:]],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

        shown = "" if "--json" in words else done.stdout
        assert masked(command[2]) == masked(shown + done.stderr), words
        assert (3 if "--fail-under" in words else 0) == done.returncode
