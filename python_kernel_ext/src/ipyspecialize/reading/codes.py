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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


#: Where each kind of object keeps its code, or the object that does.
_INSIDE: dict[type, tuple[str, ...]] = {
    FunctionType: ("__code__",),
    MethodType: ("__func__",),
    staticmethod: ("__func__",),
    classmethod: ("__func__",),
    property: ("fget", "fset", "fdel"),
    functools.partial: ("func",),
    functools.cached_property: ("func",),
    GeneratorType: ("gi_code",),
    CoroutineType: ("cr_code",),
    AsyncGeneratorType: ("ag_code",),
    FrameType: ("f_code",),
}


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
        inside = [constant for constant in this.co_consts if isinstance(constant, CodeType)]
        pending.extend(code for code in reversed(inside) if not _is_annotations(code))


def codes_of(thing: object) -> Iterator[CodeType]:
    """Yield the code objects of a live object; a class or module gives one per function.

    Raises `TypeError` for an object without Python code, naming what is accepted.
    """
    yield from _distinct(_codes_of(thing))


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


def _codes_of(thing: object) -> Iterator[CodeType]:
    if isinstance(thing, CodeType):
        yield thing
        return
    if isinstance(thing, (type, ModuleType)):
        yield from _members(thing)
        return
    for kind, attributes in _INSIDE.items():
        if isinstance(thing, kind):
            for name in attributes:
                inner = getattr(thing, name)
                if inner is not None:  # a property without a setter
                    yield from _codes_of(inner)
            return
    wrapped = getattr(thing, "__wrapped__", None)  # functools.lru_cache and its like
    if not isinstance(wrapped, FunctionType):
        msg = (
            f"{thing!r} has no Python code to read. Pass a function, method, class, property, "
            "generator, coroutine, module or code object."
        )
        raise TypeError(msg)
    yield wrapped.__code__


def _members(owner: type | ModuleType) -> Iterator[CodeType]:
    """Yield the code of the functions and classes that were defined in *owner* itself."""
    home = owner.__name__ if isinstance(owner, ModuleType) else owner.__module__
    for member in list(vars(owner).values()):
        if isinstance(owner, ModuleType) and getattr(member, "__module__", None) != home:
            continue
        if isinstance(member, type) and member.__module__ != home:
            continue
        if isinstance(member, ModuleType):
            continue
        try:
            yield from _codes_of(member)
        except TypeError:
            continue  # a plain value


def _distinct(codes: Iterable[CodeType]) -> Iterator[CodeType]:
    seen: dict[int, CodeType] = {}
    for code in codes:
        if id(code) not in seen:
            seen[id(code)] = code
            yield code
