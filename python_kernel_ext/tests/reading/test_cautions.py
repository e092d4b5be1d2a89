# SPDX-License-Identifier: BSD-3-Clause
"""What limits a picture is said, with the next act: for builds that cannot be had here, too.

Builds are only asked for what they say of themselves, so that is what is put in their place.
"""

from __future__ import annotations

import sys
import sysconfig
from html import unescape
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from reading.warming import made, warmed

import ipyspecialize
from ipyspecialize.reading.cautions import of_build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ADD = "def f(a, b):\n    return a + b\n"


@pytest.fixture(autouse=True)
def _another_build() -> Iterator[None]:
    """Let each test have a build of its own: a process asks its own once."""
    of_build.cache_clear()
    yield
    of_build.cache_clear()


def said(function: Callable[..., Any]) -> dict[str, str]:
    """Return the warnings of its reading, which all views give alike: what they say, by id."""
    reading = ipyspecialize.inspect(function, source=ADD)
    bundle = reading.bundle()
    assert reading.warnings == ipyspecialize.load(bundle).warnings
    for view in (str(reading), bundle["text/plain"], unescape(bundle["text/html"])):
        assert all(caution.text in view for caution in reading.warnings), view
    return {caution.id: caution.text for caution in reading.warnings}


def test_a_build_without_specialization_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("_opcode"), "ENABLE_SPECIALIZATION", False, raising=False)

    assert "on a regular build of CPython" in said(made(ADD))["switched-off"]


def test_a_free_threaded_build_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = sysconfig.get_config_var
    monkeypatch.setattr(
        sysconfig, "get_config_var", lambda name: 1 if name == "Py_GIL_DISABLED" else asked(name)
    )

    assert "Run the code in the main thread" in said(made(ADD))["free-threaded"]


def test_a_python_that_is_not_cpython_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.implementation, "name", "other")

    reading = ipyspecialize.inspect(warmed(ADD, 1, 2), source=ADD)

    assert {"unknown"} == {site.state for site in reading.sites}
    assert "only CPython specializes" in said(made(ADD))["not-cpython"]
