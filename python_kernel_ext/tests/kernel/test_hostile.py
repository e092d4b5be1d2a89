# SPDX-License-Identifier: BSD-3-Clause
"""What other code does around us: broken builtins, tracers, forks, subshells, the debugger."""

from __future__ import annotations

import sys
import time
from typing import Any

import pytest
from kernel.driver import Kernel

from ipyspecialize.payload import MIME

LOOP = "def f(n):\n    s = 0\n    for i in range(n):\n        s = s + i\n    return s\n"

BREAKING = {
    "urandom": "import os\nos.urandom = None",
    "publish": "get_ipython().display_pub.publish = None",
    "exception": "import builtins\nbuiltins.Exception = int",
    "linecache": "import linecache\nlinecache.cache.clear()",
    "log": "get_ipython().log = None",
}


@pytest.mark.parametrize("breaking", BREAKING.values(), ids=BREAKING)
def test_a_cell_that_breaks_python_is_shown_and_not_broken_further(breaking: str) -> None:
    kernel = Kernel()
    try:
        broken = kernel.run(f"%%specialize\n{LOOP}f(20)\n{breaking}")
        after = kernel.run("print('still here')")

        shown = len(broken.payloads())
        assert ("ok", 1, "still here\n") == (broken.status, shown, after.text)
    finally:
        kernel.stop()


def test_a_transformer_of_the_user_is_not_called_again_by_us(fresh: Kernel) -> None:
    fresh.run(
        "calls = []\ndef mine(lines):\n    calls.append(1)\n"
        "    return [line.replace('ONE', '1') for line in lines]\n"
        "get_ipython().input_transformers_cleanup.append(mine)"
    )
    fresh.run("for i in range(30): i + ONE")
    before = fresh.run("print(len(calls)); calls.clear()").text
    (payload,) = fresh.run("%%specialize\nfor i in range(30): i + 1").payloads()

    after = fresh.run("print(len(calls))").text

    # Two cells are counted each time, the one that counts included.
    assert (before, True) == (after, bool(payload["spans"]["end"]))


def test_what_run_cell_async_began_does_not_enclose_later_cells(fresh: Kernel) -> None:
    fresh.run("import asyncio\nrun = get_ipython().run_cell_async")
    fresh.run("await run('1', transformed_cell='1')")
    fresh.run("task = asyncio.create_task(run('2', transformed_cell='2'))")
    fresh.run("await task")

    answer = fresh.run(f"%%specialize\n{LOOP}f(20)")

    assert 1 == len(answer.payloads())


def test_a_clear_that_a_thread_left_waiting_is_not_carried_out_by_us(fresh: Kernel) -> None:
    answer = fresh.run(
        "%%specialize\nimport threading\nfrom IPython.display import clear_output\nprint('stays')\n"
        "thread = threading.Thread(target=clear_output, args=[True])\nthread.start()\nthread.join()"
    )

    assert ["stream", "clear_output"] == [kind for kind, _ in answer.messages[1:]]


def test_a_stream_is_left_as_it_was_after_a_pending_clear(fresh: Kernel) -> None:
    answer = fresh.run(
        "import sys\nfrom IPython.display import clear_output\nbefore = set(vars(sys.stdout))\n"
        "clear_output(wait=True)\nprint('text')\nset(vars(sys.stdout)) - before"
    )

    assert "text\nset()" == answer.text


def test_a_profile_or_trace_function_is_told_of(kernel: Kernel) -> None:
    code = f"%%specialize\nimport sys\nsys.settrace(lambda *a: None)\n{LOOP}f(20)"

    answer = kernel.run(code)

    kernel.run("sys.settrace(None)")
    told = "traced" if sys.version_info < (3, 12) else "hidden"
    assert [told] == [w["id"] for w in answer.payloads()[0]["warnings"]]


def test_a_forked_child_says_nothing(kernel: Kernel) -> None:
    answer = kernel.run(
        "%%specialize\nimport os\npid = os.fork()\nif pid == 0:\n    os._exit(0)\n"
        "os.waitpid(pid, 0)[1]"
    )

    # From 3.12 on Python warns of a fork beside threads, which a kernel has.
    assert (1, "0") == (len(answer.payloads()), answer.text.splitlines()[-1])


def test_two_cells_in_subshells_get_an_overlay_each(fresh: Kernel) -> None:
    info = fresh.client.kernel_info(reply=True, timeout=10)["content"]
    if "kernel subshells" not in info.get("supported_features", []):
        pytest.skip("this ipykernel has no subshells (7 and later have)")
    control = fresh.client.session.msg("create_subshell_request", {})
    fresh.client.control_channel.send(control)
    subshell = fresh.client.get_control_msg(timeout=10)["content"]["subshell_id"]
    code = "%%specialize\nimport time\nfor i in range(30):\n    i + {}\ntime.sleep(0.5)"
    main = fresh.send(code.format("1"), cell_id="main")
    message = fresh.client.session.msg(
        "execute_request",
        {"code": code.format("2.5"), "silent": False, "store_history": True},
        metadata={"cellId": "sub"},
    )
    message["header"]["subshell_id"] = subshell
    fresh.client.shell_channel.send(message)

    seen = _payload_ids(fresh, {main, message["header"]["msg_id"]})

    assert {"specialize:main", "specialize:sub"} == seen


def _payload_ids(kernel: Kernel, requests: set[str]) -> set[str]:
    """Return the ids of the payloads that answer *requests*, once all of them are done."""
    seen: set[str] = set()
    pending = set(requests)
    until = time.monotonic() + 20
    while pending and time.monotonic() < until:
        message = kernel.client.get_iopub_msg(timeout=20)
        request = message["parent_header"].get("msg_id")
        content = message["content"]
        if request in requests and MIME in content.get("data", {}):
            seen.add(content["data"][MIME]["id"])
        if message["msg_type"] == "status" and content["execution_state"] == "idle":
            pending.discard(request)
    return seen


def test_after_the_debugger_the_payload_says_what_it_hinders(fresh: Kernel) -> None:
    requests: list[tuple[str, dict[str, Any]]] = [
        ("initialize", {"clientID": "test", "adapterID": "", "pathFormat": "path"}),
        ("attach", {}),
    ]
    for sequence, (command, arguments) in enumerate(requests, 1):
        content = {
            "type": "request",
            "seq": sequence,
            "command": command,
            "arguments": arguments,
        }
        message = fresh.client.session.msg("debug_request", content)
        fresh.client.control_channel.send(message)
        if not fresh.client.get_control_msg(timeout=30)["content"].get("success"):
            pytest.skip("the debugger cannot be attached here (debugpy is missing)")

    (payload,) = fresh.run(f"%%specialize\n{LOOP}f(50)").payloads()

    # From 3.12 on it uses sys.monitoring, and touches nothing until there is a breakpoint.
    hinders = ["traced"] if sys.version_info < (3, 12) else []
    assert hinders == [w["id"] for w in payload["warnings"]]
