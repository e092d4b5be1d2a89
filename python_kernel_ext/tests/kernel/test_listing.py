# SPDX-License-Identifier: BSD-3-Clause
"""The magics' -t and -o: source files below a cell, with their shares and their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ipyspecialize.ipython.directive import split_words
from ipyspecialize.ipython.listing import MOST
from ipyspecialize.payload import MIME

if TYPE_CHECKING:
    from pathlib import Path

    from kernel.driver import Answer, Kernel

SPAM = """\
def add(a, b):
    return a + b  # <é>

def fail(a, b):
    return a + b
"""
# Complex numbers have no fast form on any version.
WARM = "import spam\nfor i in range(99): spam.add(i, 1); spam.fail(1j, i)"


@pytest.fixture
def folder(kernel: Kernel, tmp_path: Path) -> Path:
    """Return the kernel's folder, with two modules in it."""
    (tmp_path / "spam.py").write_text(SPAM, "utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "idle.py").write_text("def idle(): pass\n", "utf-8")
    forget = "import sys\nsys.modules.pop('spam', None)\nsys.path[0] = ''"
    kernel.run(f"%cd -q {tmp_path}\n{forget}")
    return tmp_path


def listed(answer: Answer) -> dict[str, Any]:
    """Return the data of the one display that is a list of files."""
    (data,) = (
        content["data"]
        for kind, content in answer.messages
        if kind == "display_data" and MIME not in content["data"]
    )
    return dict(data)


def test_a_cell_is_coloured_and_lists_the_files_that_it_used(kernel: Kernel, folder: Path) -> None:
    answer = kernel.run(f"%%specialize -t '**/*.py'\n{WARM}", cell_id="list")

    assert 1 == len(answer.payloads())
    data = listed(answer)
    assert (
        "specialize: 2 files\n"
        "  spam.py: 1 of 2 sites specialized (50 %), 1 failed\n"
        "  deep/idle.py: none of its functions is alive in this kernel: import it, and run the "
        "cell again"
    ) == data["text/plain"]
    assert 1 == data["text/html"].count("<details>")
    assert "# &lt;é&gt;" in data["text/html"]
    assert {"deep", "spam.py"} <= {entry.name for entry in folder.iterdir()}
    assert not list(folder.glob("**/*.html"))


def test_pages_go_to_the_folder_that_is_named_and_each_file_is_a_link(
    kernel: Kernel, folder: Path
) -> None:
    kernel.run(WARM)

    data = listed(kernel.run("%specialize -b -t spam.py -t 'deep/*.py' -o 'my pages'"))

    assert f"pages: {folder / 'my pages' / 'index.html'}" in data["text/plain"]
    assert "my%20pages/spam.py.html" in data["text/html"]
    page = (folder / "my pages" / "spam.py.html").read_text("utf-8")
    assert "return" in page
    assert "deep/idle.py" in (folder / "my pages" / "index.html").read_text("utf-8")


def test_without_a_glob_the_cell_itself_has_a_page(kernel: Kernel, folder: Path) -> None:
    answer = kernel.run("%%specialize -o pages\nfor i in range(99): i + 1", cell_id="own")

    data = listed(answer)
    (page,) = (folder / "pages").iterdir()
    assert page.name.startswith("cell-")
    assert str(page) in data["text/plain"]
    assert "range" in page.read_text("utf-8")


def test_what_is_large_is_listed_without_its_text(kernel: Kernel, folder: Path) -> None:
    (folder / "spam.py").write_text(SPAM + "# long\n" * (MOST // 10), "utf-8")
    kernel.run(WARM)

    data = listed(kernel.run("%specialize -t spam.py"))

    assert "-o DIR writes pages" in data["text/plain"]
    assert len(data["text/html"]) < 1000


def test_a_page_that_cannot_be_written_is_said_and_the_list_is_whole(
    kernel: Kernel, folder: Path
) -> None:
    (folder / "pages").mkdir()
    (folder / "pages" / "spam.py.html").write_text("mine", "utf-8")
    kernel.run(WARM)

    told = [
        listed(kernel.run(f"%specialize -t spam.py -o {name}")) for name in ("pages", "spam.py")
    ]

    for data in told:
        assert "spam.py: 1 of 2 sites specialized" in data["text/plain"]
        assert "could be written" in data["text/plain"]
    assert "mine" == (folder / "pages" / "spam.py.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("%specialize -t 'spma.py'", "Did you mean"),
        ("%specialize -o pages", "without -t GLOB there is nothing to list"),
        ("%specialize -t", "expected one argument"),
        ("%specialize -t 'a", "No closing quotation"),
        ("%specialize -x", "cannot read '-x'"),
        ("%%specialize -t\n1", "expected one argument"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_done_is_answered_with_advice(kernel: Kernel, line: str, said: str) -> None:
    answer = kernel.run(line)

    displayed = [c["data"]["text/plain"] for _, c in answer.messages if "data" in c]
    assert said in answer.text + "".join(displayed)


def test_backslashes_belong_to_paths_on_windows() -> None:
    assert ["-t", "C:\\a b\\*.py"] == split_words(r'-t "C:\a b\*.py"', backslashes=True)
    assert ["-t", "a b"] == split_words(r"-t a\ b", backslashes=False)
