# SPDX-License-Identifier: BSD-3-Clause
"""What lasts beyond one cell: updates, the toolbar's question, always-on, loading."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from kernel.driver import Kernel

from ipyspecialize import load
from ipyspecialize.payload import MIME

if TYPE_CHECKING:
    from kernel.driver import Answer

LOOP = "def f(n):\n    s = 0\n    for i in range(n):\n        s = s + i\n    return s\n"
ASK = "__import__('ipyspecialize.ipython', fromlist=['*']).bundle_for({!r})"
SCHEMA = json.loads(
    Path(__file__).parents[3].joinpath("payload/payload.v1.schema.json").read_text("utf-8")
)


def ask(kernel: Kernel, cell_id: str) -> tuple[Answer, dict[str, Any]]:
    """Ask as the toolbar does; return the whole answer and the value of the expression."""
    answer = kernel.run(
        "", silent=True, store_history=False, user_expressions={"bundle": ASK.format(cell_id)}
    )
    value: dict[str, Any] = answer.reply["user_expressions"]["bundle"]
    return answer, value


# Updates ----------------------------------------------------------------------------------


def test_a_later_cell_updates_the_overlay_it_changed(kernel: Kernel) -> None:
    add = "%%specialize\ndef add(a, b):\n    return a + b\nadd(1, 2)"
    (first,) = kernel.run(add, cell_id="living").bundles()

    later = kernel.run("for i in range(100): add(1, 2)")

    (update,) = later.bundles("update_display_data")
    before, after = first["data"][MIME], update["data"][MIME]
    assert (first["transient"], "specialize:living", True, True) == (
        update["transient"],
        after["id"],
        after["session"] == before["session"] and after["revision"] > before["revision"],
        "BINARY_OP_ADD_INT" in after["strings"],
    )
    assert (None, later.reply["execution_count"]) == (before.get("changed_by"), after["changed_by"])


def test_two_cells_with_one_id_never_share_a_display(kernel: Kernel) -> None:
    first, second = (
        kernel.run(f"%%specialize\n{LOOP}f({n})", cell_id="shared").bundles()[0] for n in (60, 70)
    )

    assert first["transient"] != second["transient"]


def test_misses_are_remembered_when_a_site_specializes_again(kernel: Kernel) -> None:
    add = "%%specialize\ndef again(a, b):\n    return a + b\nfor i in range(99): again(1, 2)"
    (first,) = kernel.run(add, cell_id="again").payloads()

    updates = [
        payload
        for code in ("for i in range(20): again(1.5, 2.5)", "for i in range(900): again(1.5, 2.5)")
        for payload in kernel.run(code).payloads("update_display_data")
    ]

    plus = [_verdicts(payload, "BINARY_OP")[0] for payload in (first, *updates)]
    assert [
        ("BINARY_OP_ADD_INT", "specialized", 0),
        ("BINARY_OP_ADD_INT", "missing", 20),
        ("BINARY_OP_ADD_FLOAT", "missing", 53),
    ] == plus


def test_a_form_that_was_seen_and_is_gone_is_deoptimized(kernel: Kernel) -> None:
    add = "%%specialize\ndef gone(a, b):\n    return a + b\nfor i in range(99): gone(1, 2)"
    kernel.run(add, cell_id="gone")

    (update,) = kernel.run("for i in range(900): gone(1j, 2j)").payloads("update_display_data")

    assert [(None, "deoptimized", None)] == _verdicts(update, "BINARY_OP")


def _verdicts(payload: dict[str, Any], op: str) -> list[tuple[str | None, str, int | None]]:
    """Return form, state and misses of the verdicts on one family."""
    sites = load(payload).sites
    return [(site.form, site.state, site.misses) for site in sites if site.opname == op]


# Before and after -------------------------------------------------------------------------

EDITED = "%%specialize\ndef c(d):\n    return d - 32\nfor i in range(60): c(1.5)"


def test_an_edited_cell_says_what_it_gained(kernel: Kernel) -> None:
    (first,) = kernel.run(EDITED.replace("d - 32", "[d] - 32 if d < 0 else d * 2"), "ed").payloads()
    kernel.run(EDITED.replace("%%specialize\n", ""), cell_id="ed")  # not shown: not compared with

    answer = kernel.run(EDITED.replace("d - 32", "[d] - 32 if d < 0 else d * 2.0"), cell_id="ed")

    (bundle,) = answer.bundles()
    said = "1 gained" if python_of(first) < (3, 14) else "unchanged"
    assert (None, first["execution_count"], True, True) == (
        first.get("before"),
        bundle["data"][MIME]["before"]["execution_count"],
        said in bundle["data"]["text/plain"],
        said in bundle["data"]["text/html"],
    )


def test_an_update_says_what_changed_since_the_earlier_run(kernel: Kernel) -> None:
    add = "%%specialize\ndef plus(a, b):\n    return a + b\nfor i in range(99): plus(1, 2)"
    (first, second) = (kernel.run(add, cell_id="plus").payloads()[0] for _ in range(2))

    (update,) = kernel.run("for i in range(900): plus('1', [2]) if 0 else plus(1j, 2j)").payloads(
        "update_display_data"
    )

    assert (first["execution_count"], second["before"], True) == (
        second["before"]["execution_count"],
        update["before"],
        "1 lost" in load(update)._repr_mimebundle_()["text/plain"],
    )


def python_of(payload: dict[str, Any]) -> tuple[int, ...]:
    """Return the version that ran a payload's code."""
    return tuple(map(int, payload["python"].split(".")[:2]))


