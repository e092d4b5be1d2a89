# SPDX-License-Identifier: BSD-3-Clause
"""Random operations on random operands: what is seen is what running them again gives."""

from __future__ import annotations

import sys
import warnings
from collections import Counter, OrderedDict, defaultdict, deque
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from reading.simulated import Site as Simulated

from ipyspecialize import inspect
from ipyspecialize.reading.traces import jit_is_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipyspecialize.records import Site

VERSION = sys.version_info[:2]
BEFORE = 7 if VERSION == (3, 11) else 0
#: Runs after which a site has shown what it becomes.
SETTLED = 60


class Point(NamedTuple):
    """A tuple of a class of its own."""

    x: int
    y: int


#: What a sequence may be multiplied by.
LONGEST = 100


def _size(operand: object) -> int:
    return operand if isinstance(operand, int) else 0


class Plain:
    """An object of a class of the user's own."""

    def __add__(self, other: object) -> int:
        return 1

    def __getitem__(self, key: object) -> object:
        if key == LONGEST:  # `in` and loops go on until then
            raise IndexError
        return key


#: By type, so that pairs of types are drawn evenly.
OPERANDS: list[Any] = [
    *(0, 7, -3, 2**29, 2**31, 2**70, True, False),
    *(1.5, 0.0, float("inf"), 2j, Decimal(3), Fraction(1, 3)),
    *("a", "é", "", "ab\N{SNAKE}", b"x", b"", bytearray(b"xy"), None),
    *((1, 2), (), [1, 2], [], {"a": 1}, {}, {1, 2}, frozenset({1}), range(3)),
    *(Point(1, 2), OrderedDict(a=1), defaultdict(int, a=1), Counter("a"), deque([1, 2])),
    *(Plain(), Plain, len, slice(0, 1), memoryview(b"xy")),
]
#: Statements on ``a`` and ``b`` with one site that decides: its family, or families by release.
STATEMENTS = {
    **{
        f"a {symbol} b": ("BINARY_OP",) for symbol in ("+", "-", "*", "/", "//", "%", "&", "|", "^")
    },
    "if a < b: pass": ("COMPARE_OP",),
    "x = a == b": ("COMPARE_OP",),
    "a[b]": ("BINARY_SUBSCR", "BINARY_OP"),
    "a in b": ("CONTAINS_OP",),
    "if a: pass": ("TO_BOOL",),
    "x, y = a": ("UNPACK_SEQUENCE",),
    "for x in a: break": ("FOR_ITER",),
    "a.real": ("LOAD_ATTR",),
    "len(a)": ("PRECALL", "CALL"),
}


def made(body: str, a: object, b: object) -> Callable[[], object]:
    """Return a function of no arguments, its bytes cold."""
    space: dict[str, Any] = {}
    text = f"def make(a, b):\n    def f(a=a, b=b):\n        {body}\n    return f\n"
    exec(compile(text, "<random>", "exec"), space)  # noqa: S102 - the only way to fresh code
    function: Callable[[], object] = space["make"](a, b)
    return function


def ran(function: Callable[[], object], families: tuple[str, ...], times: int) -> Site | None:
    """Return the site that decides after *times* runs."""
    for _ in range(BEFORE + times):
        function()
    found = [site for site in inspect(function).sites if site.opname in families]
    return found[-1] if found else None


@settings(max_examples=250, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(list(STATEMENTS)),
    st.sampled_from(OPERANDS),
    st.sampled_from(OPERANDS),
    st.integers(1, 300),
)
def test_a_random_operation_is_judged_as_running_it_again_predicts(
    body: str, a: object, b: object, times: int
) -> None:
    families = STATEMENTS[body]
    if body == "a * b" and max(_size(a), _size(b)) > LONGEST:
        reject()  # a sequence of gigabytes
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            settled = ran(made(body, a, b), families, SETTLED)
            site = ran(made(body, a, b), families, times)
        except Exception:  # noqa: BLE001 - these operands do not go together
            reject()
    if settled is None or site is None:
        reject()  # no family on this release
    if settled.state == "unknown" and jit_is_on():
        reject()  # the JIT emptied the counter: there is nothing to predict from

    expected = Simulated(VERSION, settled.opname, gives(settled))
    for _ in range(times):
        expected.run()

    seen = expected.seen()
    states = {seen.state}
    if jit_is_on():
        states.add("unknown")
        if seen.state == "missing":
            states.add("specialized")  # a trace does not count all misses: they are a lower bound
    assert site.state in states, (body, a, b, times)
    if not jit_is_on():
        assert (seen.form, seen.attempts, seen.executions, seen.misses) == (
            site.form,
            site.attempts,
            site.executions,
            site.misses,
        ), (body, a, b, times)


def gives(settled: Site) -> str:
    """Return what the operation becomes, in the words of ``matrix.toml``."""
    if settled.form is not None:
        return settled.form + ("!" if settled.misses else "")
    if settled.state == "failed" and settled.attempts is None and VERSION >= (3, 14):
        return "uncounted"
    return settled.state
