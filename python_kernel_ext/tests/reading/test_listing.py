# SPDX-License-Identifier: BSD-3-Clause
"""The listing of all instructions: the same as `dis` gives, in words that run nothing."""

from __future__ import annotations

import argparse
import dis
import json
import textwrap
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import pytest
from reading.warming import made, warmed

from ipyspecialize.reading import Unit, read, walk
from ipyspecialize.reading.columns import FileSource
from ipyspecialize.reading.listing import MOST_CHARACTERS, constant_words

if TYPE_CHECKING:
    from types import CodeType

    from ipyspecialize.records import Listed

PLENTY = 10_000


def listing(code: CodeType, source: str | None = None) -> tuple[Listed, ...]:
    place = None if source is None else FileSource(source)
    rows = read([Unit(code, place)], nested=False, most_listed=PLENTY).listing
    assert rows is not None
    return rows


def codes() -> list[CodeType]:
    """Return the code of some modules, warm; functions of a thousand instructions among them."""
    for _ in range(60):
        json.loads(json.dumps({"a": [1, 2.5, "x", None]}, indent=1))
        textwrap.fill("some words that are to be wrapped " * 3, 20)
    # Not dis: its functions run while it reads them.
    modules = [argparse, json.decoder, json.encoder, textwrap]
    functions = [
        value
        for module in modules
        for kind in (module, *(v for v in vars(module).values() if isinstance(v, type)))
        for value in vars(kind).values()
        if hasattr(value, "__code__") and value.__module__ == module.__name__
    ]
    wide = "\n".join(f"    v{n} = v{n + 1}{'' if n % 2 else f' + {n}.5'}" for n in range(600))
    text = f"def f(v600=0):\n    for v600 in range(9):\n{textwrap.indent(wide, '    ')}"
    return [code for f in (*functions, made(text)) for code in walk(f.__code__)]


CODES = codes()


def test_every_instruction_is_listed_as_it_lies_in_memory() -> None:
    differ = [
        (code.co_qualname, ours, theirs)
        for code in CODES
        if (ours := [(row.offset, row.live) for row in listing(code)])
        != (
            theirs := [
                (at.offset, at.opname)
                for at in dis.get_instructions(code, adaptive=True)
                if at.opname not in ("CACHE", "EXTENDED_ARG", "EXTENDED_ARG_QUICK")
            ]
        )
    ]

    assert [] == differ[:3]


def test_an_argument_is_said_as_dis_says_it() -> None:
    differ = [
        (code.co_qualname, row, at)
        for code in CODES
        for row, at in zip(listing(code), _plain(code), strict=True)
        if row.words is not None and not _is_cut(row.words) and row.words not in _said(at)
        if at.argrepr  # `dis` of 3.11 says nothing of KW_NAMES, and up to 3.12 of CONTAINS_OP
    ]

    assert [] == differ[:3]


def test_names_constants_variables_and_targets_have_words() -> None:
    silent = {
        row.base
        for code in CODES
        for row, at in zip(listing(code), _plain(code), strict=True)
        if row.words is None and isinstance(at.argval, str) and at.argval == at.argrepr
    }

    assert set() == silent


def test_each_site_is_found_among_the_instructions() -> None:
    text = "def f(a, b):\n    return [a + b for _ in range(9)]\n"
    found = read(
        [Unit(warmed(text, 1, 2).__code__, FileSource(text))], nested=False, most_listed=PLENTY
    )

    assert found.listing is not None
    assert set(found.sites) == {row.site for row in found.listing if row.site is not None}


def test_a_neutral_instruction_has_a_place_in_the_text() -> None:
    text = "def f(a, b):\n    return a, b\n"
    code = made(text).__code__

    (build,) = [row for row in listing(code, text) if row.base == "BUILD_TUPLE"]

    assert ((2, 11, 2, 15), 2, None) == (build.span, build.arg, build.site)


def test_more_instructions_than_were_asked_for_are_not_listed() -> None:
    code = made("def f(a):\n    return a + a\n").__code__

    assert [None, None] == [read([Unit(code, None)], most_listed=n).listing for n in (-1, 3)]


class Shouting:
    """Of no builtin type: a constant only through `code.replace`."""

    def __repr__(self) -> str:
        raise AssertionError

    __str__ = __len__ = __hash__ = __repr__  # type: ignore[assignment]


class Loud(IntEnum):
    """A subclass of a builtin type, with a `repr` of its own."""

    ONE = 1


CONSTANTS: list[tuple[object, str]] = [
    (None, "None"),
    (..., "..."),
    (1.5, "1.5"),
    (b"ab", "b'ab'"),
    ("it's", '"it\'s"'),
    ("x" * 100, "'" + "x" * 38 + "…"),
    ((1, "a"), "(1, 'a')"),
    ((1,), "(1,)"),
    ((1, 2, 3, 4), "(… 4 constants)"),
    (frozenset({7}), "{7}"),
    (((1, 2), 3), "(…, 3)"),
    (10**9999, "an int of 33216 bits"),
    (Shouting(), "…"),
    ((Shouting(), 1), "(…, 1)"),
    (Loud.ONE, "…"),
    (made("def f(): pass").__code__, "<code f>"),
]


@pytest.mark.parametrize(("value", "words"), CONSTANTS, ids=[words for _, words in CONSTANTS])
def test_a_constant_is_said_without_running_code_of_the_user(value: object, words: str) -> None:
    assert (words, True) == (constant_words(value), len(words) <= MOST_CHARACTERS)


def _plain(code: CodeType) -> list[Any]:
    return [at for at in dis.get_instructions(code) if at.opname not in ("CACHE", "EXTENDED_ARG")]


def _is_cut(words: str) -> bool:
    return "…" in words or words.startswith(("<code", "{", "an int of"))


def _said(at: Any) -> set[str]:  # noqa: ANN401 - of every version
    """Return how `dis` may say an argument, flags left out and a jump's target as an offset."""
    bare = at.argrepr
    for flag in ("NULL + ", "NULL|self + ", " + NULL|self", " + NULL", " + lazy", " + eager"):
        bare = bare.replace(flag, "")
    return {
        bare,
        at.argrepr,
        bare.removeprefix("bool(").removesuffix(")"),
        str(at.argval),
        f"to {at.argval}",
    }
