# SPDX-License-Identifier: BSD-3-Clause
"""The comparison makes equal what differs by itself, and nothing else."""

from __future__ import annotations

import pytest

from compare_notebooks import compared
from notebook_outputs import Said, equalised
from notebook_runs import with_comment, with_magic


def said(*lines: str) -> Said:
    """Return what a cell said that printed *lines*."""
    return Said("the source", lines, 1, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<A at 0x7f22498c8f10>", "<A at 0x7f43dff1d610>"),
        ("CPU times: user 5 µs\nWall time: 9 µs", "CPU times: user 1 s\nWall time: 2 s"),
        ("/tmp/ipykernel_12/345.py:1: W", "/tmp/ipykernel_67/8901.py:1: W"),  # noqa: S108 - a text
        ("1 ns ± 0 ns per loop (mean ± a)", "2 s ± 1 s per loop (mean ± b)"),
    ],
)
def test_what_differs_by_itself_is_made_equal(one: str, other: str) -> None:
    assert equalised(one) == equalised(other)


@pytest.mark.parametrize(("one", "other"), [("a", "b"), ("line 2", "line 3"), ("1.5", "1.25")])
def test_what_a_cell_says_is_not_made_equal(one: str, other: str) -> None:
    assert equalised(one, placed=True) != equalised(other, placed=True)


def test_a_cell_that_says_something_else_is_reported_with_its_number() -> None:
    ((number, diff),) = compared(
        [said("same"), said("one")], [said("same"), said("two")], "magic"
    ).differences

    assert (2, True) == (number, "-one\n+two" in diff)


def test_a_run_that_ends_too_soon_differs() -> None:
    assert [2] == [n for n, _ in compared([said("a"), said("b")], [said("a")], "x").differences]


@pytest.mark.parametrize(
    ("source", "commented"),
    [
        ("x = 1\ny = 2", "#%specialize\nx = 1\ny = 2"),
        ("    x = 1\n    y", "    #%specialize\n    x = 1\n    y"),
        (">>> x = 1\n>>> y", ">>> #%specialize\n>>> x = 1\n>>> y"),
        ("ls", "ls"),
        ("%%time\nx = 1", "%%time\nx = 1"),
    ],
)
def test_a_comment_stands_where_the_magic_stands(source: str, commented: str) -> None:
    assert (commented, f"%%specialize\n{source}") == (with_comment(source), with_magic(source))


def test_a_cell_that_has_the_magic_is_left_alone() -> None:
    assert "%%specialize -b\nx" == with_magic("%%specialize -b\nx")
