# SPDX-License-Identifier: BSD-3-Clause
"""Columns of a table, each one string on the wire: comma-separated numbers, a null as nothing.

The table of strings is one string, too, a line each. An array would take twice the room: a
notebook is saved with each element on a line of its own, indented.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def columns(**values: Sequence[int | None]) -> dict[str, str]:
    """Return a table with one column for each of *values*; those of nothing but nulls left out."""
    return {
        name: ",".join(map(str, column)).replace("None", "")
        for name, column in values.items()
        if not column or column.count(None) < len(column)
    }


def deltas(values: Iterable[int | None]) -> list[int | None]:
    """Return each value minus the last one before it that is not null, nulls as they are."""
    found: list[int | None] = []
    last = 0
    for value in values:
        found.append(None if value is None else value - last)
        last = last if value is None else value
    return found


def joined(strings: Iterable[str]) -> str:
    """Return a table of *strings* as one; a line feed inside of one turns into a space."""
    return "\n".join(text.replace("\n", " ") for text in strings)


def parted(table: str) -> list[str]:
    """Return the strings of a table that `joined` made; raises `AttributeError` for none."""
    return table.split("\n")


def rows(table: Mapping[str, str], key: str, *others: str) -> Iterable[tuple[Any, ...]]:
    """Yield rows of *table*; *key* names a column without nulls, which counts the rows.

    Raises `KeyError`, `TypeError` or `ValueError` for what is no table.
    """
    cells = table[key]
    count = cells.count(",") + 1 if cells else 0
    found = []
    for name in (key, *others):
        cell = table.get(name)
        values = [None] * count if cell is None else cell.split(",") if count else []
        if len(values) != count:
            msg = f"column {name!r} has {len(values)} rows instead of {count}"
            raise ValueError(msg)
        found.append([int(value) if value else None for value in values])
    return zip(*found, strict=True)
