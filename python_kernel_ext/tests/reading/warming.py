# SPDX-License-Identifier: BSD-3-Clause
"""Real functions, cold and warmed up, and the states of their sites."""

from __future__ import annotations

from collections import OrderedDict, deque
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ipyspecialize import inspect

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipyspecialize.records import Site

#: Calls enough for anything to settle.
WARM = 100


def made(text: str) -> Callable[..., Any]:
    """Return the function ``f`` that *text* defines, anew each time: its bytes are cold."""
    space: dict[str, Any] = {"deque": deque, "Decimal": Decimal, "OrderedDict": OrderedDict}
    exec(compile(text, "<made>", "exec"), space)  # noqa: S102 - the only way to fresh code
    function: Callable[..., Any] = space["f"]
    return function


def warmed(text: str, *arguments: object, times: int = WARM) -> Callable[..., Any]:
    """Return the function ``f`` of *text* after *times* calls."""
    function = made(text)
    for _ in range(times):
        function(*arguments)
    return function


def sites(function: object, family: str) -> list[Site]:
    """Return the sites of one family, by offset."""
    return [site for site in inspect(function).sites if site.opname == family]


def states(function: object, family: str) -> list[str]:
    """Return the states of the sites of one family, by offset."""
    return [site.state for site in sites(function, family)]
