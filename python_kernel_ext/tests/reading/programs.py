# SPDX-License-Identifier: BSD-3-Clause
"""Random programs of every construct whose position may be wide, as Hypothesis strategies."""

from __future__ import annotations

import sys

from hypothesis import strategies as st

#: Names and literals, some of several bytes or several UTF-16 units.
ATOMS = ("a", "b", "ß", "self.x", "a.ß", "1", "2.5", "'é𝒳'", "f'{a.b!r:>{b}}'", "[]", "()", "None")

EXPRESSIONS = (
    "{0} + {1}",
    "{0} // {1}",
    "{0}.attribute",
    "{0}.méthode({1})",
    "{0}[{1}]",
    "{0}[{1}:]",
    "f({0}, *{1})",
    "f({0}, k={1})",
    "({0} < {1} <= a)",
    "({0} in {1} is not b)",
    "({0} and not {1})",
    "({0} if {1} else a)",
    "(\n    {0}\n    + {1}\n)",
    "[x.y for x in {0} if {1}]",
    "{{x: y + 1 for x, y in {0} for z in {1}}}",
    "sum(x * 2 for x in {0})",
    "(lambda q: {0} + q)({1})",
    "f'é𝒳{{{0}}}'",
    "(n := {0})",
)

#: One line each; ``{0}`` and ``{1}`` are expressions.
SIMPLE = (
    "{0}",
    "x = {0}",
    "x, (y, *z) = {0}",
    "a.b.c = {0}",
    "a[{0}] = {1}",
    "a.b += {0}",
    "x[{0}] *= {1}",
    "assert {0}, {1}",
    "del a[{0}]",
    "import os.path as p",
    "from os import path",
    "print({0}, end={1})",
    "global g",
)
#: Those that only stand in a function.
RETURNING = ("return {0}", "yield {0}", "x = yield from {0}")
WAITING = ("await {0}", "x = [y async for y in {0}]", "return {0}")

#: A header, ``{0}`` and ``{1}`` in it, and a body below.
COMPOUND = (
    "if {0}:",
    "while {0}:",
    "for x, y in {0}:",
    "with {0} as x, {1}:",
    "class K({0}, metaclass=M):",
    "class K:",
    "@deco({0})\nclass K:",
    "@deco\n@other.deco({0})\ndef g(p, q={1}):",
    "def g(p: {0} = 1, *r, k=2) -> {1}:",
    "try:\n    {0}\nexcept (A, B.C) as error:",
    "try:\n    {0}\nfinally:",
    "match {0}:\n  case 1 | 'é':",
    "match {0}:\n  case C(x=1, y=[p, *q]) if {1}:",
    "match {0}:\n  case {{'k': a.B, **rest}}:",
)
ASYNC = ("async for x in {0}:", "async with {0} as x:", "if await {0}:")
TYPED = ("def g[T: int, *Ts](p: T) -> {0}:", "class K[T](Base[T]):")
TYPED_SIMPLE = ("type A[T] = list[T]",)

_NEW = sys.version_info >= (3, 12)


def _expressions() -> st.SearchStrategy[str]:
    def deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.builds(str.format, st.sampled_from(EXPRESSIONS), inner, inner)

    return st.recursive(st.sampled_from(ATOMS), deeper, max_leaves=5)


@st.composite
def programs(draw: st.DrawFn, depth: int = 2, kind: str = "") -> str:
    """Draw statements, one below the other.

    depth:  How deep bodies nest.
    kind:   ``def`` or ``async`` inside a function of that kind, else empty.
    """
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        lines += draw(_statement(depth, kind)).split("\n")
    return "\n".join(lines)


@st.composite
def _statement(draw: st.DrawFn, depth: int, kind: str) -> str:
    simple = [*SIMPLE, *(TYPED_SIMPLE if _NEW and kind != "K" else ())]
    simple += {"def": RETURNING, "async": WAITING}.get(kind, ())
    if not depth or draw(st.booleans()):
        return draw(_filled(simple))
    if draw(st.integers(0, 3)) == 0:
        name = draw(st.sampled_from(["def", "async"]))
        head = "async def h(a, b):" if name == "async" else "def h(self, a):"
        return f"{head}\n{_indented(draw(programs(depth - 1, name)))}"
    heads = [*COMPOUND, *(TYPED if _NEW else ()), *(ASYNC if kind == "async" else ())]
    head = draw(_filled(heads))
    inside = "def" if "def g" in head else "K" if "class K" in head else kind
    extra = "  " if "\n  case" in head else ""
    return f"{head}\n{_indented(draw(programs(depth - 1, inside)), extra)}"


@st.composite
def _filled(draw: st.DrawFn, templates: list[str]) -> str:
    template = draw(st.sampled_from(templates))
    return template.format(draw(_expressions()), draw(_expressions()))


def _indented(text: str, extra: str = "") -> str:
    return "\n".join(f"    {extra}{line}" for line in text.split("\n"))
