# SPDX-License-Identifier: BSD-3-Clause
"""What this project believes of CPython, a sentence each: a new release fails here first."""

from __future__ import annotations

import dis
import opcode
import sys
from types import CodeType
from typing import TYPE_CHECKING, Any

import pytest
from reading.warming import made, warmed

from ipyspecialize.cpython.counters import COUNTERS
from ipyspecialize.cpython.families import FACTS
from ipyspecialize.cpython.tables import FAMILIES, FAMILY_OF, IS_FAMILY, NAMES, OPERATORS
from ipyspecialize.reading.sites import instructions
from ipyspecialize.reading.traces import jit_is_on

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION = sys.version_info[:2]
ADD = "def f(a, b):\n    return a + b\n"
BELIEFS: list[Any] = []


def belief(
    sentence: str,
    *,
    since: tuple[int, int] = (3, 11),
    until: tuple[int, int] = (3, 99),
    with_jit: bool = True,
) -> Callable[[Callable[[], bool]], Callable[[], bool]]:
    """Keep a function that tells whether *sentence* holds, for the releases it is said of.

    with_jit:  False if it does not hold where the JIT is on.
    """

    def keep(holds: Callable[[], bool]) -> Callable[[], bool]:
        if since <= VERSION <= until and (with_jit or not jit_is_on()):
            BELIEFS.append(pytest.param(holds, id=sentence))
        return holds

    return keep


@pytest.mark.parametrize("holds", BELIEFS)
def test_cpython_is_as_we_believe(holds: Callable[[], bool]) -> None:
    assert holds()


# Bytes ------------------------------------------------------------------------------------


def live(code: CodeType) -> bytes:
    return bytes(code._co_code_adaptive)  # type: ignore[attr-defined]


def codes_of_this_file() -> list[CodeType]:
    return [value.__code__ for value in globals().values() if hasattr(value, "__code__")]


@belief("co_code and _co_code_adaptive are equally long")
def _() -> bool:
    return all(len(code.co_code) == len(live(code)) for code in codes_of_this_file())


@belief("co_code does not change while code warms up")
def _() -> bool:
    function = made(ADD)
    before = function.__code__.co_code
    for _ in range(100):
        function(1, 2)
    return before == function.__code__.co_code and before != live(function.__code__)


@belief("in co_code a unit with opcode 0 is a cache word, and all its words are 0")
def _() -> bool:
    return NAMES[0] == "CACHE" and all(
        not any(code.co_code[i : i + 2])
        for code in codes_of_this_file()
        for i in range(0, len(code.co_code), 2)
        if not code.co_code[i]
    )


@belief("co_positions has one entry for each code unit, cache words included")
def _() -> bool:
    return all(
        len(list(code.co_positions())) == len(code.co_code) // 2 for code in codes_of_this_file()
    )


@belief("the words of a site are as many as opcode._inline_cache_entries says")
def _() -> bool:
    sizes: Any = opcode._inline_cache_entries  # type: ignore[attr-defined]
    by_name = isinstance(sizes, list)
    return all(
        len(at.words) == (sizes[opcode.opmap[at.base]] if by_name else sizes.get(at.base, 0))
        for code in codes_of_this_file()
        for at in instructions(code)
        if at.family
    )


@belief("every family has at least one word, its counter")
def _() -> bool:
    sizes: Any = opcode._inline_cache_entries  # type: ignore[attr-defined]
    by_name = isinstance(sizes, list)
    return all(
        (sizes[opcode.opmap[name]] if by_name else sizes.get(name, 0)) >= 1 for name in FAMILIES
    )


@belief("positions count columns in UTF-8 bytes")
def _() -> bool:
    code = compile("'é𝒳' + a.b", "<text>", "eval")
    (attribute,) = [at for at in instructions(code) if at.base == "LOAD_ATTR"]
    return attribute.position == (1, 1, 11, 14)


@belief("code objects are equal whatever became of them")
def _() -> bool:
    return made(ADD).__code__ == warmed(ADD, 1, 2).__code__


@belief("code.replace gives code that is cold")
def _() -> bool:
    function = warmed(ADD, 1, 2)
    return live(function.__code__.replace()) == live(made(ADD).__code__)


# Opcodes ----------------------------------------------------------------------------------


@belief("families and forms are named by opcode._specializations")
def _() -> bool:
    listed = opcode._specializations  # type: ignore[attr-defined]
    return set(FAMILY_OF) <= {form for forms in listed.values() for form in forms}


