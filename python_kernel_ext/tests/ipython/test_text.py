# SPDX-License-Identifier: BSD-3-Clause
"""The pure parts of the IPython room: the magic's line, the lines of a cell, the store."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager

from ipyspecialize.ipython.directive import (
    OptionError,
    Options,
    body_shift,
    find_directive,
    is_only_ours,
    parse_options,
    remove_directive,
)
from ipyspecialize.ipython.lines import LineMap
from ipyspecialize.ipython.store import Run, Store, Unit


def manager() -> TransformerManager:
    """Return IPython's transforms with ours behind them, as the extension installs it."""
    made = TransformerManager()
    made.cleanup_transforms.append(remove_directive)
    return made


OPTIONS = [
    ("", Options()),
    ("-b", Options(palette="blue")),
    ("--dark", Options(mode="dark")),
    ("-bd", Options("dark", "blue")),
    ("-d  --blue", Options("dark", "blue")),
]


@pytest.mark.parametrize(("text", "options"), OPTIONS)
def test_options_are_read_in_any_order(text: str, options: Options) -> None:
    assert options == parse_options(text)


@pytest.mark.parametrize("text", ["--bogus", "-x", "word", "-b=1", "'open", "--da"])
def test_what_is_no_option_is_named_with_the_known_ones(text: str) -> None:
    with pytest.raises(OptionError, match=r"%%specialize: .*-b/--blue, -d/--dark"):
        parse_options(text)


def test_a_name_on_the_line_is_not_called_an_option() -> None:
    with pytest.raises(OptionError, match="only options here, not 'fib'"):
        parse_options("-b fib")


REMOVED = {
    "one line is dropped": ("%%specialize\nls", "ls\n"),
    "more lines keep their numbers": ("%%specialize\na\nb", "\na\nb\n"),
    "comments above stay": ("# c\n%%specialize\na", "# c\n\na\n"),
    "blank lines below stay": ("%%specialize\n\n\na\nb", "\n\n\na\nb\n"),
    "indentation goes": ("%%specialize\n  a\n  b", "\na\nb\n"),
    "prompts go": ("%%specialize\n>>> a\n>>> b", "\na\nb\n"),
    "another magic sees its body": (
        "%%specialize\n%%time\na",
        "get_ipython().run_cell_magic('time', '', 'a\\n')\n",
    ),
    "help is left alone": (
        "%%specialize?",
        "get_ipython().run_line_magic('pinfo', '%%specialize')\n",
    ),
    "unknown options reach the magic": (
        "# c\n%%specialize --x\na",
        "get_ipython().run_cell_magic('specialize', '--x', 'a\\n')\n",
    ),
    "other names are left alone": (
        "%%specialized\na",
        "get_ipython().run_cell_magic('specialized', '', 'a\\n')\n",
    ),
}


@pytest.mark.parametrize(("raw", "wanted"), REMOVED.values(), ids=REMOVED)
def test_the_magics_line_is_taken_out(raw: str, wanted: str) -> None:
    assert wanted == manager().transform_cell(raw)


@given(st.text(alphabet="%specializ\n #-bd?a=1()'\"", max_size=40))
def test_taking_it_out_twice_is_taking_it_out_once(text: str) -> None:
    once = remove_directive(text.splitlines(keepends=True))

    assert once == remove_directive(once) or any("%%specialize" in line for line in once)


FOUND = [
    ("%%specialize\na", Options()),
    ("%%time\n%%specialize -b\na", Options(palette="blue")),
    ("# c\n\n%%capture x\n%%time\n%%specialize\na", Options()),
    ("%%specialize", None),
    ("%%specialize\n  \n", None),
    ("%%specialize --x\na", None),
    ("%%bash\n%%specialize\na", None),
    ("%%html\n%%specialize\n<b>", None),
    ("a\n%%specialize\nb", None),
    ("x = '''\n%%specialize\na'''", None),
    ("%%specializer\na", None),
]


@pytest.mark.parametrize(("raw", "options"), FOUND)
def test_a_cell_asks_for_an_overlay_with_its_own_magic_only(
    raw: str, options: Options | None
) -> None:
    assert options == find_directive(raw)


@pytest.mark.parametrize(
    ("raw", "shift"),
    [
        ("a", (None, 0)),
        ("%%specialize\na", (None, 0)),
        ("%%time\na", ("time", 1)),
        ("%%specialize\n\n%%time\n%%capture c\na", ("capture", 4)),
        ("%%bash\n%%time\na", ("bash", 1)),
    ],
)
def test_the_innermost_magic_above_the_body_is_known(
    raw: str, shift: tuple[str | None, int]
) -> None:
    assert shift == body_shift(raw)


@pytest.mark.parametrize(
    ("raw", "only"),
    [("%specialize on", True), ("  %specialize\n", True), ("%specialize\n1", False), ("a", False)],
)
def test_a_cell_of_our_line_magic_alone_is_recognised(raw: str, *, only: bool) -> None:
    assert only == is_only_ours(raw)


