# SPDX-License-Identifier: BSD-3-Clause
"""Where files have their common root, on POSIX and on Windows."""

from __future__ import annotations

import ntpath
import posixpath

import pytest

from ipyspecialize.report.roots import common_root, name_below


@pytest.mark.parametrize(
    ("files", "root", "names"),
    [
        (["/a/b.py"], "/a", ["b.py"]),
        (["/a/b.py", "/a/c/d.py"], "/a", ["b.py", "c/d.py"]),
        (["/a/b.py", "/c/d.py"], "/", ["a/b.py", "c/d.py"]),
    ],
)
def test_on_posix_all_files_have_a_root(files: list[str], root: str, names: list[str]) -> None:
    assert root == common_root(files, posixpath)
    assert names == [name_below(file, root, posixpath) for file in files]


@pytest.mark.parametrize(
    ("files", "root", "names"),
    [
        (["C:\\a\\b.py", "c:\\a\\c\\d.py"], "a", ["b.py", "c/d.py"]),
        (["C:\\a\\b.py", "D:\\a\\b.py"], "", ["C/a/b.py", "D/a/b.py"]),
        (["C:\\a.py", "\\\\host\\share\\b.py"], "", ["C/a.py", "host-share/b.py"]),
    ],
)
def test_on_windows_files_of_several_drives_have_none(
    files: list[str], root: str, names: list[str]
) -> None:
    found = common_root(files, ntpath)

    assert root == ntpath.basename(found)
    assert names == [name_below(file, found, ntpath) for file in files]


def test_without_files_there_is_no_root() -> None:
    assert "" == common_root([])
