# SPDX-License-Identifier: BSD-3-Clause
"""Real kernels for the tests, one a file: starting one takes most of a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kernel.driver import Kernel

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    """Return a kernel in which the startup file has loaded the extension."""
    started = Kernel()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def plain() -> Iterator[Kernel]:
    """Return a kernel without anything of ours, for comparison."""
    started = Kernel()
    started.run("%unload_ext ipyspecialize")
    yield started
    started.stop()


@pytest.fixture
def fresh() -> Iterator[Kernel]:
    """Return a kernel that the test may break."""
    started = Kernel()
    yield started
    started.stop()