@belief("families that carry no type information are those we leave out")
def _() -> bool:
    quiet = {"EXTENDED_ARG", "JUMP_BACKWARD", "LOAD_CONST", "LOAD_FAST", "RESUME", "STORE_FAST"}
    return set(opcode._specializations) - FAMILIES <= quiet  # type: ignore[attr-defined]


@belief("names of modules and closures, formatting and building are no families")
def _() -> bool:
    begin = (
        "LOAD_NAME",
        "STORE_NAME",
        "LOAD_DEREF",
        "STORE_DEREF",
        "FORMAT_",
        "BUILD_",
        "UNPACK_EX",
    )
    return not [name for name in FAMILIES if name.startswith(begin)]


@belief("a family's own opcode is below 256 and known by number")
def _() -> bool:
    return sum(IS_FAMILY) == len(FAMILIES)


@belief("operators are numbered by opcode._nb_ops, in-place ones after the others")
def _() -> bool:
    return OPERATORS[0] == "+" and OPERATORS[13] == "+="


@belief("indexing is an operator", since=(3, 14))
def _() -> bool:
    return OPERATORS[26] == "[]"


@belief("specialization is switched on, and _opcode says so", since=(3, 13))
def _() -> bool:
    return bool(__import__("_opcode").ENABLE_SPECIALIZATION)


@belief("dis knows the opcode that begins a JIT trace", since=(3, 13))
def _() -> bool:
    return "ENTER_EXECUTOR" in dis._all_opmap  # type: ignore[attr-defined]


# Life of a site ---------------------------------------------------------------------------


def word(function: Callable[..., Any]) -> int:
    (site,) = [at for at in instructions(function.__code__) if at.base == "BINARY_OP"]
    return site.words[0]


@belief("a site that never ran holds the initial word of its version's row")
def _() -> bool:
    return word(made(ADD)) == COUNTERS[VERSION].initial


@belief("a site that ran once holds the word of one run", since=(3, 12))
def _() -> bool:
    return word(warmed(ADD, 1, 2, times=1)) == COUNTERS[VERSION].once


@belief("the second run of a site tries to specialize it", since=(3, 12))
def _() -> bool:
    return word(warmed(ADD, 1, 2, times=2)) == COUNTERS[VERSION].fresh


@belief("code is quickened by its eighth call, and its sites are tried at that one", until=(3, 11))
def _() -> bool:
    cold, hot = warmed(ADD, 1, 2, times=7), warmed(ADD, 1, 2, times=8)
    return word(cold) == 0 and word(hot) == COUNTERS[VERSION].fresh


@belief("hits of a fast form are not counted", with_jit=False)  # 3.15 empties the counter
def _() -> bool:
    return word(warmed(ADD, 1, 2, times=50)) == word(warmed(ADD, 1, 2, times=5000))


@belief("53 misses take a form away, or give it another one")
def _() -> bool:
    function = warmed(ADD, 1, 2)
    forms = []
    for _ in range(53):
        function(1.5, 2.5)
        forms.append(NAMES[live(function.__code__)[_offset(function)]])
    return forms[:52] == ["BINARY_OP_ADD_INT"] * 52 and forms[52] != "BINARY_OP_ADD_INT"


def _offset(function: Callable[..., Any]) -> int:
    (site,) = [at for at in instructions(function.__code__) if at.base == "BINARY_OP"]
    return site.offset


@belief("RESUME gets another opcode at the first run", since=(3, 13))
def _() -> bool:
    cold, ran = made(ADD), warmed(ADD, 1, 2, times=1)
    lives = [
        next(at.live for at in instructions(function.__code__) if at.base == "RESUME")
        for function in (cold, ran)
    ]
    return lives[0] == "RESUME" and lives[1].startswith("RESUME_CHECK")


@belief("since 3.12 comprehensions are inlined, generator expressions are not")
def _() -> bool:
    inner = [set(inside(text)) for text in ("[i for i in a]", "(i for i in a)")]
    return inner == [{"<listcomp>"} if VERSION < (3, 12) else set(), {"<genexpr>"}]


def inside(text: str) -> dict[str, CodeType]:
    code = compile(text, "<t>", "exec")
    return {const.co_name: const for const in code.co_consts if isinstance(const, CodeType)}


@belief("annotations are compiled to code of their own, with one parameter", since=(3, 14))
def _() -> bool:
    return inside("def f(a: int): pass")["__annotate__"].co_posonlyargcount == 1


@belief("each form that caches a kind only is a form of this release")
def _() -> bool:
    return FACTS[VERSION].general <= set(FAMILY_OF)


@belief("the JIT is off unless PYTHON_JIT asks for it", since=(3, 14))
def _() -> bool:
    return jit_is_on() == (__import__("os").environ.get("PYTHON_JIT") == "1")