# Lines ------------------------------------------------------------------------------------

PIECES = [
    "x = 1",
    "y = 'é\U0001d4b3' + a",
    "%time x",
    "z = !echo hi",
    "!ls",
    "x?",
    "for i in y:",
    "    i + 1",
    "",
    "# note",
    "s = '''a",
    "%not magic'''",
    "f(1,",
    "  2)",
    "x = 1 + \\",
    "    2",
]
cells = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("\n".join)
HEADS = ["", "%%specialize\n", "# c\n%%specialize -b\n", "\n\n", "%%specialize\n\n"]
heads = st.sampled_from(HEADS)


def transformed(raw: str) -> str:
    """Return what IPython makes of *raw*; leave out what it refuses, which never runs."""
    try:
        return str(manager().transform_cell(raw))
    except SyntaxError:
        reject()


@given(heads, cells)
def test_a_line_that_is_mapped_is_the_raw_line_to_the_letter(head: str, cell: str) -> None:
    raw = head + cell
    compiled = transformed(raw)

    lines = LineMap(raw, compiled, manager())

    raw_lines = raw.split("\n")
    wrong = [
        (text, place)
        for number, text in enumerate(compiled.split("\n"), 1)
        if (place := lines.point(number, 0)) is not None
        and raw_lines[place[0] - 1][place[1] :] != text
    ]
    assert [] == wrong


@given(st.lists(st.sampled_from(["a = 1", "b + c", "", "# x"]), min_size=1, max_size=15))
def test_python_without_magics_is_mapped_line_by_line(rows: list[str]) -> None:
    raw = "\n".join(["first = 0", *rows])
    lines = LineMap(raw, manager().transform_cell(raw), manager())

    places = [lines.point(number, 0) for number, row in enumerate(raw.split("\n"), 1) if row]

    assert [(n, 0) for n, row in enumerate(raw.split("\n"), 1) if row] == places


@given(cells)
def test_every_mapped_node_has_the_same_text_in_both(cell: str) -> None:
    raw = f"%%specialize\n{cell}\nlast = 'é\U0001d4b3' + a"
    compiled = transformed(raw)
    lines = LineMap(raw, compiled, manager())
    raw_units = [line.encode("utf-16-le") for line in raw.split("\n")]

    wrong = []
    for node in ast.walk(lines.tree) if lines.tree is not None else ():
        if not isinstance(node, ast.expr) or node.lineno != node.end_lineno:
            continue
        start = lines.point(node.lineno, node.col_offset)
        end = lines.point(node.lineno, node.end_col_offset or 0)
        if start is None or end is None:
            continue
        seen = raw_units[start[0] - 1][2 * start[1] : 2 * end[1]].decode("utf-16-le")
        if seen != ast.get_source_segment(compiled, node):
            wrong.append((seen, ast.get_source_segment(compiled, node)))
    assert [] == wrong


def test_a_body_is_placed_below_the_lines_that_its_magic_took() -> None:
    lines = LineMap("%%time\n\nx = 1\ny = é", "\nx = 1\ny = é\n", manager(), shift=1)

    assert [(3, 0), (4, 4)] == [lines.point(2, 0), lines.point(3, 4)]


def test_a_piece_of_a_body_is_not_taken_for_the_body() -> None:
    whole, piece = (
        LineMap("%%time\nx = 1\n%time x", text, manager(), shift=1)
        for text in ("x = 1\nget_ipython().run_line_magic('time', 'x')\n", "x\n")
    )

    assert (True, False) == (whole.replayed, piece.replayed)


# Store ------------------------------------------------------------------------------------


def run_of(text: str) -> Run:
    """Return a run of one unit, compiled from *text*."""
    run = Run(text, 1, "c", None, asked=True)
    unit = Unit(text)
    unit.codes.append(compile(text, "<cell>", "exec"))
    run.units.append(unit)
    return run


def test_the_last_run_of_a_cell_takes_the_place_of_the_one_before() -> None:
    store = Store()
    store.put("a", run_of("x = 1"))
    last = run_of("x = 2")
    store.put("a", last)

    assert (1, last) == (len(store), store.get("a"))


def test_the_oldest_cells_make_room_and_are_remembered_as_lost() -> None:
    store = Store(most_runs=2)
    gone = [store.put(key, run_of("x = 1")) for key in "abc"]

    assert ([[], [], ["a"]], True, False) == (gone, store.had("a"), store.had("never"))


@pytest.mark.parametrize("literal", ["'{}'", "b'{}'", "('{}',)", "0x{}"])
def test_large_constants_count(literal: str) -> None:
    run = run_of(f"x = {literal.format('1' * 50_000)}")
    run.raw = ""
    store = Store(most_bytes=20_000)

    store.put("large", run)

    assert (0, 0) == (len(store), store.size)


def test_the_size_of_what_is_dropped_is_given_back() -> None:
    store = Store()
    store.put("a", run_of("def f(x): return x + 1"))
    store.drop("a")

    assert 0 == store.size
