# SPDX-License-Identifier: BSD-3-Clause
"""A program that has run: its targets, each read when it is asked for.

In: what was watched, and which files are wanted. Out: a reading for each. One is in memory at a
time, so that the whole standard library can be a target.
"""

from __future__ import annotations

import json
import platform
from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.report.files import Share, read_file, share, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import CodeType

    from ipyspecialize.describe import Reading
    from ipyspecialize.records import Caution
    from ipyspecialize.report.files import Look


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
    children:  Processes that the program started: what ran in them is not here.
    """

    names: Sequence[str]
    codes: Mapping[str, Sequence[CodeType]]
    texts: Mapping[str, str | Caution]
    children: int

    def notes(self) -> list[str]:
        """Return what is not in the readings, in words; empty: nothing is known to be missing."""
        if not self.children:
            return []
        started = "1 process" if self.children == 1 else f"{self.children} processes"
        return [f"the program started {started}, and what ran there is not in this reading"]

    def targets(self, look: Look) -> Iterator[Target]:
        """Yield each target with its reading."""
        for name in self.names:
            codes = self.codes.get(name)
            if not codes:
                yield Target(name, None)
                continue
            text = self.texts[name] if name in self.texts else text_of(name)
            yield Target(name, read_file(codes, text, look))


class Tally:
    """What is kept of the targets that went by.

    never_ran:  Names of those of which nothing ran.
    ran:        How many did.
    share:      Of the sites of all.
    """

    def __init__(self) -> None:
        self.never_ran: list[str] = []
        self.ran = 0
        self.share = Share(0, 0)

    def add(self, target: Target) -> None:
        """Count *target*."""
        if target.reading is None:
            self.never_ran.append(target.name)
            return
        self.ran += 1
        its = share(target.reading.sites)
        self.share = Share(self.share.specialized + its.specialized, self.share.failed + its.failed)


def document(outcome: Outcome, look: Look, tally: Tally) -> Iterator[str]:
    """Yield the pieces of one JSON document (``payload/report.v1.schema.json``)."""
    head = {"version": 1, "python": platform.python_version(), "children": outcome.children}
    yield f'{json.dumps(head)[:-1]}, "targets": ['
    for number, target in enumerate(outcome.targets(look)):
        tally.add(target)
        payload = None if target.reading is None else target.reading.to_payload()
        text = None if target.reading is None else target.reading.text
        entry = {"path": target.name, "text": text, "payload": payload}
        yield ("," if number else "") + "\n" + json.dumps(entry)
    yield f'\n], "share": {json.dumps(tally.share.percent)}}}\n'
