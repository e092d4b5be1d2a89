# SPDX-License-Identifier: BSD-3-Clause
"""Code that changes while it is read, that comes from elsewhere, or whose text is gone."""

from __future__ import annotations

import importlib.util
import linecache
import marshal
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest

import ipyspecialize
from ipyspecialize.cpython.tables import IS_FAMILY
from ipyspecialize.reading import Unit, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import CodeType, ModuleType

TEXT = "def f(a, b):\n    return a.real + b * a\n"


def made(text: str = TEXT) -> Callable[..., Any]:
    space: dict[str, Any] = {}
    exec(compile(text, "<text>", "exec"), space)  # noqa: S102 - the only way to fresh code
    function: Callable[..., Any] = space["f"]
    return function


def imported(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ids(reading: ipyspecialize.Reading) -> set[str]:
    return {warning.id for warning in reading.warnings}


def test_code_that_went_through_marshal_is_cold_whatever_it_was_before() -> None:
    function = made()
    for _ in range(60):
        function(1, 2)

    copy: CodeType = marshal.loads(marshal.dumps(function.__code__))  # noqa: S302 - our own

    warm = {site.state for site in read([Unit(function.__code__, None)]).sites}
    cold = {site.state for site in read([Unit(copy, None)]).sites}
    assert "specialized" in warm
    assert cold <= {"cold", "waiting"}


def test_bytecode_with_other_cache_words_is_unknown_and_it_is_said() -> None:
    code = made().__code__
    units = [code.co_code[at : at + 2] for at in range(0, len(code.co_code), 2)]
    one_more = [unit + (b"\0\0" if IS_FAMILY[unit[0]] else b"") for unit in units]

    reading = ipyspecialize.inspect(code.replace(co_code=b"".join(one_more)), source=TEXT)

    assert {"unknown"} == {site.state for site in reading.sites}
    assert "foreign-bytecode" in ids(reading)


def test_code_without_instructions_or_places_is_read_all_the_same() -> None:
    code = made().__code__

    longer = read([Unit(code.replace(co_code=code.co_code * 2), None)])
    nothing = read([Unit(code.replace(co_code=b""), None)])

    assert (6, 0) == (len(longer.sites), len(nothing.sites))


def test_a_function_whose_code_was_replaced_is_read_as_it_is_now() -> None:
    function, other = made(), made("def f(a, b):\n    return a - b\n")
    function.__code__ = other.__code__

    reading = ipyspecialize.inspect(function, source=TEXT)

    assert {"BINARY_OP"} == {site.opname for site in reading.sites}
    assert {None} == {site.span for site in reading.sites}
    assert "other-text" in ids(reading)


@pytest.mark.skipif(sys.platform == "emscripten", reason="no threads in WebAssembly")
def test_code_that_runs_in_another_thread_meanwhile_is_read_at_one_moment() -> None:
    function = made()
    done = threading.Event()

    def run() -> None:
        while not done.is_set():
            function(1, 2)
            function("a", 2) if function.__defaults__ else function(1.5, 2)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        readings = [ipyspecialize.inspect(function, source=TEXT) for _ in range(300)]
    finally:
        done.set()
        thread.join()

    possible = {"cold", "waiting", "specialized", "missing", "failed", "deoptimized", "unknown"}
    assert {len(reading.sites) for reading in readings} == {3}
    assert {site.state for reading in readings for site in reading.sites} <= possible


@pytest.mark.skipif(sys.platform == "emscripten", reason="no threads in WebAssembly")
def test_a_function_whose_code_another_thread_replaces_is_read_as_it_was_once() -> None:
    function = made()
    codes = [function.__code__, made("def f(a, b):\n    return a - b\n").__code__]
    done = threading.Event()

    def replace() -> None:
        while not done.is_set():
            function.__code__ = codes[1]
            function.__code__ = codes[0]

    thread = threading.Thread(target=replace)
    thread.start()
    try:
        readings = [ipyspecialize.inspect(function, source=TEXT) for _ in range(300)]
    finally:
        done.set()
        thread.join()

    whole = {("LOAD_ATTR", "BINARY_OP", "BINARY_OP"), ("BINARY_OP",)}
    assert {tuple(site.opname for site in reading.sites) for reading in readings} <= whole


def test_a_text_with_tens_of_thousands_of_sites_is_read_whole() -> None:
    count = 40_000
    text = "def f(a):\n" + "    a + a\n" * count

    reading = ipyspecialize.inspect(made(text), source=text)

    assert count == len(reading.sites)
    assert count + 1 == reading.sites[-1].span.line  # type: ignore[union-attr]


def test_a_deleted_file_gives_states_without_places_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "gone.py"
    path.write_text(TEXT, "utf-8")
    module = imported(path)
    path.unlink()
    linecache.clearcache()

    reading = ipyspecialize.inspect(module.f)

    assert ({None}, True) == (
        {site.span for site in reading.sites},
        "source-missing" in ids(reading),
    )


@pytest.mark.parametrize("edited", ["\n" + TEXT, TEXT.replace("real", "imag"), "", "def f(:\n"])
def test_a_file_edited_since_its_import_gives_no_wrong_place(tmp_path: Path, edited: str) -> None:
    path = tmp_path / "edited.py"
    path.write_text(TEXT, "utf-8")
    module = imported(path)
    path.write_text(edited, "utf-8")
    linecache.clearcache()

    reading = ipyspecialize.inspect(module.f)

    assert {None} == {site.span for site in reading.sites}
    assert ids(reading) & {"other-text", "source-missing"}


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        # Nothing is named on these spans, so that only the constructs can tell.
        ("def f(a, b):\n    if a < b: pass\n", "def f(a, b):\n    if  a < b: pass\n"),
        ("def f(a, b):\n    a(b)\n", "def f(a, b):\n    (a(b))\n"),
        ("def f(a, b):\n    class C(a): b\n", "def f(a, b):\n    class C(b, a): b\n"),
        ("def f(a, b):\n    class C(a): b\n", "def f(a, b):\n    class C(a): b\n  no\n"),
    ],
)
def test_a_text_with_other_constructs_gives_no_wrong_place(text: str, edited: str) -> None:
    function = made(text)

    right, wrong = (ipyspecialize.inspect(function, source=source) for source in (text, edited))

    assert None not in {site.span for site in right.sites}
    assert {None} == {site.span for site in wrong.sites}
    assert "other-text" in ids(wrong)


def test_a_file_that_was_edited_and_imported_again_has_its_places(tmp_path: Path) -> None:
    path = tmp_path / "again.py"
    path.write_text(TEXT, "utf-8")
    ipyspecialize.inspect(imported(path).f)  # from now on its text is known
    path.write_text(f"# moved\n{TEXT}", "utf-8")

    reading = ipyspecialize.inspect(imported(path).f)

    assert {3} == {site.span.line for site in reading.sites if site.span is not None}


def test_a_file_that_is_no_utf_8_is_no_source(tmp_path: Path) -> None:
    path = tmp_path / "latin.py"
    path.write_bytes(b"# -*- coding: latin-1 -*-\ndef f(a):\n    '\xe9'; return a.real\n")

    reading = ipyspecialize.inspect(imported(path).f)

    assert "é" in (reading.text or "")
    assert reading.sites[-1].span is not None
