# SPDX-License-Identifier: BSD-3-Clause
"""How arguments that name something are packed, one row for each version."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Packing(NamedTuple):
    """Flags in the low bits of arguments.

    checked:   Release and file the row was checked on.
    names:     Bits below the index into ``co_names``, by base opcode; 0 for all others.
    """

    checked: str
    names: Mapping[str, int]


_3_12 = Packing(
    checked="3.12.1, Lib/dis.py", names={"LOAD_GLOBAL": 1, "LOAD_ATTR": 1, "LOAD_SUPER_ATTR": 2}
)

PACKINGS: Mapping[tuple[int, int], Packing] = {
    (3, 11): Packing(checked="3.11.7, Lib/dis.py", names={"LOAD_GLOBAL": 1}),
    (3, 12): _3_12,
    (3, 13): _3_12._replace(checked="3.13.0, Lib/dis.py"),
    (3, 14): _3_12._replace(checked="3.14.10, Lib/dis.py"),
    (3, 15): Packing(checked="3.15.2, Lib/dis.py", names={**_3_12.names, "IMPORT_NAME": 2}),
}
