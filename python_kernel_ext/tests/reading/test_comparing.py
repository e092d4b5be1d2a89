# SPDX-License-Identifier: BSD-3-Clause
"""What becomes of a cell's spans when its text is edited and it runs again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipyspecialize.reading.columns import split_lines
from ipyspecialize.reading.comparing import compare, shown
from ipyspecialize.records import Findings, Site, Span

if TYPE_CHECKING:
    from ipyspecialize.records import State


def spans_of(text: str, *pieces: str) -> list[Span]:
    """Return where each of *pieces* first stands in *text*, each on one line."""
    found = []
    for piece in pieces:
        line, row = next((one, at) for at, one in enumerate(split_lines(text), 1) if piece in one)
        units = [len(part.encode("utf-16-le")) // 2 for part in (line.split(piece)[0], piece)]
        found.append(Span(row, units[0], row, units[0] + units[1]))
    return found


def readings(spans: list[Span], state: State = "failed") -> Findings:
    """Return findings with a site on each span."""
    sites = (
        Site("f", 0, 2 * at, "BINARY_OP", None, 0, state, span=s) for at, s in enumerate(spans)
    )
    return Findings("3.12.1", sites=tuple(sites))


def partners(old: str, new: str, pairs: list[tuple[str, str]]) -> list[str]:
    """Return those pieces of *new* that have a counterpart; *pairs* name the pieces of both."""
    then = shown(readings(spans_of(old, *(piece for piece, _ in pairs))), old, 3)
    wanted = [piece for _, piece in pairs]
    spans = spans_of(new, *wanted)
    before = compare(then, new, spans)
    known = {} if before is None else before.levels
    return [piece for piece, span in zip(wanted, spans, strict=True) if span in known]


CELL = "def f(x):\n    y = x - 32\n    return y * 5 / 9\nf(1)"


@pytest.mark.parametrize(
    ("edit", "pairs"),
    [
        (("", ""), [("x - 32", "x - 32"), ("f(1)", "f(1)")]),
        (("32", "32.0"), [("x - 32", "x - 32.0"), ("y * 5", "y * 5")]),
        (("y * 5 / 9", "y * 5.0 / 9.0"), [("y * 5", "y * 5.0"), ("y * 5 / 9", "y * 5.0 / 9.0")]),
        (("def f", "# note\n\ndef f"), [("x - 32", "x - 32"), ("y * 5 / 9", "y * 5 / 9")]),
        (("    y =", "    z = x + x\n    y ="), [("x - 32", "x - 32"), ("y * 5", "y * 5")]),
        (("x - 32", "(x - 32)"), [("x - 32", "x - 32")]),
        (("f(1)", "f(1, \U0001d4b3=2)"), [("f(1)", "f(1, \U0001d4b3=2)")]),
        (("y", "yy"), [("x - 32", "x - 32")]),
    ],
)
def test_an_edit_leaves_the_other_spans_their_counterparts(
    edit: tuple[str, str], pairs: list[tuple[str, str]]
) -> None:
    new = CELL.replace(*edit)

    assert [piece for _, piece in pairs] == partners(CELL, new, pairs)


@pytest.mark.parametrize(
    ("old", "new", "pair"),
    [
        ("a + b", "import os", ("a + b", "os")),
        ("y = alpha + beta", "return gamma * delta", ("alpha + beta", "gamma * delta")),
        ("f(1)\ng(2)", "g(2)", ("f(1)", "g(2)")),
    ],
)
def test_what_is_gone_has_no_counterpart(old: str, new: str, pair: tuple[str, str]) -> None:
    assert [] == partners(old, new, [pair])


def test_without_a_comparable_span_there_is_nothing_to_compare() -> None:
    then = shown(readings(spans_of("a + b", "a + b")), "a + b", 3)

    assert compare(then, "import os", [Span(1, 0, 1, 9)]) is None


def test_levels_are_those_of_the_sites_of_the_span_alone() -> None:
    span, outer = Span(1, 4, 1, 9), Span(1, 0, 1, 9)
    sites = [
        Site("f", 0, 2 * at, "BINARY_OP", None, 0, state, span=where)
        for at, (state, where) in enumerate(
            [("specialized", span), ("failed", span), ("missing", outer), ("cold", outer)]
        )
    ]
    then = shown(Findings("3.12.1", sites=tuple(sites)), "f = a + b", 3)

    before = compare(then, "f = a + b", [span, outer])

    assert before is not None
    assert (3, 1, 3, {span: 4, outer: 4}) == before


texts = st.text(st.sampled_from("ab1 \n+()é\U0001d4b3\r"), max_size=40)


@given(texts, texts, st.data())
def test_counterparts_are_spans_of_the_new_text_and_never_shared(
    old: str, new: str, data: st.DataObject
) -> None:
    def spans(text: str) -> list[Span]:
        lines = [len(line.encode("utf-16-le")) // 2 for line in split_lines(text)]
        rows = [at for at, length in enumerate(lines) if length]
        if not rows:
            return []
        one = st.sampled_from(rows).flatmap(
            lambda row: st.tuples(st.just(row), st.integers(0, lines[row] - 1), st.just(lines[row]))
        )
        drawn = data.draw(st.lists(one, max_size=6))
        return [Span(row + 1, first, row + 1, end) for row, first, end in drawn]

    then, now = shown(readings(spans(old)), old, None), spans(new)

    before = compare(then, new, now)

    levels = {} if before is None else before.levels
    assert (True, True) == (set(levels) <= set(now), len(levels) <= len(then.levels) // 5)
