# SPDX-License-Identifier: BSD-3-Clause
"""Live objects in, code objects out: those that really run, never fresh copies.

Code objects compare equal whatever their file name and state of specialization, so they are
told apart by `id`, and held while they are.
"""

from __future__ import annotations

import functools
from types import (
    AsyncGeneratorType,
    CodeType,
    CoroutineType,
    FrameType,
    FunctionType,
    GeneratorType,
    MethodType,
    ModuleType,
)
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


#: Where what is under way keeps its code.
_RUNNING: dict[type, str] = {
    GeneratorType: "gi_code",
    CoroutineType: "cr_code",
    AsyncGeneratorType: "ag_code",
    FrameType: "f_code",
}
#: Where what calls a function keeps it.
_CALLING: dict[type, tuple[str, ...]] = {
    MethodType: ("__func__",),
    staticmethod: ("__func__",),
    classmethod: ("__func__",),
    property: ("fget", "fset", "fdel"),
    functools.partial: ("func",),
    functools.partialmethod: ("func",),
    functools.cached_property: ("func",),
    functools.singledispatchmethod: ("func",),
}
#: What may be asked for.
ACCEPTED = "a function, method, class, property, generator, coroutine, module or code object"


def walk(code: CodeType) -> Iterator[CodeType]:
    """Yield *code* and every code object inside it, outermost first, each once.

    Left out is what the compiler makes of annotations: it runs when somebody asks for them.
    """
    seen: set[int] = set()
    pending = [code]
    while pending:
        this = pending.pop()
        if id(this) in seen:
            continue
        seen.add(id(this))
        yield this
        inside = [constant for constant in this.co_consts if type(constant) is CodeType]
        pending.extend(code for code in reversed(inside) if not _is_annotations(code))


def codes_of(thing: object) -> Iterator[CodeType]:
    """Yield the code objects of a live object; a class or module gives one per function.

    A function that wraps another (`functools.wraps`) gives both; the wrapper is left out where it
    is of another file, whose code all that it wraps have in common.

    Raises `TypeError` for an object without Python code, naming what is accepted.
    """
    kind = type(thing)  # never `isinstance`: it asks the object, which may answer anything
    if issubclass(kind, (type, ModuleType)):
        yield from _distinct(_members(thing, set()))
        return
    if issubclass(kind, CodeType):
        yield thing  # type: ignore[misc]
        return
    for running, attribute in _RUNNING.items():
        if issubclass(kind, running):
            yield getattr(thing, attribute)
            return
    functions = list(_functions_of(thing, set()))
    if not functions:
        # Not its `repr`, which may be pages, or raise.
        msg = f"a {_name_of(kind)} object has no Python code to read. Pass {ACCEPTED}."
        raise TypeError(msg)
    yield from _distinct(function.__code__ for function in functions)


def fingerprint(codes: Iterable[CodeType]) -> tuple[bytes, ...]:
    """Return the live bytes of *codes*: equal fingerprints mean that nothing changed."""
    return tuple([code._co_code_adaptive for code in codes])  # type: ignore[attr-defined]


def cold_copy(code: CodeType) -> CodeType:
    """Return *code* as if it had never run, the code objects inside it too."""
    inside = (
        cold_copy(constant) if isinstance(constant, CodeType) else constant
        for constant in code.co_consts
    )
    return code.replace(co_consts=tuple(inside))


def _is_annotations(code: CodeType) -> bool:
    # Python/codegen.c 3.14: one parameter, by position only; a user's own would have it otherwise.
    return code.co_name == "__annotate__" and code.co_posonlyargcount == 1


def _functions_of(thing: object, seen: set[int]) -> Iterator[FunctionType]:
    """Yield the functions that calling *thing* runs, as far as it names them, outermost first.

    seen:  By `id`, what was looked at: objects may hold each other in a ring.
    """
    if id(thing) in seen:
        return
    seen.add(id(thing))
    kind = type(thing)
    attributes = next((names for base, names in _CALLING.items() if issubclass(kind, base)), None)
    if attributes is not None:
        for name in attributes:
            yield from _functions_of(getattr(thing, name), seen)
        return
    inner = list(_functions_of(_wrapped_by(thing), seen))
    if issubclass(kind, FunctionType):
        function: FunctionType = thing  # type: ignore[assignment]
        files = {wrapped.__code__.co_filename for wrapped in inner}
        if not files or function.__code__.co_filename in files:
            yield function
    yield from inner


def _wrapped_by(thing: object) -> object:
    """Return what *thing* wraps, asked without running any code of its own; None: nothing."""
    try:
        return object.__getattribute__(thing, "__dict__").get("__wrapped__")
    except AttributeError:
        return None


def _members(owner: Any, seen: set[int]) -> Iterator[CodeType]:  # noqa: ANN401 - a class or a module
    """Yield the code of the functions and classes that were defined in *owner* itself.

    seen:  As in `_functions_of`, of classes.
    """
    if id(owner) in seen:
        return
    seen.add(id(owner))
    is_class = issubclass(type(owner), type)
    home = owner.__module__ if is_class else owner.__name__
    inside = f"{_name_of(owner)}." if is_class else ""
    for member in list(vars(owner).values()):
        kind = type(member)
        if issubclass(kind, type):
            if member.__module__ == home and _name_of(member).startswith(inside):
                yield from _members(member, seen)
        elif not issubclass(kind, ModuleType):
            for function in _functions_of(member, set()):
                # None: of code that was run in a namespace without a name.
                if function.__module__ in (home, None):
                    yield function.__code__


def _name_of(owner: type) -> str:
    """Return the qualified name of a class, whatever its metaclass makes of attributes."""
    name: str = type.__getattribute__(owner, "__qualname__")
    return name


def _distinct(codes: Iterable[CodeType]) -> Iterator[CodeType]:
    seen: dict[int, CodeType] = {}
    for code in codes:
        if id(code) not in seen:
            seen[id(code)] = code
            yield code
