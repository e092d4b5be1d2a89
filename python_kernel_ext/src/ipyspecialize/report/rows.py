# SPDX-License-Identifier: BSD-3-Clause
"""What the tables of the pages say: a row for each function of a file, a row for each file.

In: readings. Out: plain rows. Sites are counted as everywhere: a duplicated one once.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.records import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ipyspecialize.describe import Reading
    from ipyspecialize.records import Site, State

#: States that have a column of their own where a site is in them, what fails first.
_COLUMNS: tuple[State, ...] = ("failed", "deoptimized", "missing", "general")


class Row(NamedTuple):
    """What a table says of one function or file.

    name:       Of the function, or path of the file below the common root.
    line:       First line from 1; None for a file, or where it is not known.
    href:       Of its page; empty for a function.
    functions:  Code objects with painted sites; 1 for a function.
    states:     Sites by state.
    """

    name: str
    line: int | None
    href: str
    functions: int
    states: Mapping[State, int]

    @property
    def percent(self) -> int | None:
        """Specialized of painted sites, 0 to 100, rounded down; None if none is painted."""
        painted = sum(self.states.get(state, 0) for state in WEIGHTS)
        return 100 * self.states.get("specialized", 0) // painted if painted else None

    @property
    def share(self) -> str:
        """The same in words: ``66 %``; empty if none is painted."""
        return "" if self.percent is None else f"{self.percent} %"

    @property
    def slow(self) -> int:
        """How many sites have no form, though one was tried."""
        return self.states.get("failed", 0) + self.states.get("deoptimized", 0)

    @property
    def up_to_between(self) -> int | None:
        """Per cent of painted sites that have some form, be it general or one that misses."""
        if self.percent is None:
            return None
        painted = sum(self.states.get(state, 0) for state in WEIGHTS)
        return 100 * (painted - self.slow) // painted

    @property
    def worst_first(self) -> tuple[int, int, int, str]:
        """Key that sorts rows by what has no fast form, then by guards that miss."""
        missing = self.states.get("missing", 0)
        return -self.slow, -missing, 101 if self.percent is None else self.percent, self.name

    def counts(self, states: Sequence[State]) -> list[int]:
        """Return the number of sites in each of *states*."""
        return [self.states.get(state, 0) for state in states]


def functions_of(reading: Reading) -> list[Row]:
    """Return a row for each code object with painted sites, in the order of the file."""
    by_code: dict[int, list[Site]] = {}
    for site in reading.speaking.sites:
        by_code.setdefault(site.code_index, []).append(site)
    rows: list[Row] = []
    for number, code in enumerate(reading.codes):
        states = Counter(site.state for site in by_code.get(number, ()))
        if any(states[state] for state in WEIGHTS):
            rows.append(Row(code.name, code.line, "", 1, states))
    return rows


def row_of(reading: Reading, name: str, href: str) -> Row:
    """Return what the index says of one file."""
    sites = reading.speaking.sites
    functions = {site.code_index for site in sites if site.state in WEIGHTS}
    return Row(name, None, href, len(functions), Counter(site.state for site in sites))


def total(rows: Iterable[Row]) -> Row:
    """Return the sum of *rows*, without a name."""
    states: Counter[State] = Counter()
    functions = 0
    for row in rows:
        states.update(row.states)
        functions += row.functions
    return Row("", None, "", functions, states)


def columns(rows: Sequence[Row]) -> list[State]:
    """Return the states that have a column in the table of *rows*."""
    return [state for state in _COLUMNS if any(row.states.get(state) for row in rows)]
