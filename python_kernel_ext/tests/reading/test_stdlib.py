# SPDX-License-Identifier: BSD-3-Clause
"""The whole standard library, instruction by instruction, against `dis`; cold and warmed up."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ipyspecialize.reading.traces import jit_is_on

if TYPE_CHECKING:
    from collections.abc import Callable

#: Fewer would mean that the walk missed most of the library.
MOST_OF_IT = 500_000
MUCH_OF_IT = 150_000


def walked(how: str, folder: Path) -> dict[str, int]:
    program = Path(__file__).with_name("stdlib_walk.py")
    done = subprocess.run(  # noqa: S603 - this interpreter, that program
        [sys.executable, str(program), how],
        cwd=folder,  # some of CPython's tests write where they stand
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.timeout(300)
def test_what_never_ran_is_read_as_dis_reads_it(
    tmp_path: Path, record_sites: Callable[..., None]
) -> None:
    found = walked("cold", tmp_path)

    record_sites(found["sites"], differences=found["differences"])
    assert 0 == found["differences"]
    assert found["instructions"] > MOST_OF_IT
    # Nothing ran, so nothing is known but that; 3.11 calls it waiting until the code is hot.
    never = "state waiting" if sys.version_info < (3, 12) else "state cold"
    assert found["sites"] == found[never]


@pytest.mark.skipif(importlib.util.find_spec("test.test_json") is None, reason="no CPython tests")
@pytest.mark.timeout(300)
def test_what_cpythons_own_tests_have_warmed_is_read_as_dis_reads_it(
    tmp_path: Path, record_sites: Callable[..., None]
) -> None:
    found = walked("warm", tmp_path)

    record_sites(found["sites"], differences=found["differences"])
    assert 0 == found["differences"]
    assert found["instructions"] > MUCH_OF_IT
    assert found["state specialized"] > 1000  # it ran
    # No word is met that the tables cannot explain; a JIT's emptied counters say nothing.
    assert jit_is_on() or "state unknown" not in found
