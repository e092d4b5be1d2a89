# SPDX-License-Identifier: BSD-3-Clause
"""The call after ``%specialize --warm-up``: read, resolved to a function, made in the user's names.

The function is looked up once, since it is its code that is watched. The arguments are evaluated
anew for each call, as if the line stood in a loop: ``f(next(numbers))`` takes the next number.
"""

from __future__ import annotations

import ast
import functools
import inspect
import linecache
import re
from collections import ChainMap
from dataclasses import dataclass
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any

from IPython.core.error import UsageError

from ipyspecialize.ipython.directive import OptionError, parse_options

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

    from ipyspecialize.ipython.directive import Options

#: Calls where none are asked for, and at most.
USUAL_CALLS, MOST_CALLS = 20, 1000

#: File name of the call's own code: tracebacks begin there.
FILE = "<warm-up>"

# Options before and after the name; a call begins with none.
_OPTIONS = r"(?:--?[a-z]+\s+)*"
_LINE = re.compile(
    rf"(?P<first>{_OPTIONS})--warm-up\s+(?P<second>{_OPTIONS})"
    rf"(?:(?P<times>[-+]?\d+)\s+)?(?P<third>{_OPTIONS})(?P<call>.*)",
    re.DOTALL,
)
_CALLEE = "<callee>"  # no name that a program can use
_USAGE = "Write one call of a function: %specialize --warm-up 20 f(1.5)"


@dataclass(frozen=True)
class Request:
    """What is to be called.

    times:     How often, 1 to `MOST_CALLS`.
    call:      As it was typed.
    function:  Whose code is watched.
    code:      Of the call.
    make:      Makes it once; raises whatever the arguments or the function raise.
    options:   How it is to look.
    """

    times: int
    call: str
    function: FunctionType
    code: CodeType
    make: Callable[[], object]
    options: Options


def read_request(line: str, shell: Any) -> Request:  # noqa: ANN401 - InteractiveShell of any version
    """Return what *line*, which `is_warm_up`, asks for.

    Raises `UsageError` for a line that is no call of a function with Python code, and what the
    lookup of the function raises.
    """
    match = _LINE.fullmatch(f"{line.strip()} ")
    text = (match["call"] or "").strip() if match is not None else ""
    if match is None or not text:
        msg = f"%specialize --warm-up: there is no call. {_USAGE}."
        raise UsageError(msg)
    times = int(match["times"] or USUAL_CALLS)
    if not 1 <= times <= MOST_CALLS:
        msg = f"%specialize --warm-up: {times} calls cannot be shown; ask for 1 to {MOST_CALLS}."
        raise UsageError(msg)
    options = _looks_in(f"{match['first']}{match['second']}{match['third']}")
    said, callee, call = _compile(text)
    # Tracebacks show the line as it was typed.
    linecache.cache[FILE] = (len(text), None, [f"{text}\n"], FILE)
    ours: dict[str, object] = {}
    # Looked up and written as at the top level of a cell, which knows no callee.
    space, names = shell.user_global_ns, ChainMap(shell.user_ns, ours)
    try:
        thing = ours[_CALLEE] = eval(callee, space, names)  # noqa: S307 - the user's own code
    except BaseException as error:
        show_from(callee, error, shell)
        raise
    function = _function_of(thing, said)
    make = lambda: eval(call, space, names)  # noqa: S307, E731 - the user's own code
    return Request(times, text, function, call, make, options)


def is_warm_up(line: str) -> bool:
    """Return True for the line of a magic that has ``--warm-up`` before all but options."""
    return _LINE.fullmatch(f"{line.strip()} ") is not None


def _looks_in(text: str) -> Options:
    """Return the options in *text*. Raises `UsageError` for all but those of looks."""
    try:
        options = parse_options(text)
    except OptionError:
        options = None
    if options is None or options.has_files:
        msg = (
            "%specialize --warm-up: the options before the call are -b/--blue and -d/--dark, "
            f"not {text.strip()!r}."
        )
        raise UsageError(msg)
    return options


def show_from(code: CodeType, error: BaseException, shell: Any) -> None:  # noqa: ANN401
    """Have IPython show the traceback of *error* from the frame of *code* on.

    The frames of the magic, IPython's and ours, stand above it. IPython asks an exception for its
    own rendering first (`InteractiveShell.showtraceback`); one that takes no attributes is shown
    with them.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code is not code:
        trace = trace.tb_next
    if trace is None:  # interrupted in between
        return
    try:
        shown = shell.InteractiveTB.structured_traceback(type(error), error, trace, tb_offset=0)
        error._render_traceback_ = lambda: shown  # type: ignore[attr-defined]
    except Exception:  # whatever a foreign exception does; the user sees its own
        shell.log.debug("ipyspecialize: the traceback is shown whole", exc_info=True)


def _compile(text: str) -> tuple[str, CodeType, CodeType]:
    """Return the callee as it was typed, the code that looks it up, and that of the call."""
    try:
        tree = ast.parse(text, FILE, "eval")
        call = tree.body
        if not isinstance(call, ast.Call):
            msg = f"%specialize --warm-up: {text!r} is not a call. {_USAGE}."
            raise UsageError(msg)
        callee = call.func
        call.func = ast.copy_location(ast.Name(_CALLEE, ast.Load()), callee)
        return (
            ast.unparse(callee),
            compile(ast.Expression(callee), FILE, "eval"),
            compile(tree, FILE, "eval"),
        )
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        msg = f"%specialize --warm-up: cannot read {text!r} ({error}). {_USAGE}."
        raise UsageError(msg) from None


def _function_of(thing: object, said: str) -> FunctionType:
    """Return the function that a call of *thing* runs; *said* is what the user calls it.

    Raises `UsageError` where there is none, or where its code does not run while it is called.
    """
    inner = thing
    while isinstance(inner, (MethodType, functools.partial)):
        inner = inner.__func__ if isinstance(inner, MethodType) else inner.func
    if not isinstance(inner, FunctionType):
        msg = f"%specialize --warm-up: {_why_not(thing, said)}"
        raise UsageError(msg)
    flags = inner.__code__.co_flags
    if flags & inspect.CO_COROUTINE:
        kind, does = "an async function", "makes a coroutine"
    elif flags & (inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR):
        kind, does = "a generator function", "makes a generator"
    else:
        return inner
    msg = (
        f"%specialize --warm-up: {said} is {kind}: a call only {does}, and none of its code runs. "
        "Put a loop that runs it below %%specialize instead."
    )
    raise UsageError(msg)


def _why_not(thing: object, said: str) -> str:
    """Return why *thing* has no code to watch, and what to do."""
    if isinstance(thing, type):
        return f"{said} is a class. Watch a method of an instance: x.method(...)."
    if isinstance(getattr(thing, "__wrapped__", None), FunctionType):
        return (
            f"{said} is wrapped in {type(thing).__name__}, which need not run it at each call. "
            f"Watch the function inside: {said}.__wrapped__(...)."
        )
    if isinstance(inspect.getattr_static(type(thing), "__call__", None), FunctionType):
        return f"{said} is an object. Watch its method: {said}.__call__(...)."
    return (
        f"{said} is {type(thing).__name__!r}, without Python code that could be specialized. "
        "Watch a function, method or lambda that was written in Python."
    )
