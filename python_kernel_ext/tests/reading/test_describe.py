# SPDX-License-Identifier: BSD-3-Clause
"""inspect() and load(): what they accept, what they refuse, what they say of it."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ipyspecialize
from ipyspecialize.payload import MIME, PayloadError
from ipyspecialize.reading import Unit, fingerprint, read, rows_for
from ipyspecialize.reading.codes import codes_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


class Shape:
    """A class with every kind of member."""

    def area(self) -> int:
        """Return something."""
        return 1 + 1

    @property
    def wide(self) -> int:
        """Return something."""
        return 2

    @wide.setter
    def wide(self, value: int) -> None:
        """Do nothing."""

    @classmethod
    def of(cls) -> Shape:
        """Return one."""
        return cls()

    @staticmethod
    def name() -> str:
        """Return something."""
        return "shape"

    @functools.cached_property
    def kept(self) -> int:
        """Return something."""
        return 3


def plain() -> int:
    return 1


def generator() -> Iterator[int]:
    yield 1


async def agenerator() -> AsyncIterator[int]:
    yield 1


cached = functools.lru_cache(plain)

THINGS = {
    "function": (plain, ["plain"]),
    "method": (Shape().area, ["Shape.area"]),
    "class": (
        Shape,
        ["Shape.area", "Shape.wide", "Shape.wide", "Shape.of", "Shape.name", "Shape.kept"],
    ),
    "property": (Shape.wide, ["Shape.wide", "Shape.wide"]),
    "partial": (functools.partial(plain), ["plain"]),
    "cached": (cached, ["plain"]),
    "code": (plain.__code__, ["plain"]),
    "generator": (generator(), ["generator"]),
    "async-generator": (agenerator(), ["agenerator"]),
}


@pytest.mark.parametrize(("thing", "names"), THINGS.values(), ids=THINGS)
def test_live_objects_give_the_code_that_really_runs(thing: object, names: list[str]) -> None:
    assert names == [code.co_qualname for code in codes_of(thing)]


def test_a_module_gives_its_own_functions_and_classes_once() -> None:
    names = [code.co_qualname for code in codes_of(sys.modules[__name__])]

    assert (True, 1, False) == (
        {"plain", "Shape.area"} <= set(names),
        names.count("plain"),
        "codes_of" in names,
    )


@pytest.mark.parametrize("thing", [3, "text", None, len])
def test_what_has_no_code_is_refused_with_what_is_accepted(thing: object) -> None:
    with pytest.raises(TypeError, match="Pass a function, method, class"):
        ipyspecialize.inspect(thing)


def test_inspect_finds_the_source_by_itself() -> None:
    reading = ipyspecialize.inspect(Shape.area)

    assert Path(__file__).read_text("utf-8") == reading.text


def test_inspect_says_when_there_is_no_source() -> None:
    space: dict[str, Any] = {}
    exec(compile("def f(a): return a + 1", "<nowhere>", "exec"), space)  # noqa: S102

    reading = ipyspecialize.inspect(space["f"])

    assert (["source-missing"], None) == (
        [warning.id for warning in reading.warnings],
        reading.sites[0].span,
    )


def test_a_fingerprint_changes_with_the_live_bytes_only() -> None:
    space: dict[str, Any] = {}
    exec(compile("def f(a): return a + 1", "<text>", "exec"), space)  # noqa: S102
    codes = [space["f"].__code__]
    before = fingerprint(codes)
    same = fingerprint(codes) == before
    for _ in range(50):
        space["f"](1)

    assert (True, False) == (same, fingerprint(codes) == before)


def test_a_reading_shows_itself_as_json_html_and_text() -> None:
    bundle = ipyspecialize.inspect(Shape.area)._repr_mimebundle_()

    assert {MIME, "text/html", "text/plain"} == set(bundle)


def test_a_payload_and_a_bundle_load_as_the_reading_they_were() -> None:
    reading = ipyspecialize.inspect(Shape.area)

    loaded = [ipyspecialize.load(saved) for saved in (reading.to_payload(), reading.bundle())]

    assert [reading.picture()] * 2 == [other.picture() for other in loaded]


def _notebook(path: Path, source: str, payload: object) -> Path:
    output = {"output_type": "display_data", "data": {MIME: payload}, "metadata": {}}
    cell = {"cell_type": "code", "id": "c", "source": source, "outputs": [output]}
    path.write_text(json.dumps({"cells": [cell], "nbformat": 4}), "utf-8")
    return path


def test_a_saved_cell_that_was_edited_says_so(tmp_path: Path) -> None:
    payload = ipyspecialize.inspect(Shape.area).to_payload()

    (reading,) = ipyspecialize.load(_notebook(tmp_path / "n.ipynb", "edited = 1", payload))

    assert ("edited", None) == (reading.warnings[-1].id, reading.text)


def test_a_saved_cell_that_cannot_be_read_says_why_and_the_others_load(tmp_path: Path) -> None:
    (reading,) = ipyspecialize.load(_notebook(tmp_path / "n.ipynb", "x", {"version": 9}))

    assert ("unreadable", True) == (reading.warnings[0].id, "version 9" in reading.warnings[0].text)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cells": 3}', "not json"])
def test_a_file_that_is_no_notebook_is_refused_by_name(text: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.ipynb"
    path.write_text(text, "utf-8")

    with pytest.raises(PayloadError, match=r"broken\.ipynb is not a notebook"):
        ipyspecialize.load(path)


def test_a_version_without_rows_is_named_and_never_judged() -> None:
    findings = read([Unit(plain.__code__, None)], version=(3, 99))

    assert (None, ["version"]) == (rows_for((3, 99)), [w.id for w in findings.warnings])


def _other_python() -> str | None:
    """Return a CPython 3.12 or 3.13 of this machine, from the path or from pyenv."""
    named = os.environ.get("SPECIALIZE_PYTHONS", "").split(os.pathsep)
    pyenv = sorted(Path.home().glob(".pyenv/versions/3.1[23].*/bin/python3.1[23]"))
    on_path = [shutil.which(name) or "" for name in ("python3.12", "python3.13")]
    for path in [*named, *map(str, pyenv), *on_path]:
        if path and _version(path).startswith(("3.12", "3.13")):
            return path
    return None


def _version(path: str) -> str:
    command = [path, "-c", "import platform; print(platform.python_version())"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout


def test_another_cpython_reads_names_and_says_that_it_does_not_judge() -> None:
    python = _other_python()
    if python is None:
        pytest.skip("no CPython 3.12 or 3.13 on this machine (SPECIALIZE_PYTHONS names one)")
    program = (
        "from ipyspecialize import inspect\n"
        "def f(a, b): return a + b\n"
        "for i in range(50): f(i, i)\n"
        "r = inspect(f)\n"
        "print([(s.opname, s.form, s.state) for s in r.sites], r.warnings[-1].id)\n"
    )
    source = Path(ipyspecialize.__file__).parents[1]

    done = subprocess.run(  # noqa: S603 - an interpreter of this machine, that program
        [python, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(source)},
    )

    assert "[('BINARY_OP', 'BINARY_OP_ADD_INT', 'unknown')] version\n" == done.stdout
