# SPDX-License-Identifier: BSD-3-Clause
"""What each family has fast forms for, in words: rows for what a release made faster.

Written from ``Python/specialize.c`` of 3.11.7, 3.12.1, 3.13.0, 3.14.10 and 3.15.2. The tests hold
the rows to every form of the running interpreter, and to statements that run on it.
"""

from __future__ import annotations

from typing import NamedTuple

_Release = tuple[int, int]


class Fit(NamedTuple):
    """What some forms of a family fit.

    words:      Fits behind "has fast forms for".
    forms:      Patterns (`fnmatch`) of the forms' names, spaces between.
    operators:  Symbols as in `records.Site.operator`, spaces between; "": whatever it is.
    since:      First release that it is true of.
    until:      First release that it is no longer true of; None: it still is.
    """

    words: str
    forms: str
    operators: str = ""
    since: _Release = (3, 11)
    until: _Release | None = None


class Family(NamedTuple):
    """What is said of code of one family that found no form.

    subject:  What it does; ``{}`` stands for its operator.
    fits:     What it has fast forms for.
    fix:      What to write instead; None where nothing is worth it.
    """

    subject: str
    fits: tuple[Fit, ...]
    fix: str | None = None


_BIND = "Bind what stays the same to a local name before the loop."

_OPERATORS = (
    Fit("two ints", "BINARY_OP_*_INT", "+ - * += -= *=", until=(3, 15)),
    Fit("two ints below 2**30", "BINARY_OP_*_INT", "+ - * += -= *=", since=(3, 15)),
    Fit("two floats", "BINARY_OP_*_FLOAT", "+ - * += -= *="),
    Fit("two strs", "BINARY_OP_ADD_UNICODE BINARY_OP_INPLACE_ADD_UNICODE", "+ +="),
    Fit("two small ints", "BINARY_OP_EXTEND", "& | ^ &= |= ^=", since=(3, 14)),
    Fit("an int and a float", "BINARY_OP_EXTEND", "+ - * /", since=(3, 14)),
    Fit("an int and a float", "BINARY_OP_EXTEND", "+= -= *= /=", since=(3, 15)),
    Fit("two lists, two tuples or two bytes", "BINARY_OP_EXTEND", "+", since=(3, 15)),
    Fit("a str, bytes or tuple and an int", "BINARY_OP_EXTEND", "*", since=(3, 15)),
    Fit("two dicts", "BINARY_OP_EXTEND", "|", since=(3, 15)),
)
_OPERATOR = Family("`{}`", _OPERATORS)
_ARITHMETIC = _OPERATOR._replace(
    fix="Give both sides one of these types where they are made: 2.0 beside floats, int(flag) for "
    "a bool, .item() for a NumPy scalar."
)
#: ``BINARY_SUBSCR``, from 3.14 on ``BINARY_OP`` with the operator ``[]``.
_SUBSCRIPT = Family(
    "`x[i]`",
    (
        Fit("a list or tuple and an int from 0", "*_SUBSCR_LIST_INT *_SUBSCR_TUPLE_INT"),
        Fit("an ASCII str and an int from 0", "*_SUBSCR_STR_INT", since=(3, 13), until=(3, 15)),
        Fit("a str and an int from 0", "*_SUBSCR_STR_INT *_SUBSCR_USTR_INT", since=(3, 15)),
        Fit("a list and a slice", "*_SUBSCR_LIST_SLICE", since=(3, 14)),
        Fit("a dict", "*_SUBSCR_DICT"),
        Fit("an object whose __getitem__ is written in Python", "*_SUBSCR_GETITEM"),
    ),
    "Keep what a hot loop looks up in a list, a tuple or a dict.",
)
_CALL = Family(
    "a call",
    (
        Fit(
            "a function written in Python that takes just the positional arguments it is given",
            "*CALL_PY_* *CALL_BOUND_METHOD_* PRECALL_PYFUNC PRECALL_BOUND_METHOD",
        ),
        Fit(
            "a class whose __init__ is written in Python",
            "CALL_ALLOC_AND_ENTER_INIT",
            since=(3, 13),
        ),
        Fit(
            "most functions, methods and classes written in C",
            "*CALL_*BUILTIN_* *CALL_*METHOD_DESCRIPTOR_* *CALL_*LEN *CALL_*ISINSTANCE "
            "*CALL_*LIST_APPEND *CALL_*_1",
        ),
    ),
    "Pass arguments by position, to a function without * and ** in its signature.",
)

