# SPDX-License-Identifier: BSD-3-Clause
"""Findings of the same code objects after each of several calls; what stays alike is kept once.

In: findings, one for each call, each site reduced to the copy that speaks. Out: the same after
any of the calls, and the calls at which the picture turned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.records import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from ipyspecialize.records import Findings, Site

#: Changes that are kept: above them those of counts alone go, then the later calls.
MOST_CHANGES = 5000


class Change(NamedTuple):
    """A site that is not what it was after the call before.

    call:  From 2.
    row:   Of the site in `Film.first.sites`.
    site:  What it is now.
    """

    call: int
    row: int
    site: Site


class Film:
    """What was found after each call, from the first one on.

    first:    After the first call.
    calls:    Calls that were added, from 1.
    kept:     The last call whose changes are here; the calls behind it are not shown.
    changes:  By call, then by row.
    coarse:   True if sites are only followed where their form or state changes: counts are then
              those of that moment.
    """

    def __init__(self, first: Findings) -> None:
        self.first = first
        self.calls = self.kept = 1
        self.changes: list[Change] = []
        self.coarse = False
        self._last = list(first.sites)

    def add(self, found: Findings | None) -> None:
        """Add what was found after one more call; None: nothing has changed since the last."""
        self.calls += 1
        if self.kept < self.calls - 1:
            return
        if found is None or self._note(found):
            self.kept = self.calls

    def after(self, call: int) -> Findings:
        """Return what was found after *call*, from 1 to `kept`."""
        sites = list(self.first.sites)
        for change in self.changes:
            if change.call > call:
                break
            sites[change.row] = change.site
        return self.first._replace(sites=tuple(sites))

    def turns(self) -> list[int]:
        """Return the calls after which something is painted another way than before; 1 first."""
        sites = list(self.first.sites)
        turned = [1]
        for change in self.changes:
            if _picture(sites[change.row]) != _picture(change.site) and turned[-1] != change.call:
                turned.append(change.call)
            sites[change.row] = change.site
        return turned

    def _note(self, found: Findings) -> bool:
        """Keep what *found* changes; return False if it is too much."""
        new = [each for each in found.warnings if each not in self.first.warnings]
        self.first = self.first._replace(warnings=(*self.first.warnings, *new))
        self.changes += self._changed(
            Change(self.calls, row, site) for row, site in enumerate(found.sites)
        )
        if len(self.changes) > MOST_CHANGES and not self.coarse:
            self.coarse = True
            self._last = list(self.first.sites)
            self.changes = self._changed(self.changes)
        if len(self.changes) > MOST_CHANGES:
            self.changes = [change for change in self.changes if change.call < self.calls]
            return False
        return True

    def _changed(self, candidates: Iterable[Change]) -> list[Change]:
        """Return those of *candidates*, in the order of their calls, that say something new."""
        new = []
        for change in candidates:
            if self._told(change.site) != self._told(self._last[change.row]):
                self._last[change.row] = change.site
                new.append(change)
        return new

    def _told(self, site: Site) -> Hashable:
        # Which copy of a site speaks may change; that is no news by itself.
        return (site.form, site.state) if self.coarse else site._replace(offset=0, raw=None)


def _picture(site: Site) -> Hashable:
    return (site.form, site.state) if site.state in WEIGHTS else None
