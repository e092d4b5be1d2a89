# SPDX-License-Identifier: BSD-3-Clause
"""Wherever a site stands, the text there is a construct of its own, or the header of one."""

from __future__ import annotations

import ast
import warnings

from hypothesis import HealthCheck, example, given, reject, settings
from reading.constructs import check_spans
from reading.programs import programs

from ipyspecialize.reading import Unit, read
from ipyspecialize.reading.columns import FileSource


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@example("def g[T](p: T) -> a.b:\n    x.y\n")
@example("class K[T](a.b):\n    x.y\n")
@example("class K(a, metaclass=M):\n    x.y\n")
@example("class K(a, *b):\n    x.y\n")
@example("x = (a < (b < c) in\n  (d) # ) (\n  == e)\n")
@example("(\n  a\n).méthode(a)")
@given(programs())
def test_every_span_is_a_construct_and_holds_no_body(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree, code = ast.parse(text), compile(text, "<random>", "exec")
        except SyntaxError:
            reject()
    found = read([Unit(code, FileSource(text), doubted=True)])
    check_spans(found.sites, text, tree)
    assert "other-text" not in {warning.id for warning in found.warnings}
