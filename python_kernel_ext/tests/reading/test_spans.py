# SPDX-License-Identifier: BSD-3-Clause
"""Where a site stands: never on a body it does not run, exact in UTF-16, one copy to speak."""

from __future__ import annotations

import ast
import dis
import inspect as stdlib_inspect
import json
import subprocess
import sys
import textwrap
from itertools import compress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipyspecialize.reading import Unit, read, speakers
from ipyspecialize.reading.columns import FileSource, split_lines, utf16_column
from ipyspecialize.reading.narrowing import wide_constructs
from ipyspecialize.reading.sites import instructions
from ipyspecialize.records import Site, Span

if TYPE_CHECKING:
    from types import CodeType, ModuleType

    from ipyspecialize.records import Findings


def found(text: str) -> Findings:
    """Return what is read of *text*, compiled and not run; the code fits it."""
    findings = read([Unit(compile(text, "<text>", "exec"), FileSource(text), doubted=True)])
    assert "other-text" not in {warning.id for warning in findings.warnings}
    return findings


def on(text: str, span: Span | None) -> str:
    """Return the source of *span*."""
    assert span is not None
    lines = [line.encode("utf-16-le") for line in split_lines(text)]
    cut = lines[span.line - 1 : span.end_line]
    cut[-1] = cut[-1][: 2 * span.end_column]
    cut[0] = cut[0][2 * span.column :]
    return "\n".join(line.decode("utf-16-le") for line in cut)


def spans(text: str, *families: str) -> list[str]:
    """Return the source below the sites of some families, in the order of the code."""
    return [on(text, site.span) for site in found(text).sites if site.opname in families]


#: From there on the test of a loop is compiled once.
SINCE_3_14 = sys.version_info >= (3, 14)
#: From there on ``FOR_ITER`` is a family.
SINCE_3_12 = sys.version_info >= (3, 12)

WIDE = {
    "with": ("with a as b:\n    x\n    y\n", ("CALL", "PRECALL"), ["a"]),
    "with-two": ("with a, b(1) as c:\n    x\n", ("CALL", "PRECALL"), ["a", "b(1)"]),
    "with-return": (
        "def f():\n    with a:\n        return 1\n    return 2\n",
        ("CALL", "PRECALL"),
        ["a"],
    ),
    "async-with": (
        "async def f():\n    async with a:\n        x\n",
        ("CALL", "PRECALL"),
        ["a"],
    ),
    "class": ("class C:\n    x = 1\n    y = 2\n", ("CALL", "PRECALL"), ["class C"]),
    "class-bases": (
        "class C(A, B):\n    x = 1\n",
        ("CALL", "PRECALL"),
        ["class C(A, B"],
    ),
    "decorator": ("@d(1)\ndef f():\n    pass\n", ("CALL", "PRECALL"), ["d(1)"]),
    "chain": ("if a < b < c: pass\n", ("COMPARE_OP",), ["a < b", "b < c"]),
    "chain-mixed": ("if a < b in c == d: pass\n", ("COMPARE_OP",), ["a < b", "c == d"]),
    "chain-lines": (
        "x = (a <\n     b\n     < c)\n",
        ("COMPARE_OP",),
        ["a <\n     b", "b\n     < c"],
    ),
    "assert": ("assert a, b + c\n", ("CALL", "PRECALL"), ["b + c"]),
    "comprehension": ("x = [i + 1 for i in a]\n", ("BINARY_OP", "CALL", "PRECALL"), ["i + 1"]),
    "for-over": ("for i in a:\n    b\n", ("FOR_ITER",), ["a"] if SINCE_3_12 else []),
    "loops": ("[i for i in a for j in b]\n", ("FOR_ITER",), ["a", "b"] if SINCE_3_12 else []),
    "for": (
        "for i in a(b):\n    c[i]\n",
        ("CALL", "PRECALL", "BINARY_SUBSCR", "BINARY_OP"),
        ["a(b)", "c[i]"],
    ),
    "method": ("a.b.m(\n  c\n)\n", ("LOAD_METHOD", "LOAD_ATTR"), ["a.b", "a.b.m"]),
}


@pytest.mark.parametrize(("text", "families", "wanted"), WIDE.values(), ids=WIDE)
def test_a_wide_construct_is_narrowed_to_what_runs_there(
    text: str, families: tuple[str, ...], wanted: list[str]
) -> None:
    assert set(wanted) == set(spans(text, *families))


def test_what_tools_hang_on_shared_nodes_is_not_followed() -> None:
    tree = ast.parse("a < b")
    expression = tree.body[0].value  # type: ignore[attr-defined]
    expression.ops[0].parent = tree  # as `executing` does; all trees share this node

    try:
        assert {} == wide_constructs(tree, "a < b")
    finally:
        del expression.ops[0].parent


MODULES = [ast, dis, json, stdlib_inspect, textwrap, subprocess]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_no_span_holds_a_body_of_a_statement(module: ModuleType) -> None:
    text = stdlib_inspect.getsource(module)
    bodies = {
        (statement.lineno, statement.col_offset)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.With, ast.AsyncWith, ast.ClassDef, ast.For, ast.While, ast.If))
        for statement in node.body
    }

    holding = [
        site.span
        for site in found(text).sites
        if site.span is not None and any(site.span[:2] < body < site.span[2:] for body in bodies)
    ]

    assert [] == holding


