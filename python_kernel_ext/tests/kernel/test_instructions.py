# SPDX-License-Identifier: BSD-3-Clause
"""All instructions of a cell: on their own in small cells, asked for in others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from ipyspecialize import load
from ipyspecialize.payload import MIME

if TYPE_CHECKING:
    from kernel.driver import Kernel

SCHEMA = json.loads(
    Path(__file__).parents[3].joinpath("payload/payload.v1.schema.json").read_text("utf-8")
)
ASK = "__import__('ipyspecialize.ipython', fromlist=['*']).instructions_for({!r})"
MANY = "".join(f"def f{n}(a, b):\n    return a + b * {n}\n" for n in range(40)) + "f1(1, 2)"


def ask(kernel: Kernel, cell_id: str) -> dict[str, Any]:
    answer = kernel.run(
        "", silent=True, store_history=False, user_expressions={"bundle": ASK.format(cell_id)}
    )
    assert [] == answer.messages
    payload: dict[str, Any] = answer.reply["user_expressions"]["bundle"]["data"][MIME]
    return payload


def test_a_small_cell_carries_its_instructions(kernel: Kernel) -> None:
    (payload,) = kernel.run("%%specialize\ndef f(a): return a + 1\nf(1)", cell_id="s").payloads()

    rows = load(payload).findings.listing or ()

    words = {row.base.partition("_BORROW")[0]: row.words for row in rows if row.code_index == 1}
    assert ("a", "+") == (words["LOAD_FAST"], words["BINARY_OP"])


def test_a_large_cell_leaves_them_out_and_answers_with_all_of_them(kernel: Kernel) -> None:
    (shown,) = kernel.run(f"%%specialize\n{MANY}", cell_id="many").payloads()

    asked = ask(kernel, "many")

    rows = load(asked).findings.listing or ()
    assert (False, 81, []) == (
        "instructions" in shown,
        len({row.code_index for row in rows}),
        [e.message for e in Draft202012Validator(SCHEMA).iter_errors(asked)],
    )
    assert [shown[key] for key in ("id", "session", "source", "execution_count")] == [
        asked[key] for key in ("id", "session", "source", "execution_count")
    ]


def test_asking_for_instructions_does_not_keep_an_update_from_the_cell(kernel: Kernel) -> None:
    kernel.run("%%specialize\ndef late(a): return a + 1\nlate(1)", cell_id="late")
    thread = "import threading; t = threading.Thread(target=lambda: [late(1) for _ in range(99)])"
    kernel.run(thread)
    busy = kernel.send("t.start(); t.join()", silent=True)  # no cell: nothing is refreshed after it
    kernel.wait(busy)

    assert "BINARY_OP_ADD_INT" in ask(kernel, "late")["strings"]
    (update,) = kernel.run("pass").payloads("update_display_data")
    assert "BINARY_OP_ADD_INT" in update["strings"]


@pytest.mark.parametrize("cell_id", ["nobody-has-run-me", "", "x" * 65, "');print(1)#"])
def test_a_cell_that_did_not_run_has_no_instructions(cell_id: str, kernel: Kernel) -> None:
    assert {"version": 1, "error": "not-run"} == ask(kernel, cell_id)