# Elsewhere --------------------------------------------------------------------------------


def test_a_cell_names_the_functions_of_other_cells_that_it_changed(kernel: Kernel) -> None:
    source = "def there(a):\n    return a + a\ndef idle(a):\n    return a - a"
    count = kernel.run(source, cell_id="there").reply["execution_count"]
    kernel.run("def here(): pass", cell_id="neighbour")

    (payload,) = kernel.run("%%specialize\nfor i in range(99): there(i)").payloads()

    assert [
        {"cell_id": "there", "execution_count": count, "function": "there", "sites": 1}
    ] == payload["elsewhere"]


def test_a_cell_that_changes_nothing_elsewhere_names_nothing(kernel: Kernel) -> None:
    kernel.run("def settled(a):\n    return a + a\nfor i in range(99): settled(i)", cell_id="st")

    (payload,) = kernel.run("%%specialize\nfor i in range(99): settled(i)").payloads()

    assert [] == payload["elsewhere"]


def test_a_cell_that_changes_nothing_painted_sends_nothing(kernel: Kernel) -> None:
    kernel.run(f"%%specialize\n{LOOP}f(60)\nf(60)", cell_id="settled")
    kernel.run("f(60)")

    assert [] == kernel.run("f(60)").payloads("update_display_data")


def test_a_cell_run_again_without_the_magic_is_not_updated_any_more(kernel: Kernel) -> None:
    kernel.run("%%specialize\ndef old(a):\n    return a + a\nold(1)", cell_id="given-up")
    kernel.run("def new(): pass", cell_id="given-up")

    assert [] == kernel.run("for i in range(50): old(1)").payloads("update_display_data")


def test_work_of_a_thread_shows_after_the_next_cell(kernel: Kernel) -> None:
    kernel.run("%%specialize\ndef work(a):\n    return a + a\nwork(1)", cell_id="threaded")
    start = (
        "import threading\nt = threading.Thread(target=lambda: [work(2) for _ in range(99)])\n"
        "t.start()"
    )

    answers = [kernel.run(code) for code in (start, "t.join()", "pass")]

    updates = [u for answer in answers for u in answer.payloads("update_display_data")]
    assert "BINARY_OP_ADD_INT" in updates[-1]["strings"]


# The toolbar's question -------------------------------------------------------------------


def test_the_toolbar_gets_the_bundle_of_a_plain_cell_without_a_trace(kernel: Kernel) -> None:
    count = kernel.run(f"{LOOP}f(50)", cell_id="plain-cell").reply["execution_count"]

    answer, value = ask(kernel, "plain-cell")

    after = kernel.run("1").reply["execution_count"]
    assert ([], {MIME, "text/html", "text/plain"}, 1) == (
        answer.messages,
        set(value["data"]),
        after - count,
    )


def test_every_payload_satisfies_the_schema(kernel: Kernel) -> None:
    kernel.run(f"{LOOP}f(50)", cell_id="schema")

    _, value = ask(kernel, "schema")

    errors = Draft202012Validator(SCHEMA).iter_errors(value["data"][MIME])
    assert [] == [error.message for error in errors]


@pytest.mark.parametrize("cell_id", ["nobody-has-run-me", "", "x" * 65, "a b", "');print(1)#"])
def test_a_cell_that_did_not_run_is_answered_with_not_run(cell_id: str, kernel: Kernel) -> None:
    _, value = ask(kernel, cell_id)

    assert {"version": 1, "error": "not-run"} == value["data"][MIME]


def test_names_of_the_user_do_not_matter(fresh: Kernel) -> None:
    fresh.run(f"{LOOP}f(50)", cell_id="shadow")
    fresh.run("get_ipython = ipyspecialize = None")

    _, value = ask(fresh, "shadow")

    assert "specialize:shadow" == value["data"][MIME]["id"]


def test_a_question_waits_for_the_running_cell(kernel: Kernel) -> None:
    busy = kernel.send("import time; time.sleep(0.5)")
    asked = kernel.send("", silent=True, user_expressions={"bundle": ASK.format("living")})
    kernel.wait(busy)

    answer = kernel.wait(asked)

    assert "ok" == answer.reply["user_expressions"]["bundle"]["status"]


def test_the_line_magic_shows_a_cell_that_ran_before(kernel: Kernel) -> None:
    kernel.run(f"{LOOP}f(50)", cell_id="by-magic")

    shown = kernel.run("%specialize --cell by-magic", silent=True, store_history=False)

    assert ["specialize:by-magic"] == [payload["id"] for payload in shown.payloads()]