def _all_codes(code: CodeType) -> list[CodeType]:
    inside = [c for const in code.co_consts if hasattr(const, "co_code") for c in _all_codes(const)]
    return [code, *inside]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_the_layout_is_the_one_that_dis_finds(module: ModuleType) -> None:
    functions = [f for _, f in stdlib_inspect.getmembers(module, stdlib_inspect.isfunction)]
    codes = [code for function in functions for code in _all_codes(function.__code__)]

    before = _layout(codes)
    theirs = [
        (plain.offset, plain.opname, _untraced(live.opname, plain.opname), _position(plain))
        for code in codes
        for plain, live in zip(
            dis.get_instructions(code), dis.get_instructions(code, adaptive=True), strict=True
        )
        if plain.opname != "EXTENDED_ARG"
    ]
    ours = _layout(codes)
    # Reading runs functions of dis and inspect, which may specialize meanwhile.
    steady = [then == now for then, now in zip(before, ours, strict=True)]
    assert sum(steady) > 0.99 * len(ours)
    assert list(compress(theirs, steady)) == list(compress(ours, steady))


def _layout(codes: list[CodeType]) -> list[tuple[object, ...]]:
    return [
        (at.offset, at.base, _untraced(at.live, at.base), at.position)
        for code in codes
        for at in instructions(code)
    ]


def _untraced(live: str, base: str) -> str:
    """Return *live*, but *base* at the entry of a JIT trace, which comes and goes."""
    quiet = live == "ENTER_EXECUTOR" or base in ("JUMP_BACKWARD", "RESUME")
    return base if quiet else live


def _position(at: dis.Instruction) -> tuple[int | None, ...] | None:
    where = at.positions
    if where is None:
        return None
    return (where.lineno, where.end_lineno, where.col_offset, where.end_col_offset)


def test_a_loop_test_that_is_compiled_twice_is_one_site_with_the_hottest_verdict() -> None:
    text = "def f(n):\n    while n > 0:\n        n -= 1\n"
    space: dict[str, object] = {}
    exec(compile(text, "<text>", "exec"), space)  # noqa: S102 - the only way to fresh code
    function = space["f"]
    for _ in range(20):
        function(5)  # type: ignore[operator]
    both = read([Unit(function.__code__, FileSource(text))]).sites  # type: ignore[attr-defined]

    spoken = [site for site in speakers(both) if site.opname == "COMPARE_OP"]

    copies = [site.state for site in both if site.opname == "COMPARE_OP"]
    wanted = 1 if SINCE_3_14 else 2
    assert (wanted, ["specialized"]) == (len(copies), [site.state for site in spoken])


SOMEWHERE = Span(1, 0, 1, 5)


def _copy(offset: int, state: str, span: Span | None = SOMEWHERE) -> Site:
    return Site("f", 0, offset, "BINARY_OP", None, 0, state, span=span)  # type: ignore[arg-type]


def test_the_copy_that_failed_speaks_before_the_one_that_never_ran() -> None:
    spoken = speakers([_copy(2, "cold"), _copy(4, "failed"), _copy(6, "specialized")])

    assert ["failed"] == [site.state for site in spoken]


def test_sites_without_a_place_are_never_taken_for_copies() -> None:
    assert 2 == len(speakers([_copy(2, "cold", None), _copy(4, "cold", None)]))


def test_neutral_instructions_count_on_the_smallest_span_that_holds_them() -> None:
    text = "x = a.b * c + d\n"

    counted = {on(text, span): count for span, count in found(text).neutral.items()}

    assert {"a.b": 1, "a.b * c": 1, "a.b * c + d": 1} == counted


@given(st.text(alphabet="ab é𝒳ß\t", max_size=30), st.data())
def test_byte_columns_become_utf16_columns(line: str, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, len(line)))

    assert len(line[:n].encode("utf-16-le")) // 2 == utf16_column(line, len(line[:n].encode()))


def test_spans_of_astral_text_are_exact() -> None:
    text = "x = 'é𝒳' + a.ß + 'ß𝒳'\n"

    assert {"'é𝒳' + a.ß + 'ß𝒳'", "'é𝒳' + a.ß", "a.ß"} == set(spans(text, "BINARY_OP", "LOAD_ATTR"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [("a\r\nb\rc\nd", ["a", "b", "c", "d"]), ("a\x0cb\u2028c", ["a\x0cb\u2028c"]), ("", [""])],
)
def test_lines_end_where_cpython_ends_them(text: str, lines: list[str]) -> None:
    assert lines == split_lines(text)


@pytest.mark.skipif(sys.platform == "emscripten", reason="no processes in WebAssembly")
def test_without_columns_whole_lines_are_coloured_and_it_is_said() -> None:
    program = (
        "import json, sys\n"
        "from ipyspecialize import inspect\n"
        "text = 'def f(a):\\n    return a.b + 1\\n'\n"
        "space = {}\n"
        "exec(compile(text, '<t>', 'exec'), space)\n"
        "reading = inspect(space['f'], source=text)\n"
        "print(json.dumps([[s.span for s in reading.sites], [w.id for w in reading.warnings]]))\n"
    )

    run = subprocess.run(  # noqa: S603 - this interpreter, that program
        [sys.executable, "-X", "no_debug_ranges", "-c", program],
        capture_output=True,
        text=True,
        check=True,
    )

    places, warnings = json.loads(run.stdout)
    assert ([[2, 4, 2, 18]], True) == (
        [list(x) for x in {tuple(place) for place in places}],
        "no-columns" in warnings,
    )