FAMILIES: dict[str, Family] = {
    "BINARY_OP": _OPERATOR,
    "BINARY_SUBSCR": _SUBSCRIPT,
    "STORE_SUBSCR": Family(
        "`x[i] = v`",
        (
            Fit("a list and an int from 0 that is in use", "STORE_SUBSCR_LIST_INT"),
            Fit("a dict", "STORE_SUBSCR_DICT"),
        ),
        "Fill a list or a dict, and make the other container of it once.",
    ),
    "COMPARE_OP": Family(
        "`{}`",
        (
            Fit("two floats", "COMPARE_OP_FLOAT*"),
            Fit("two ints below 2**30", "COMPARE_OP_INT*"),
            Fit("two strs", "COMPARE_OP_STR*", "== !="),
        ),
        "Compare two values of one type: a float with 0.0, an int with 0.",
    ),
    "CONTAINS_OP": Family(
        "`{}`",
        (
            Fit("a dict", "CONTAINS_OP_DICT", since=(3, 13)),
            Fit("a set or frozenset", "CONTAINS_OP_SET", since=(3, 13)),
        ),
        "Make a set or dict of it once, before the loop.",
    ),
    "TO_BOOL": Family(
        "a truth test",
        (
            Fit("a bool", "TO_BOOL_BOOL", since=(3, 13)),
            Fit("an int", "TO_BOOL_INT", since=(3, 13)),
            Fit("a str", "TO_BOOL_STR", since=(3, 13)),
            Fit("a list", "TO_BOOL_LIST", since=(3, 13)),
            Fit("None", "TO_BOOL_NONE", since=(3, 13)),
            Fit("an object without __bool__ and __len__", "TO_BOOL_ALWAYS_TRUE", since=(3, 13)),
        ),
    ),
    "UNPACK_SEQUENCE": Family("unpacking", (Fit("a tuple", "*_TUPLE"), Fit("a list", "*_LIST"))),
    "FOR_ITER": Family(
        "a loop",
        (
            Fit("a list", "FOR_ITER_LIST", since=(3, 12)),
            Fit("a tuple", "FOR_ITER_TUPLE", since=(3, 12)),
            Fit("a range", "FOR_ITER_RANGE", since=(3, 12)),
            Fit("a generator", "FOR_ITER_GEN", since=(3, 12)),
            Fit("a str or bytes", "FOR_ITER_VIRTUAL", since=(3, 15)),
        ),
    ),
    "GET_ITER": Family(
        "beginning a loop",
        (
            Fit("a list, tuple, str or bytes", "GET_ITER_VIRTUAL", since=(3, 15)),
            Fit("an iterator", "GET_ITER_SELF", since=(3, 15)),
        ),
    ),
    "SEND": Family(
        "await and yield from",
        (
            Fit("a generator or coroutine", "SEND_GEN", since=(3, 12)),
            Fit("an asynchronous generator", "SEND_ASYNC_GEN", since=(3, 15)),
            Fit("a list, tuple, str or bytes", "SEND_VIRTUAL", since=(3, 15)),
        ),
    ),
    "LOAD_ATTR": Family(
        "reading an attribute",
        (
            Fit(
                "a plain attribute or slot of an instance",
                "LOAD_ATTR_INSTANCE_VALUE LOAD_ATTR_WITH_HINT LOAD_ATTR_SLOT",
            ),
            Fit("a name in a module", "LOAD_ATTR_MODULE"),
            Fit("a name in a class", "LOAD_ATTR_CLASS*", since=(3, 12)),
            Fit("a method that is called", "LOAD_ATTR_METHOD_*", since=(3, 12)),
            Fit(
                "a property or __getattribute__ written in Python",
                "LOAD_ATTR_PROPERTY LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN",
                since=(3, 12),
            ),
            Fit("a plain value of the class", "LOAD_ATTR_NONDESCRIPTOR_*", since=(3, 13)),
        ),
        _BIND,
    ),
    "LOAD_METHOD": Family(
        "calling a method",
        (
            Fit(
                "a plain method of the object's class",
                "LOAD_METHOD_NO_DICT LOAD_METHOD_WITH_DICT LOAD_METHOD_WITH_VALUES",
            ),
            Fit("a function in a module", "LOAD_METHOD_MODULE"),
            Fit("a function of a class", "LOAD_METHOD_CLASS"),
        ),
        _BIND,
    ),
    "STORE_ATTR": Family(
        "setting an attribute",
        (Fit("a plain attribute or slot of an instance", "STORE_ATTR_*"),),
        "Keep the value in a local name, and set the attribute once.",
    ),
    "LOAD_GLOBAL": Family(
        "reading a global name",
        (Fit("names of a module and of builtins, in plain dicts of strs", "LOAD_GLOBAL_*"),),
        _BIND,
    ),
    "LOAD_SUPER_ATTR": Family(
        "super()",
        (Fit("a plain method or attribute of the class", "LOAD_SUPER_ATTR_*", since=(3, 12)),),
    ),
    "CALL": _CALL,
    "PRECALL": _CALL,
    "CALL_KW": Family(
        "a call with keywords",
        (Fit("a function or method written in Python", "CALL_KW_PY CALL_KW_BOUND_METHOD"),),
        "Pass arguments by position.",
    ),
    "CALL_FUNCTION_EX": Family(
        "a call with * or **",
        (Fit("a function written in Python", "CALL_EX_PY", since=(3, 15)),),
        "Pass arguments by position.",
    ),
}


def family_of(opname: str, operator: str | None) -> Family | None:
    """Return what is said of a family; None for one that is not listed.

    operator:  Symbol of the instruction; None where it has none, or it is not known.
    """
    if operator in ("+", "-", "*", "+=", "-=", "*="):
        return _ARITHMETIC
    return _SUBSCRIPT if operator == "[]" else FAMILIES.get(opname)


def fits_of(family: Family, operator: str | None, release: _Release) -> list[Fit]:
    """Return what *family* has fast forms for in *release*.

    operator:  Symbol of the instruction; None where it has none, or it is not known.
    """
    return [
        fit
        for fit in family.fits
        if fit.since <= release
        and (fit.until is None or release < fit.until)
        and (not fit.operators or operator in fit.operators.split())
    ]
