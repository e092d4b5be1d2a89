# SPDX-License-Identifier: BSD-3-Clause
"""One session: what ran in it, what is shown of that, and the numbers on both.

In: runs that ended, and questions for them by cell. Out: overlays, and the bundles that show
them. What is kept is bounded by the store, and what it gives up is shown no longer. Reading is
imported when something is first shown, so that loading stays cheap.
"""

from __future__ import annotations

import itertools
import os
import re
from typing import TYPE_CHECKING, Any

from ipyspecialize.ipython.overlay import Overlay
from ipyspecialize.ipython.store import Run, Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipyspecialize.describe import Reading
    from ipyspecialize.reading.comparing import Shown

#: About how many bytes of a bundle are sent by themselves when something changed; above, only when
#: asked for. The text is in it once, and each site takes so many more (``bench/growth.py``).
MOST_UPDATED = 100_000
_BYTES_OF_A_SITE = 60

_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def payload_id(cell_id: str) -> str | None:
    """Return the payload id of a cell, None for what is no cell id: it comes from a file."""
    return f"specialize:{cell_id}" if _CELL_ID.fullmatch(cell_id) else None


class Session:
    """The last run of each cell, and an overlay for each that is shown.

    id:  16 random digits, in each payload.
    """

    def __init__(self, shell: Any) -> None:  # noqa: ANN401 - InteractiveShell of any version
        self.id = os.urandom(8).hex()
        self._shell = shell
        self._store = Store()
        self._overlays: dict[str, Overlay] = {}
        self._revisions = itertools.count(1)
        self._numbers = itertools.count(1)

    def __str__(self) -> str:
        megabytes = self._store.size / 1e6
        return (
            f"{len(self._store)} recorded cells ({megabytes:.1f} MB), "
            f"{len(self._overlays)} coloured"
        )

    # What ran -----------------------------------------------------------------------------

    def keep(self, run: Run) -> str:
        """Keep *run* as the last one of its cell, not shown so far; return its payload id."""
        key = (payload_id(run.cell_id) if run.cell_id is not None else None) or self.new_id()
        run.then = self._last_seen(key)
        self._overlays.pop(key, None)
        self._forget(self._store.put(key, run))
        return key

    def new_id(self) -> str:
        """Return a payload id for what is of no cell."""
        return f"specialize:{self.id}-{next(self._numbers)}"

    def had(self, cell_id: str) -> bool:
        """Tell whether this cell ran, and its recording had to make room for later ones."""
        key = payload_id(cell_id)
        return key is not None and self._store.had(key)

    def others(self, cell_id: str | None) -> list[Run]:
        """Return the kept runs of all cells but this one."""
        return self._store.others(payload_id(cell_id or "") or "")

    def _last_seen(self, key: str) -> Shown | None:
        """Return what the cell was last shown as, by its last run or one before it."""
        overlay, last = self._overlays.get(key), self._store.get(key)
        if overlay is not None:
            return overlay.shown
        return None if last is None else last.then

    def _forget(self, keys: list[str]) -> None:
        for key in keys:
            self._overlays.pop(key, None)

    # What is shown ------------------------------------------------------------------------

    def of_cell(self, cell_id: str) -> Overlay | None:
        """Return what shows the last run of this cell, None if no run of it is kept."""
        key = payload_id(cell_id)
        run = self._store.get(key) if key is not None else None
        return None if key is None or run is None else self.overlay(key, run)

    def overlay(self, key: str, run: Run) -> Overlay:
        """Return the overlay that shows *run*, a new one if there is none.

        key:  Its payload id.
        """
        overlay = self._overlays.get(key)
        if overlay is not None and overlay.run is run:
            return overlay
        from ipyspecialize.reading import History  # noqa: PLC0415 - first use

        return Overlay(key, run, f"specialize:{self.id}:{next(self._numbers)}", History())

    def read(self, overlay: Overlay) -> Reading:
        """Return how the run of *overlay* is by now; later changes are changes of that."""
        from ipyspecialize.ipython.placing import read_run  # noqa: PLC0415 - first use
        from ipyspecialize.reading.codes import fingerprint  # noqa: PLC0415 - first use

        label = overlay.label(self.id, next(self._revisions))
        overlay.fingerprint = fingerprint(overlay.run.functions())
        reading = read_run(overlay, label, self._shell.input_transformer_manager)
        overlay.shown = reading.shown()
        overlay.picture = hash(reading.picture())
        return reading

    def bundle(self, overlay: Overlay, reading: Reading | None = None) -> dict[str, Any]:
        """Return the bundle of *reading*, which *overlay* shows from now on.

        reading:  What `read` has just returned; None: it is read now.
        """
        reading = self.read(overlay) if reading is None else reading
        bundle = reading.bundle()
        overlay.large = len(overlay.run.raw) + _BYTES_OF_A_SITE * len(reading.sites) > MOST_UPDATED
        self._overlays[overlay.key] = overlay
        self._forget(self._store.pin(overlay.key))
        return bundle

    def instructions(self, overlay: Overlay) -> dict[str, Any]:
        """Return the payload of *overlay* with all its instructions.

        What is shown stays as it is, and so does what later updates are compared with.
        """
        from ipyspecialize.ipython.placing import MOST_ASKED, read_run  # noqa: PLC0415 - first use

        label = overlay.label(self.id, next(self._revisions))
        manager = self._shell.input_transformer_manager
        return read_run(overlay, label, manager, most_listed=MOST_ASKED).listed()

    def changed(
        self, shown: str | None, count: int | None
    ) -> Iterator[tuple[Overlay, dict[str, Any]]]:
        """Yield each overlay whose painted states have changed, with its new bundle.

        shown:  Payload id of the overlay that was just shown, and needs none.
        count:  Execution count of the run that ended.
        """
        if not self._overlays:
            return
        from ipyspecialize.reading.codes import fingerprint  # noqa: PLC0415 - first use

        for key, overlay in list(self._overlays.items()):
            functions = overlay.run.functions()
            if key == shown or overlay.large or not functions:
                continue
            if fingerprint(functions) == overlay.fingerprint:
                continue
            before, changed_by = overlay.picture, overlay.changed_by
            overlay.changed_by = count
            reading = self.read(overlay)
            if overlay.picture == before:
                overlay.changed_by = changed_by
            else:
                yield overlay, self.bundle(overlay, reading)
