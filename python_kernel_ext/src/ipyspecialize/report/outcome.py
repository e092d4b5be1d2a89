# SPDX-License-Identifier: BSD-3-Clause
"""Code that has run: the files that are to be shown of it, each read when it is asked for.

In: live code objects, and which files are wanted. Out: a reading for each. One is in memory at a
time, so that the whole standard library can be a target.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.records import WEIGHTS
from ipyspecialize.report.files import Share, read_file, share, text_of
from ipyspecialize.views.text import EXPLAINED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import CodeType

    from ipyspecialize.describe import Reading
    from ipyspecialize.records import Caution
    from ipyspecialize.report.files import Look


#: Cautions that explain why nothing has a colour.
_PREVENTS = EXPLAINED | {"foreign-bytecode"}


class Target(NamedTuple):
    """One file that is to be shown.

    name:     Its path without links; ``<string>`` for what was given to ``-c``.
    reading:  None if nothing of it ran in this process.
    """

    name: str
    reading: Reading | None


class Outcome(NamedTuple):
    """What there is to read.

    names:     Of the targets, in the order in which they are shown.
    codes:     Outermost code objects by name.
    texts:     Texts that are known already, by name; others come from the disk.
    children:  Processes that were started: what ran in them is not here.
    cautions:  What limits the picture of each.
    since:     When the program began, in seconds of `time.time`.
    """

    names: Sequence[str]
    codes: Mapping[str, Sequence[CodeType]]
    texts: Mapping[str, str | Caution]
    children: int = 0
    cautions: Sequence[Caution] = ()
    since: float = math.inf

    def notes(self) -> list[str]:
        """Return what is not in the readings, in words; empty: nothing is known to be missing."""
        if not self.children:
            return []
        started = "1 process" if self.children == 1 else f"{self.children} processes"
        said = f"the program started {started}, and what ran there is not in this reading"
        return [f"{said}: if it can do all in one process, let it"]

    def targets(self, look: Look) -> Iterator[Target]:
        """Yield each target with its reading."""
        for name in self.names:
            codes = self.codes.get(name)
            if not codes:
                yield Target(name, None)
                continue
            text = self.texts[name] if name in self.texts else text_of(name)
            yield Target(name, read_file(codes, text, look, self.cautions))


class Tally:
    """What is kept of the targets that went by.

    never_ran:  Names of those of which nothing ran.
    ran:        Names of the others.
    share:      Of the sites of all.
    painted:    True if a site of any has a colour.
    left:       Names of those whose pages another process made, as `Place` says.
    prevented:  Why there may be no colour, in words; empty: nothing is known.
    """

    def __init__(self) -> None:
        self.never_ran: list[str] = []
        self.ran: list[str] = []
        self.left: list[str] = []
        self.share = Share(0, 0)
        self.painted = False
        self.prevented = ""

    def add(self, target: Target) -> None:
        """Count *target*."""
        if target.reading is None:
            self.never_ran.append(target.name)
            return
        self.ran.append(target.name)
        sites = target.reading.speaking.sites
        self.painted |= any(site.state in WEIGHTS for site in sites)
        for caution in target.reading.warnings:
            if caution.id in _PREVENTS:
                self.prevented = caution.text
        its = share(sites)
        self.share = Share(self.share.specialized + its.specialized, self.share.failed + its.failed)
