# SPDX-License-Identifier: BSD-3-Clause
"""The pages say of a verdict what JupyterLab's hover card says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ipyspecialize.cpython.tables import FAMILY_OF
from ipyspecialize.records import Site
from ipyspecialize.views.words import detail_words, form_words, opcode_words, verdict_words

CASES: list[dict[str, Any]] = json.loads(
    Path(__file__).parents[3].joinpath("payload/words/verdicts.json").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['python']}: {case['says']}")
def test_each_shared_case_is_said_as_it_says(case: dict[str, Any]) -> None:
    site = _site(**case["verdict"])

    assert (case["says"], case["opcodes"], case["details"]) == (
        verdict_words(site, case["python"]),
        opcode_words(site),
        detail_words(site),
    )


def test_each_form_of_this_interpreter_is_said_in_words_or_caches_only_a_kind_of_callee() -> None:
    silent = {form for form in FAMILY_OF if form_words(form, "+") is None}

    assert set() == {form for form in silent if not form.endswith(KINDS_OF_CALLEE)}


@pytest.mark.parametrize("field", Site._fields)
def test_sites_that_differ_by_their_place_alone_have_one_verdict(field: str) -> None:
    places = {"code", "code_index", "offset", "arg", "raw", "span"}
    site = _site("BINARY_OP", state="failed")

    other = site._replace(**{field: "another"})

    assert (field in places) == (site.verdict == other.verdict)


#: Ends of the forms whose state is ``general``: a verdict that needs no more words.
KINDS_OF_CALLEE = ("_GENERAL", "_PYFUNC", "_BOUND_METHOD", "_NON_PY", "SEND_VIRTUAL")


def _site(op: str, **fields: Any) -> Site:  # noqa: ANN401 - a row of the shared cases
    return Site("f", 0, 0, op, fields.pop("form", None), 0, **fields)
