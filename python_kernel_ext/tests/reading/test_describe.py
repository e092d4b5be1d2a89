# SPDX-License-Identifier: BSD-3-Clause
"""inspect() and load(): what they accept, what they refuse, what they say of it."""

from __future__ import annotations

import functools
import json
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
