# SPDX-License-Identifier: BSD-3-Clause
"""What cannot be derived about the adaptive families, one row for each version."""

from __future__ import annotations

from typing import NamedTuple


class Facts(NamedTuple):
    """Facts of one version about families and forms.

    checked:      Release and file the row was checked on.
    quickens:     True if a code object must become hot before its families turn adaptive.
    operators:    Symbols of ``BINARY_OP`` for which a form exists, in-place ones included.
    jumps_after:  Beginning of the opcode that must follow ``COMPARE_OP`` for a form to exist;
                  "" if none is needed.
    general:      Forms that cache only the kind of callee.
    remembers:    Families that write more than the counter whenever they specialise, so that
                  zero words behind the counter prove that the site never had a form.
    writes_some:  Families some of whose forms do: words that are not zero prove that it had
                  one, zero words prove nothing.
    """

    checked: str
    quickens: bool
    operators: frozenset[str]
    jumps_after: str
    general: frozenset[str]
    remembers: frozenset[str]
    writes_some: frozenset[str]


FACTS: dict[tuple[int, int], Facts] = {
    (3, 11): Facts(
        checked="3.11.7, Python/specialize.c",
        quickens=True,
        operators=frozenset({"+", "-", "*", "+=", "-=", "*="}),
        jumps_after="POP_JUMP_",
        general=frozenset({"PRECALL_PYFUNC", "PRECALL_BOUND_METHOD"}),
        remembers=frozenset(
            {"CALL", "COMPARE_OP", "LOAD_ATTR", "LOAD_GLOBAL", "LOAD_METHOD", "STORE_ATTR"}
        ),
        writes_some=frozenset({"BINARY_SUBSCR"}),
    ),
}