@pytest.mark.parametrize("words", ["--cell unknown-cell", "--cell 'a b'", "sideways", "--cell"])
def test_the_line_magic_says_what_it_cannot_do(words: str, kernel: Kernel) -> None:
    answer = kernel.run(f"%specialize {words}")

    assert ("error", True) == (answer.status, "UsageError: %specialize" in answer.text)


def test_an_id_that_is_none_is_refused_on_the_display_road(kernel: Kernel) -> None:
    answer = kernel.run(f"%%specialize\n{LOOP}f(50)", cell_id="<script>")

    assert ("ok", []) == (answer.status, answer.payloads())


# Always on --------------------------------------------------------------------------------


def test_always_on_colours_what_ran_and_is_silent_for_the_rest(kernel: Kernel) -> None:
    said = kernel.run("%specialize on")
    worked, idle = kernel.run("for i in range(30): f(i)"), kernel.run("x = 1")
    kernel.run("%specialize off")

    off = kernel.run("for i in range(30): f(i)")

    assert ([], 1, 0, 0) == (
        said.own,
        len(worked.payloads()),
        len(idle.payloads()),
        len(off.payloads()),
    )


SETTING = "__import__('ipyspecialize.ipython', fromlist=['*']).annotate_every_cell"


def test_the_front_ends_setting_is_silent_and_gives_back_what_the_user_had(kernel: Kernel) -> None:
    on = kernel.run(f"{SETTING}(True)", silent=True)
    shown = kernel.run("for i in range(30): f(i)")
    kernel.run(f"{SETTING}(False)", silent=True)
    off = kernel.run("for i in range(30): f(i)")
    kernel.run("%specialize on")
    for state in ("True", "True", "False"):
        kernel.run(f"{SETTING}({state})", silent=True)
    kept = kernel.run("for i in range(30): f(i)")
    kernel.run("%specialize off")

    assert ([], 1, 0, 1) == (
        on.messages,
        len(shown.payloads()),
        len(off.payloads()),
        len(kept.payloads()),
    )


def test_what_the_user_says_after_the_setting_counts(kernel: Kernel) -> None:
    kernel.run(f"{SETTING}(True)", silent=True)
    kernel.run("%specialize off")
    off = kernel.run("for i in range(30): f(i)")
    kernel.run(f"{SETTING}(False)", silent=True)

    assert [] == off.payloads()


def test_the_status_is_one_line(kernel: Kernel) -> None:
    text = kernel.run("%specialize").text

    assert (1, True) == (text.count("\n"), text.startswith("specialize is off"))


# Loading and unloading --------------------------------------------------------------------


def test_loading_twice_and_reloading_leaves_one_hook_of_each(fresh: Kernel) -> None:
    for command in ("load_ext", "reload_ext", "reload_ext"):
        fresh.run(f"%{command} ipyspecialize")

    counted = fresh.run(
        "ip = get_ipython()\n"
        "print(sum('remove_directive' in repr(t) for t in ip.input_transformers_cleanup),"
        " sum('ipyspecialize' in repr(c) for c in ip.events.callbacks['post_run_cell']))"
    )

    works = fresh.run(f"%%specialize\n{LOOP}f(20)").payloads()
    assert ("1 1\n", 1) == (counted.text, len(works))


def test_unloading_leaves_the_shell_as_it_was(fresh: Kernel) -> None:
    fresh.run("%unload_ext ipyspecialize")

    left = fresh.run(
        "ip = get_ipython()\n"
        "print('run_code' in vars(ip), type(ip.compile).__dict__.get('_recorder'),"
        " any('ipyspecialize' in repr(t) for t in ip.input_transformers_cleanup),"
        " 'specialize' in ip.magics_manager.magics['cell'], ip.display_pub._hooks)"
    )
    gone = fresh.run("%%specialize\n1")

    assert ("False None False False []\n", "error") == (left.text, gone.status)


def test_a_reset_keeps_the_extension(fresh: Kernel) -> None:
    fresh.run(f"{LOOP}f(20)", cell_id="kept")
    fresh.run("%reset -f")

    _, value = ask(fresh, "kept")

    assert ("specialize:kept", 1) == (
        value["data"][MIME]["id"],
        len(fresh.run(f"%%specialize\n{LOOP}f(20)").payloads()),
    )


def test_the_startup_file_leaves_no_name_and_no_count_behind() -> None:
    kernel = Kernel()
    try:
        first = kernel.run("[n for n in dir() if not n.startswith('_')]")
        assert ("['In', 'Out', 'exit', 'get_ipython', 'open', 'quit']", 1) == (
            first.text,
            first.reply["execution_count"],
        )
    finally:
        kernel.stop()


def test_an_environment_variable_switches_the_start_off() -> None:
    kernel = Kernel({**os.environ, "SPECIALIZE_DISABLE": "1"})
    try:
        before = kernel.run("%%specialize\n1").status
        kernel.run("%load_ext ipyspecialize")

        assert ("error", "ok") == (before, kernel.run("%%specialize\n1").status)
    finally:
        kernel.stop()
