# SPDX-License-Identifier: BSD-3-Clause
"""`%specialize --warm-up`: what is shown after each call, and what it leaves of the user's."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from reading.warming import warmed

from ipyspecialize import inspect
from ipyspecialize.payload import WARM_UP_MIME, parse
from ipyspecialize.payload.write import place
from ipyspecialize.reading import speakers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kernel.driver import Answer, Kernel

    from ipyspecialize.records import Site

CONTRACT = Path(__file__).parents[3] / "payload"
PAYLOAD, WARM_UP = (
    json.loads((CONTRACT / f"{name}.v1.schema.json").read_text("utf-8"))
    for name in ("payload", "warm-up")
)
LOOP = (
    "def f(n):\n"
    "    total = 0\n"
    "    for i in range(n):\n"
    "        total += i if i % 2 else 0.5\n"
    "    return [x / 2 for x in (total, n)]\n"
)
MIXED = "def f(x):\n    y = x * 2\n    return y - 32.5 + y\n"


def shown(answer: Answer) -> dict[str, Any]:
    """Return the warm-up that *answer* shows, which is one."""
    (found,) = (
        content["data"]
        for kind, content in answer.messages
        if kind == "display_data" and WARM_UP_MIME in content["data"]
    )
    return dict(found)


def after(warm_up: dict[str, Any], call: int) -> list[Site]:
    """Return the sites after *call*, in the order of the wire."""
    columns = warm_up["changes"]
    rows = [[int(n) for n in columns[name].split(",") if n] for name in ("call", "site", "verdict")]
    verdicts = warm_up["payload"]["sites"]["verdict"].split(",")
    for made, site, verdict in zip(accumulate(rows[0]), *rows[1:], strict=True):
        if made <= call:
            verdicts[site] = str(verdict)
    sites = {**warm_up["payload"]["sites"], "verdict": ",".join(verdicts)}
    return list(parse({**warm_up["payload"], "sites": sites})[0].sites)


def told(sites: Iterable[Site]) -> list[object]:
    """Return what is told of each site, but for its place."""
    return [(s.opname, s.form, s.state, s.attempts, s.executions, s.misses) for s in sites]


@pytest.mark.parametrize(
    ("source", "arguments"), [(MIXED, (1.5,)), (MIXED, (1,)), (LOOP, (3,))], ids=str
)
def test_after_each_call_it_is_as_a_fresh_function_called_so_often(
    kernel: Kernel, source: str, arguments: tuple[object, ...]
) -> None:
    kernel.run(f"{source}for i in range(90): f({arguments[0]})")

    warm_up = shown(kernel.run(f"%specialize --warm-up 14 f({arguments[0]})"))[WARM_UP_MIME]

    for call in range(1, 15):
        truth = speakers(inspect(warmed(source, *arguments, times=call)).sites)
        assert (call, told(sorted(truth, key=place))) == (
            call,
            told(_without_places(after(warm_up, call), truth)),
        )


def _without_places(sites: list[Site], truth: Iterable[Site]) -> list[Site]:
    """Return *sites* in the order that those of *truth*, whose source is not known, have."""
    order = {(site.code_index, site.offset): site for site in sites}
    return [order[site.code_index, site.offset] for site in sorted(truth, key=place)]


def test_what_is_shown_satisfies_the_schema(kernel: Kernel) -> None:
    kernel.run(LOOP)

    warm_up = shown(kernel.run("%specialize --warm-up 20 f(5)"))[WARM_UP_MIME]

    known = {**WARM_UP, "properties": {**WARM_UP["properties"], "payload": PAYLOAD}}
    errors = Draft202012Validator(known).iter_errors(warm_up)
    assert [] == [error.message for error in errors]


def test_words_and_listings_stand_beside_it_for_other_viewers(kernel: Kernel) -> None:
    kernel.run("def tame(x):\n    return x + '<b>'")

    bundle = shown(kernel.run("%specialize --warm-up 20 tame('<i>')"))

    said = bundle["text/plain"].splitlines()
    assert ("specialize: tame('<i>') called 20 times", True, False, False) == (
        said[0].split(",")[0],
        "1 of 1 site specialized (100 %)" in said[-1],
        "'<b>'" in bundle["text/html"],
        "('<i>')" in bundle["text/html"],
    )


@pytest.mark.parametrize("ending", ["20 own(1)", "20 own(next(steps))", "20 own(slow())"])
def test_the_function_has_its_own_code_again_however_it_ends(kernel: Kernel, ending: str) -> None:
    kernel.run(
        "import time\n"
        "def own(x):\n    return 1 / x\n"
        "def slow():\n    time.sleep(0.2)\n    return 1\n"
        "steps = iter([2, 1, 0])\n"
        "for i in range(1, 90): own(i)\n"
        "before = own.__code__, own.__code__._co_code_adaptive"
    )
    wait = 1 if "slow" in ending else None

    answer = kernel.run(f"%specialize --warm-up {ending}", interrupt_after=wait)

    now = "own.__code__ is before[0], own.__code__._co_code_adaptive == before[1]"
    made = shown(answer)[WARM_UP_MIME]["made"]
    assert (True, "(True, True)") == (made >= 1, kernel.run(now).text)


def test_an_exception_is_shown_as_the_users_own_after_the_calls_so_far(kernel: Kernel) -> None:
    kernel.run("def broken(x):\n    print(x)\n    return 1 / x\nleft = iter([2, 1, 0])")

    answer = kernel.run("%specialize --warm-up 20 broken(next(left))")

    kinds = [kind for kind, _ in answer.messages if kind != "execute_input"]
    trace = "".join(answer.messages[-1][1]["traceback"])
    warm_up = shown(answer)[WARM_UP_MIME]
    assert (["stream", "display_data", "error"], "error", "ZeroDivisionError", 3, False, True) == (
        kinds,
        answer.status,
        warm_up["stopped"],
        warm_up["made"],
        "ipyspecialize" in trace or "run_line_magic" in trace,
        "broken" in trace and "next" in trace,
    )


def test_arguments_are_evaluated_for_each_call_in_the_users_names(kernel: Kernel) -> None:
    kernel.run("def keep(x):\n    seen.append(x)\nseen, count = [], 0")

    kernel.run("%specialize --warm-up 4 keep(count := count + 1)")

    assert "([1, 2, 3, 4], 4)" == kernel.run("seen, count").text


@pytest.mark.parametrize(
    ("source", "call", "function"),
    [
        ("class A:\n    def m(self, x):\n        return x + 1\na = A()", "a.m(2)", "A.m"),
        (
            "def outer(k):\n    def inner(x):\n        return x + k\n    return inner",
            "outer(3)(2)",
            "outer.<locals>.inner",
        ),
        ("g = lambda x: x + 1", "g(2)", "<lambda>"),
        (
            "import functools\ndef h(x, y):\n    return x + y\np = functools.partial(h, 1)",
            "p(2)",
            "h",
        ),
        ("def r(n):\n    return n if n < 1 else r(n - 1) + 1", "r(5)", "r"),
    ],
)
def test_whatever_has_python_code_warms_up(
    kernel: Kernel, source: str, call: str, function: str
) -> None:
    kernel.run(source)

    warm_up = shown(kernel.run(f"%specialize --warm-up 30 {call}"))[WARM_UP_MIME]

    plus = [site.state for site in after(warm_up, 30) if site.opname == "BINARY_OP"]
    assert (function, "specialized") == (warm_up["function"], plus[-1])


def test_code_inside_is_cold_too(kernel: Kernel) -> None:
    kernel.run("def nest(n):\n    return [(lambda v: v * v)(i) for i in range(n)]\nnest(500)")

    warm_up = shown(kernel.run("%specialize --warm-up 2 nest(1)"))[WARM_UP_MIME]

    times = [site for site in after(warm_up, 1) if site.code.endswith("<lambda>")]
    assert {"waiting"} == {site.state for site in times}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "there is no call"),
        ("20", "there is no call"),
        ("20 f", "is not a call"),
        ("20 f(", "cannot read"),
        ("-o 20 f(1)", "-b/--blue and -d/--dark, not '-o'"),
        ("0 len('')", "1 to 1000"),
        ("1001 len('')", "1 to 1000"),
        ("len('')", "without Python code"),
        ("int('3')", "is a class"),
        ("gen(3)", "generator function"),
        ("later(3)", "async function"),
        ("cached(3)", "cached.__wrapped__(...)"),
        ("thing(3)", "thing.__call__(...)"),
        ("made(3)", "source of made is not to be had"),
    ],
)
def test_what_cannot_be_watched_says_why_and_what_to_do(
    kernel: Kernel, line: str, said: str
) -> None:
    kernel.run(
        "import functools\n"
        "def gen(n):\n    yield n\n"
        "async def later(n):\n    return n\n"
        "@functools.lru_cache\ndef cached(n):\n    return n\n"
        "class Thing:\n    def __call__(self, n):\n        return n\n"
        "thing = Thing()\n"
        "exec('def made(n): return n')"
    )

    answer = kernel.run(f"%specialize --warm-up {line}")

    assert ("error", True) == (answer.status, said in answer.text)


@pytest.mark.parametrize(
    ("line", "looks"),
    [
        ("-d -b --warm-up 3 f(1)", {"mode": "dark", "palette": "blue"}),
        ("--warm-up --blue 3 f(1)", {"palette": "blue"}),
        ("--warm-up 3 -bd f(1)", {"mode": "dark", "palette": "blue"}),
        ("--warm-up 3 f(1)", {}),
    ],
)
def test_options_of_looks_stand_anywhere_before_the_call(
    kernel: Kernel, line: str, looks: dict[str, str]
) -> None:
    kernel.run("def f(n):\n    return n + n")

    bundle = shown(kernel.run(f"%specialize {line}"))

    found = bundle[WARM_UP_MIME]["payload"].get("options", {})
    assert looks == {name: value for name, value in found.items() if value is not None}


def test_a_name_that_is_not_there_is_the_users_own_error(kernel: Kernel) -> None:
    answer = kernel.run("%specialize --warm-up 3 nowhere(1)")

    trace = "".join(answer.messages[-1][1]["traceback"])
    assert ("NameError", False) == (answer.messages[-1][1]["ename"], "ipyspecialize" in trace)
