# SPDX-License-Identifier: BSD-3-Clause
"""What one cell shows, and what has to be known to keep it up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipyspecialize.ipython.directive import Options

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ipyspecialize.ipython.store import Run
    from ipyspecialize.reading import History
    from ipyspecialize.reading.comparing import Shown
    from ipyspecialize.records import Before, Elsewhere, Label


class Overlay:
    """What one cell shows: the run it was read from, how it looked, what changed it.

    key:          Payload id.
    run:          It also holds the code objects that are read.
    history:      What the readings of that run saw.
    elsewhere:    Functions of other cells that changed while the run was under way.
    display:      Display id; of this very run, since two cells of a file may share an id.
    changed_by:   Execution count of the last run that changed the picture, None: none did.
    fingerprint:  Of the functions of the run, as they were last read.
    picture:      Hash of what was painted then.
    large:        True if the bundle was too large to be sent again unasked.
    maps:         Line maps by `id` of their unit.
    before:       How the cell was when it was shown before; None: not known.
    shown:        What was last shown, for the next run; None: nothing yet.
    """

    __slots__ = (
        "before",
        "changed_by",
        "display",
        "elsewhere",
        "fingerprint",
        "history",
        "key",
        "large",
        "maps",
        "picture",
        "run",
        "shown",
    )

    def __init__(self, key: str, run: Run, display: str, history: History) -> None:
        self.key = key
        self.run = run
        self.display = display
        self.history = history
        self.elsewhere: tuple[Elsewhere, ...] = ()
        self.changed_by: int | None = None
        self.fingerprint: Hashable = None
        self.picture: int | None = None
        self.large = False
        self.maps: dict[int, Any] = {}
        self.before: Before | None = None
        self.shown: Shown | None = None

    def label(self, session: str, revision: int) -> Label:
        """Return the label of a reading of this run, made now."""
        from ipyspecialize.records import Label  # noqa: PLC0415 - first use

        run = self.run
        options = run.options or Options()
        key, count, changed_by = self.key, run.count, self.changed_by
        return Label(
            key, session, revision, run.cell_id, count, changed_by, options.mode, options.palette
        )
