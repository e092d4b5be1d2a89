# SPDX-License-Identifier: BSD-3-Clause
"""inspect() and load(): what they accept, what they refuse, what they say of it."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ipyspecialize
from ipyspecialize import reading
from ipyspecialize.payload import MIME, PayloadError
from ipyspecialize.reading import Unit, fingerprint, read, rows_for
from ipyspecialize.reading.codes import codes_of
from ipyspecialize.reading.sites import instructions
from ipyspecialize.reading.states import judge

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator


VERSION = sys.version_info[:2]


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


async def coroutine() -> int:
    return 1


def _closed() -> Coroutine[object, object, int]:
    made = coroutine()
    made.close()  # or it warns that nobody waited for it
    return made


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
    "partialmethod": (functools.partialmethod(plain), ["plain"]),
    "generator": (generator(), ["generator"]),
    "coroutine": (_closed(), ["coroutine"]),
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


def _twice(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def wrapper(*arguments: object) -> Any:  # noqa: ANN401 - whatever it wraps returns
        function(*arguments)
        return function(*arguments)

    return wrapper


@_twice
@_twice
def decorated(a: int) -> int:
    return a + a


class Ring:
    """A class that holds itself, and one that is not of its own making."""

    def plain(self) -> int:
        """Return something."""
        return 1

    other = Shape
    area = Shape.area

    class Inner:
        """A class of its own."""

        @_twice
        def wrapped(self) -> int:
            """Return something."""
            return 2


Ring.itself = Ring  # type: ignore[attr-defined]
Ring.Inner.outer = Ring  # type: ignore[attr-defined]


@dataclasses.dataclass
class Pair:
    """A class whose methods are mostly made from text that no file has."""

    a: int
    b: float

    def product(self) -> float:
        """Return something."""
        return self.a * self.b


def test_a_wrapped_function_gives_its_own_code_and_that_of_wrappers_beside_it() -> None:
    wrapper = "_twice.<locals>.wrapper"

    assert [wrapper, "decorated"] == [code.co_qualname for code in codes_of(decorated)]


def test_a_wrapper_of_another_file_is_left_out() -> None:
    managed = contextlib.contextmanager(generator)

    assert ["generator"] == [code.co_qualname for code in codes_of(managed)]


def test_a_function_that_says_it_wraps_itself_is_read_once() -> None:
    def ring() -> None: ...

    ring.__wrapped__ = ring  # type: ignore[attr-defined]

    assert [ring.__code__] == list(codes_of(ring))


def test_classes_that_hold_each_other_give_what_is_theirs_once() -> None:
    wrapper = "_twice.<locals>.wrapper"

    assert ["Ring.plain", "Shape.area", wrapper, "Ring.Inner.wrapped"] == [
        code.co_qualname for code in codes_of(Ring)
    ]


def test_a_dataclass_is_shown_in_its_file_though_some_of_its_methods_have_none() -> None:
    reading = ipyspecialize.inspect(Pair)

    listing = reading.bundle()["text/html"].partition("<pre>")[2]
    assert (True, False) == ("def product(self)" in listing, "SPDX" in listing)
    assert "source-missing" in _ids(reading)


class Hostile:
    """Answers no question about itself."""

    def __getattribute__(self, name: str) -> object:
        raise RuntimeError(name)

    def __repr__(self) -> str:
        raise RuntimeError


class Holder:
    """A class with a member that answers no question."""

    hostile = Hostile()

    def plain(self) -> int:
        """Return something."""
        return 1


def test_a_member_that_answers_no_question_is_no_function() -> None:
    assert ["Holder.plain"] == [code.co_qualname for code in codes_of(Holder)]


def test_an_object_that_answers_no_question_is_refused_like_any_other() -> None:
    with pytest.raises(TypeError, match="a Hostile object has no Python code to read"):
        ipyspecialize.inspect(Hostile())


def test_what_is_refused_is_named_in_a_few_words() -> None:
    with pytest.raises(TypeError) as refused:
        ipyspecialize.inspect(["much"] * 10_000)

    assert len(str(refused.value)) < 250


def test_a_question_about_nothing_is_refused() -> None:
    with pytest.raises(TypeError, match="Pass a function, method, class"):
        ipyspecialize.inspect()


@pytest.mark.parametrize("thing", [int, sys, type("Empty", (), {})], ids=str)
def test_a_class_or_module_without_functions_of_its_own_says_so(thing: object) -> None:
    reading = ipyspecialize.inspect(thing)

    assert ((), True) == (reading.sites, "no-functions" in _ids(reading))


@pytest.mark.parametrize("thing", [3, "text", None, len])
def test_what_has_no_code_is_refused_with_what_is_accepted(thing: object) -> None:
    with pytest.raises(TypeError, match="Pass a function, method, class"):
        ipyspecialize.inspect(thing)


def _ids(reading: ipyspecialize.Reading) -> set[str]:
    return {warning.id for warning in reading.warnings}


def test_inspect_finds_the_source_by_itself() -> None:
    reading = ipyspecialize.inspect(Shape.area)

    assert Path(__file__).read_text("utf-8") == reading.text


def test_inspect_says_when_there_is_no_source() -> None:
    space: dict[str, Any] = {}
    exec(compile("def f(a): return a + 1", "<nowhere>", "exec"), space)  # noqa: S102

    reading = ipyspecialize.inspect(space["f"])

    assert (True, None) == ("source-missing" in _ids(reading), reading.sites[0].span)


def test_a_fingerprint_changes_with_the_live_bytes_only() -> None:
    space: dict[str, Any] = {}
    exec(compile("def f(a): return a + 1", "<text>", "exec"), space)  # noqa: S102
    codes = [space["f"].__code__]
    before = fingerprint(codes)
    same = fingerprint(codes) == before
    for _ in range(50):
        space["f"](1)

    assert (True, False) == (same, fingerprint(codes) == before)


def test_a_notebook_shows_what_was_inspected_and_no_other_line_of_its_file() -> None:
    bundle = ipyspecialize.inspect(Shape.area)._repr_mimebundle_()

    listing = bundle["text/html"].partition("<pre>")[2]
    assert {"text/html", "text/plain"} == set(bundle)
    assert (True, False) == ("def area(self)" in listing, "class Shape" in listing)


def test_print_gives_every_site_and_totals_by_opcode() -> None:
    def f(a: int, b: int) -> int:
        return a + b * a

    for _ in range(50):
        f(1, 2)

    *sites, total = [
        line.split() for line in str(ipyspecialize.inspect(f)).splitlines() if "BINARY_OP" in line
    ]

    assert [
        ["b", "*", "a", "BINARY_OP_MULTIPLY_INT", "specialized"],
        ["a", "+", "b", "*", "a", "BINARY_OP_ADD_INT", "specialized"],
    ] == [words[1:] for words in sites]
    assert ["BINARY_OP", "2", "2"] == total


def test_a_text_that_is_not_the_code_s_gives_no_places_and_a_warning() -> None:
    text = "def f(o):\n    return o.first + o.second\n"
    space: dict[str, Any] = {}
    exec(compile(text, "<text>", "exec"), space)  # noqa: S102

    right = ipyspecialize.inspect(space["f"], source=text)
    edited = ipyspecialize.inspect(space["f"], source="# a new line\n" + text)

    assert None not in {site.span for site in right.sites}
    assert {None} == {site.span for site in edited.sites}
    assert (False, True) == ("other-text" in _ids(right), "other-text" in _ids(edited))


@pytest.mark.parametrize(
    "text",
    [
        "class C:\n    def f(self):\n        self.__hidden += self.__hidden\nf = C.f\n",
        "def f(ﬁt):\n    return ﬁt.ﬁeld + ﬀ\n",
        "def f(a):\n    a[0] += a [ 1 ]\n    return a.b . c\n",
        "def f(x):\n    return (x\n      .a\n      .b())\n",
        "def f(x):\n    return f'{x.a + 1!r:>{x.b}}'\n",
        "def f(x):\n    match x:\n        case A.B | C(d=1): return x.e\n",
    ],
)
def test_its_own_text_always_fits(text: str) -> None:
    space: dict[str, Any] = {}
    exec(compile(text, "<text>", "exec"), space)  # noqa: S102

    reading = ipyspecialize.inspect(space["f"], source=text)

    assert "other-text" not in _ids(reading)


def test_a_site_without_its_counter_is_unknown() -> None:
    code = compile("a + b", "<text>", "eval")
    torn = [at._replace(words=()) for at in instructions(code) if at.base == "BINARY_OP"]

    assert ["unknown"] == [verdict.state for verdict in judge(torn, rows_for(VERSION))]


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


def test_a_version_without_rows_is_named_and_never_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "rows_for", lambda _: None)

    findings = read([Unit(plain.__code__, None)])

    assert (None, "version") == (rows_for((3, 99)), findings.warnings[0].id)


def test_a_newer_version_is_read_by_the_newest_rules_if_asked() -> None:
    reading = ipyspecialize.inspect(Shape.area, assume=(3, 99))

    assert "assumed" in _ids(reading)


def test_a_version_before_the_oldest_rules_cannot_be_assumed() -> None:
    with pytest.raises(ValueError, match=r"the oldest that can be assumed is 3\.11"):
        ipyspecialize.inspect(Shape.area, assume=(3, 10))
