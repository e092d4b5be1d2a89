# SPDX-License-Identifier: BSD-3-Clause
"""What cannot be derived about the adaptive families, one row for each version."""

from __future__ import annotations

from typing import NamedTuple


class Facts(NamedTuple):
    """Facts of one version about families and forms.

    checked:      Release and file the row was checked on.
    quickens:     True if a code object must become hot before its families turn adaptive.
    operators:    Symbols of ``BINARY_OP`` for which a form exists, in-place ones included.
    compares:     Bits of the argument of ``COMPARE_OP`` below the number of the operator.
    jumps_after:  Beginning of the opcode that must follow ``COMPARE_OP`` for a form to exist;
                  "" if none is needed.
    general:      Forms that cache only the kind of callee.
    remembers:    Families that write more than the counter whenever they specialise, so that
                  zero words behind the counter prove that the site never had a form.
    writes_some:  Families some of whose forms do: words that are not zero prove that it had
                  one, zero words prove nothing.
    empties:      True if the JIT sets the counters of the sites that it records to 0.
    """

    checked: str
    quickens: bool
    operators: frozenset[str]
    compares: int
    jumps_after: str
    general: frozenset[str]
    remembers: frozenset[str]
    writes_some: frozenset[str]
    empties: bool = False


_PLUS_MINUS_TIMES = frozenset({"+", "-", "*", "+=", "-=", "*="})

_3_12 = Facts(
    checked="3.12.1, Python/specialize.c",
    quickens=False,
    operators=_PLUS_MINUS_TIMES,
    compares=4,  # Lib/dis.py, `cmp_op[arg >> 4]`
    jumps_after="",
    general=frozenset(),
    remembers=frozenset({"LOAD_ATTR", "LOAD_GLOBAL", "STORE_ATTR"}),
    # CALL keeps the version of a function, but a failed attempt may have written it, too.
    writes_some=frozenset(),
)

_3_13 = _3_12._replace(
    checked="3.13.0, Python/specialize.c",
    compares=5,
    general=frozenset({"CALL_PY_GENERAL", "CALL_BOUND_METHOD_GENERAL", "CALL_NON_PY_GENERAL"}),
    # Forms of CALL for functions written in Python keep their version, those for C nothing;
    # TO_BOOL_ALWAYS_TRUE keeps the version of the type.
    writes_some=frozenset({"CALL", "TO_BOOL"}),
)

_3_14 = _3_13._replace(
    checked="3.14.10, Python/specialize.c",
    operators=_PLUS_MINUS_TIMES | {"/", "&", "|", "^", "&=", "|=", "^=", "[]"},
    general=_3_13.general | {"CALL_KW_NON_PY"},
    # BINARY_OP_EXTEND keeps the address of what it does.
    writes_some=_3_13.writes_some | {"BINARY_OP", "CALL_KW"},
)

FACTS: dict[tuple[int, int], Facts] = {
    (3, 11): Facts(
        checked="3.11.7, Python/specialize.c",
        quickens=True,
        operators=_PLUS_MINUS_TIMES,
        compares=0,
        jumps_after="POP_JUMP_",
        general=frozenset({"PRECALL_PYFUNC", "PRECALL_BOUND_METHOD"}),
        remembers=frozenset(
            {"CALL", "COMPARE_OP", "LOAD_ATTR", "LOAD_GLOBAL", "LOAD_METHOD", "STORE_ATTR"}
        ),
        writes_some=frozenset({"BINARY_SUBSCR"}),
    ),
    (3, 12): _3_12,
    (3, 13): _3_13,
    (3, 14): _3_14,
    (3, 15): _3_14._replace(
        checked="3.15.2, Python/specialize.c",
        operators=_3_14.operators | {"/="},
        general=_3_14.general | {"CALL_EX_NON_PY_GENERAL"},
        empties=True,  # Python/optimizer.c 3.15
    ),
}
