# SPDX-License-Identifier: BSD-3-Clause
"""Random cells, magics among their lines: each site stands on a construct of the cell as typed."""

from __future__ import annotations

import ast
import warnings

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager
from reading.constructs import check_spans
from reading.programs import programs

from ipyspecialize.ipython.directive import remove_directive
from ipyspecialize.ipython.lines import LineMap
from ipyspecialize.reading import Unit, read

#: Lines that IPython rewrites; none evaluates Python of the cell.
MAGICS = (
    "%matplotlib inline",
    "!ls 'é𝒳'",
    "!!ls",
    "files = !ls {a}",
    "old = %who_ls",
    "a?",
    "len??",
    "%config \\\n  InlineBackend",
    "if a:\n    !ls\n    %pwd",
    "/f a b",
    ",f a b",
)
#: What may stand above the cell's code.
HEADS = ("", "%%specialize\n", "# é𝒳\n\n%%specialize -b\n", "\n\n%%specialize\n\n")


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(HEADS),
    st.lists(st.one_of(programs(depth=1), st.sampled_from(MAGICS)), min_size=1, max_size=5),
)
def test_every_span_of_a_cell_is_a_construct_of_it(head: str, pieces: list[str]) -> None:
    raw = head + "\n".join(pieces)
    manager = TransformerManager()
    manager.cleanup_transforms.append(remove_directive)
    text = manager.transform_cell(raw)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            code = compile(text, "<cell>", "exec")
        except SyntaxError:
            reject()
    placed = LineMap(raw, text, manager, 0)

    sites = read([Unit(code, placed)]).sites

    check_spans(sites, raw, ast.Module([], []))
    touched = {line for s in sites if s.span for line in range(s.span.line, s.span.end_line + 1)}
    assert not touched & rewritten(pieces, raw.count("\n") - "\n".join(pieces).count("\n"))


def rewritten(pieces: list[str], above: int) -> set[int]:
    """Return the numbers of the lines of *pieces* that begin a magic, *above* lines down."""
    found, line = set(), above + 1
    for piece in pieces:
        if piece in MAGICS and not piece.startswith("if"):
            found.add(line)
        line += piece.count("\n") + 1
    return found
