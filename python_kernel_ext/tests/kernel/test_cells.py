# SPDX-License-Identifier: BSD-3-Clause
"""A cell with %%specialize behaves as without it, byte for byte, and is coloured."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from kernel.driver import Answer, Kernel

LOOP = "def f(n):\n    s = 0\n    for i in range(n):\n        s = s + i\n    return s\n"

CELLS = {
    "result": f"{LOOP}f(20)",
    "semicolon": f"{LOOP}f(20);",
    "output": "for i in range(3):\n    print(i)\n'last'",
    "display": "from IPython.display import display\ndisplay(1, 'two')\n3",
    "handle": "from IPython.display import *\nh = display('a', display_id='h')\nh.update('b')",
    "clear": "from IPython.display import clear_output\nprint('a')\nclear_output()\nprint('b')",
    "await": "import asyncio\nasync def g():\n    return 7\nawait asyncio.sleep(0.01)\nawait g()",
    "exception": f"{LOOP}f(20)\n1 / 0",
    "exception-in-function": "def g():\n    raise ValueError('no')\n\ng()",
    "syntax-error": "x = 1\ny = = 2",
    "late-syntax-error": "x = 1\nprint(x)\nreturn 5",
    "system-exit": "import sys\nprint('before')\nsys.exit(3)",
    "future": "from __future__ import annotations\ndef q(a: nope):\n    return a\nq(1)",
    "line-magic": "%alias_magic t timeit\nx = !echo hi\nx",
    "shell": "!echo one\n!echo two",
    "help": "x = 3\nx?",
    "warning": "import warnings\nwarnings.warn('careful')",
    "syntax-warning": "x = 1\nx is 1",
    "capture": "%%capture c\nprint('hidden')\nx = 5",
    "magic": "%%writefile /dev/null\nhello",
    "bash": "%%bash\necho from bash",
    "time-syntax-error": "%%time\nprint(1)\nreturn 5",
    "timeit-syntax-error": "%timeit 1 +",
    "write-error": (
        "import sys\nfrom IPython.display import clear_output\nclear_output(wait=True)\n"
        "sys.stdout.write(5)"
    ),
    "class": "class C:\n    def m(self):\n        return 1\n[C().m() for _ in range(30)][0]",
    "unicode": "a = 'é𝒳'\nfor i in range(30):\n    b = a + 'ß'\nb",
    "one-line": "1 + 1",
    "automagic": "pwd",
    "autocall": "%autocall 0",
    "indented": "    x = 1\n    for i in range(30):\n        x + i\n    x",
    "comment": "# nothing but a comment",
    "stderr": "import sys\nprint('to stderr', file=sys.stderr)",
    "input-error": "input('?')",
    "continued": "x = 1 + \\\n    2\nx",
    "triple-quoted": "x = '''\n  a\n%not a magic\n'''\nx",
}


def normalised(answer: Answer) -> list[tuple[str, Any]]:
    """Return the cell's own messages; what differs between any two runs is made equal.

    The kernel sends a stream in as many pieces as its clock cuts it: pieces are put together.
    """
    said: list[tuple[str, Any]] = []
    for kind, content in answer.own:
        last = said[-1][1] if said and said[-1][0] == kind == "stream" else {"name": None}
        if kind == "stream" and last["name"] == content["name"]:
            said[-1] = (kind, {**last, "text": last["text"] + content["text"]})
        else:
            said.append((kind, content))
    return [(kind, _scrubbed(content)) for kind, content in said]


def _scrubbed(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {k: _scrubbed(v) for k, v in value.items() if k != "execution_count"}
    if isinstance(value, list):
        return [_scrubbed(entry) for entry in value]
    if isinstance(value, str):
        # Cell numbers, addresses, the temporary file names of cells; the comment that stands in
        # for the magic's line, where a traceback shows it.
        text = re.sub(r"\x1b\[[\d;]*m", "", value)
        text = re.sub(r"ipykernel_\d+/\d+|\d+\.py|In\[\d+\]|0x[0-9a-f]+", "~", text)
        return re.sub(r" *#?$", "", text, flags=re.MULTILINE)
    return value


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_a_cell_says_the_same_with_the_magic_as_without(
    cell: str, kernel: Kernel, plain: Kernel
) -> None:
    # An empty first line stands in for the magic's, so that line numbers agree; a body of one
    # line is compared as it is, because IPython treats cells of one line in a way of their own.
    special = len(cell.split("\n")) == 1 or cell.startswith(("%%", " "))
    bare = plain.run(cell if special else f"#\n{cell}")

    annotated = kernel.run(f"%%specialize\n{cell}")

    assert (bare.status, normalised(bare)) == (annotated.status, normalised(annotated))


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_a_cell_says_the_same_while_everything_is_annotated(
    cell: str, kernel: Kernel, plain: Kernel
) -> None:
    bare = plain.run(cell)
    kernel.run("%specialize on")

    annotated = kernel.run(cell)

    kernel.run("%specialize off")
    assert (bare.status, normalised(bare)) == (annotated.status, normalised(annotated))


def painted(payload: dict[str, Any], code: str) -> set[str]:
    """Return the source of each one-line span of a payload."""
    table = payload["spans"]
    count = len(table["end"].split(",")) if table["end"] else 0
    columns = {
        name: [int(v or 0) for v in table[name].split(",")] if name in table else [0] * count
        for name in ("line", "column", "lines", "end")
    }
    lines = code.split("\n")
    texts = set()
    starts = itertools.accumulate(columns["line"])
    for row, line in zip(range(count), starts, strict=True):
        if not columns["lines"][row]:
            units = lines[line - 1].encode("utf-16-le")
            first = columns["column"][row]
            texts.add(units[2 * first : 2 * (first + columns["end"][row])].decode("utf-16-le"))
    return texts


HEADS = [
    "%%specialize\n",
    "%%time\n%%specialize\n",
    "%%specialize\n%%time\n",
    "%%capture c\n%%specialize\n",
    "%%specialize\n%%capture c\n",
    "%%specialize\n%%time\n%%capture c\n",
    "%%specialize\n%%timeit -n30 -r1\n",
    "# note\n\n%%specialize\n",
    "\n\n%%specialize -b\n",
    "%%specialize -d -b\n\n",
]


@pytest.mark.parametrize("head", HEADS)
def test_magics_stack_in_any_order(head: str, kernel: Kernel) -> None:
    code = f"{head}t = 0\nfor i in range(50):\n    t = t + i * 2\n"

    answer = kernel.run(code)

    (payload,) = answer.payloads()
    assert ("ok", {"i * 2", "t + i * 2"}) == (
        answer.status,
        painted(payload, code) & {"i * 2", "t + i * 2"},
    )


def test_the_spans_of_a_hard_cell_are_those_of_its_raw_text(kernel: Kernel) -> None:
    code = (
        "    %%specialize\n    a = 'é𝒳'; t = 0\n    for i in range(50): 'é𝒳' + a; t = t + i\n"
        "    x = !echo \\\n      hi\n    %time t + 1\n    for i in range(50): 'ß' * i"
    )

    (payload,) = kernel.run(code).payloads()

    wanted = {"'é𝒳' + a", "t + i", "'ß' * i"}
    assert wanted == wanted & painted(payload, code)


def test_a_line_time_inside_a_time_body_is_not_misplaced(kernel: Kernel) -> None:
    code = "%%specialize\n%%time\nx = 12345\n%time 1 + x\nfor i in range(50): i + 1"

    (payload,) = kernel.run(code).payloads()

    assert {"i + 1", "range(50)"} == painted(payload, code)


def test_what_timeit_puts_around_a_body_is_not_painted_onto_it(kernel: Kernel) -> None:
    body = "\n".join(f"name_{n} = [{n}, {n}, {n}, {n}]" for n in range(6))
    code = f"%%specialize\n%%timeit -n30 -r1\n{body}\nfor i in range(50): i + 1"

    (payload,) = kernel.run(code).payloads()

    # The name `range` is a site of its own: a global, in the function that timeit makes.
    assert {"i + 1", "range(50)", "range"} == painted(payload, code)


def test_an_unknown_option_is_named_with_the_known_ones_and_the_body_does_not_run(
    kernel: Kernel,
) -> None:
    answer = kernel.run("%%specialize --bogus\nran_all_the_same = 1")

    exists = kernel.run("'ran_all_the_same' in globals()").text
    named = all(word in answer.text for word in ("--bogus", "-b/--blue", "-d/--dark"))
    assert ("error", True, "False", []) == (answer.status, named, exists, answer.payloads())


@pytest.mark.parametrize("code", ["%%specialize", "%%specialize\n", "%%specialize\n\n   \n"])
def test_an_empty_body_says_so(code: str, kernel: Kernel) -> None:
    answer = kernel.run(code)

    said = "empty" in answer.text or "no code below" in answer.text
    assert ("error", True) == (answer.status, said)


def test_the_options_travel_in_the_payload(kernel: Kernel) -> None:
    asked = [
        kernel.run(f"%%specialize{o}\n{LOOP}f(9)").payloads()[0]["options"]
        for o in ("", " -b", " --dark", " -bd")
    ]

    assert [
        {},
        {"palette": "blue"},
        {"mode": "dark"},
        {"mode": "dark", "palette": "blue"},
    ] == asked


def test_help_and_completion_know_the_magic(kernel: Kernel) -> None:
    request = kernel.client.complete("%%specia", 8)
    while (reply := kernel.client.get_shell_msg(timeout=10))["parent_header"]["msg_id"] != request:
        pass

    helped = kernel.run("%%specialize?")

    assert (True, "ok") == ("%%specialize" in reply["content"]["matches"], helped.status)


def test_an_interrupted_cell_shows_what_ran(kernel: Kernel) -> None:
    answer = kernel.run(
        f"%%specialize\n{LOOP}f(1000)\nwhile True:\n    f(100)", interrupt_after=0.7
    )

    (payload,) = answer.payloads()
    raised = [w["text"] for w in payload["warnings"] if w["id"] == "raised"]
    assert ("error", True) == (answer.status, "KeyboardInterrupt" in raised[0])


def test_a_failing_cell_says_after_which_line_nothing_ran(kernel: Kernel) -> None:
    (payload,) = kernel.run(f"%%specialize\n{LOOP}f(20)\n1 / 0\nf(3)").payloads()

    assert "line 8 with ZeroDivisionError" in payload["warnings"][0]["text"]


def test_a_cell_that_does_not_compile_has_nothing_to_show(kernel: Kernel) -> None:
    assert [] == kernel.run("%%specialize\nx = = 1").payloads()


def test_a_silent_run_shows_nothing_and_leaves_nothing_behind(kernel: Kernel) -> None:
    silent = kernel.run(f"%%specialize\n{LOOP}f(20)", silent=True)

    after = kernel.run(f"%%specialize\n{LOOP}f(20)")

    assert ([], 1) == (silent.payloads(), len(after.payloads()))


def test_a_nested_run_is_neither_shown_nor_mixed_in(kernel: Kernel) -> None:
    code = "%%specialize\nget_ipython().run_cell('%%specialize\\nfor i in range(30): i + 1')\n1"

    (payload,) = kernel.run(code).payloads()

    assert "i + 1" not in painted(payload, code)


def test_a_call_of_the_magic_from_code_shows_static_views_only(kernel: Kernel) -> None:
    answer = kernel.run(
        "get_ipython().run_cell_magic('specialize', '', 'for i in range(30): i + 1')"
    )

    shown = [set(content["data"]) for kind, content in answer.messages if kind == "display_data"]
    assert [{"text/html", "text/plain"}] == shown


def test_rerun_shows_nothing_of_another_text_in_this_cell(kernel: Kernel) -> None:
    kernel.run(f"%%specialize\n{LOOP}f(20)")

    assert [] == kernel.run("%rerun").payloads()


def test_a_cell_that_ends_in_a_waiting_clear_keeps_its_output(kernel: Kernel) -> None:
    code = (
        "%%specialize\nfrom IPython.display import clear_output\nfor i in range(20): i + 1\n"
        "print('kept')\nclear_output(wait=True)"
    )

    assert [] == kernel.run(code).payloads()


def test_a_waiting_clear_that_was_carried_out_does_not_matter(kernel: Kernel) -> None:
    code = (
        "%%specialize\nfrom IPython.display import clear_output\nfor i in range(20):\n"
        "    clear_output(wait=True)\n    print(i + 1)"
    )

    assert 1 == len(kernel.run(code).payloads())
