# SPDX-License-Identifier: BSD-3-Clause
"""Glue of one shell: what ran is recorded, what asked for it is shown, what changed is sent.

Every entry is guarded: whatever goes wrong in here is logged at debug level, and the user's
cell goes on as if nothing of ours were there. Reading and drawing are imported when something
is first shown, so that loading stays cheap.
"""

from __future__ import annotations

import itertools
import os
import re
from typing import TYPE_CHECKING, Any

from IPython.core.error import UsageError

from ipyspecialize.ipython.always import Always
from ipyspecialize.ipython.clearing import ClearWatch
from ipyspecialize.ipython.directive import Options, is_only_ours, remove_directive
from ipyspecialize.ipython.ending import shows_nothing, where_stopped
from ipyspecialize.ipython.home import folder_now
from ipyspecialize.ipython.overlay import Overlay
from ipyspecialize.ipython.recorder import Recorder
from ipyspecialize.ipython.store import Run, Store

if TYPE_CHECKING:
    from ipyspecialize.describe import Reading
    from ipyspecialize.reading.comparing import Shown

#: Where the live extension of a shell is kept.
ATTRIBUTE = "_ipyspecialize"

#: Characters of a bundle above which changes are not sent by themselves, only when asked for.
MOST_UPDATED = 100_000

_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

# Held from here on: a cell may break any builtin, and our hooks must survive that.
_Exception = Exception


class Extension:
    """The extension of one shell; `install` and `uninstall` undo each other."""

    def __init__(self, shell: Any) -> None:  # noqa: ANN401 - InteractiveShell of any version
        self._shell = shell
        self._recorder = Recorder(shell, self._began)
        self._store = Store()
        self._overlays: dict[str, Overlay] = {}
        self._clears = ClearWatch(shell.display_pub)
        self._publish = shell.display_pub.publish
        self._session = os.urandom(8).hex()
        self._revisions = itertools.count(1)
        self._numbers = itertools.count(1)
        self.always = Always()

    # Life cycle ---------------------------------------------------------------------------

    def install(self) -> None:
        """Put the hooks into the shell."""
        setattr(self._shell, ATTRIBUTE, self)
        self._recorder.install()
        self._clears.install()
        self._shell.input_transformers_cleanup.append(remove_directive)
        self._shell.events.register("post_run_cell", self.post_run_cell)

    def uninstall(self) -> None:
        """Leave the shell as it was found; what was recorded is forgotten."""
        self._recorder.uninstall()
        self._clears.uninstall()
        for table in self._shell.magics_manager.magics.values():
            table.pop("specialize", None)
        cleanup = self._shell.input_transformers_cleanup
        cleanup[:] = [transform for transform in cleanup if transform is not remove_directive]
        if self.post_run_cell in self._shell.events.callbacks["post_run_cell"]:
            self._shell.events.unregister("post_run_cell", self.post_run_cell)
        if getattr(self._shell, ATTRIBUTE, None) is self:
            delattr(self._shell, ATTRIBUTE)

    # After each cell ----------------------------------------------------------------------

    def post_run_cell(self, result: Any = None) -> None:  # noqa: ANN401
        """Keep the run that ended, show it if that was asked for, refresh what changed."""
        try:
            run = self._recorder.finish(result)
            shown = None
            if run is not None and run.asked:
                shown = self._ended(run, result)
            if self._overlays:
                self._refresh(shown, getattr(result, "execution_count", None))
        except _Exception:
            self._shell.log.debug("ipyspecialize: nothing shown for this cell", exc_info=True)
        finally:
            if self._recorder.current() is None:
                self._clears.reset()

    def _began(self, run: Run) -> None:
        """Remember where *run* begins and how others' functions are, if it may be shown."""
        if run.asked and run.options is not None and run.options.has_files:
            run.folder = folder_now()
        if run.asked and (run.options is not None or self.always.on) and len(self._store):
            from ipyspecialize.ipython.elsewhere import Before  # noqa: PLC0415 - first use

            run.before = Before(self._store.others(_payload_id(run.cell_id or "") or ""))

    def _ended(self, run: Run, result: Any) -> str | None:  # noqa: ANN401
        """Keep *run*, show it if that was asked for; return its payload id if it was shown."""
        key = self._key(run)
        before, run.before = run.before, None
        run.stopped = where_stopped(run, result)
        run.then = self._last_seen(key)
        self._overlays.pop(key, None)
        self._forget(self._store.put(key, run))
        if self._is_refused(run) or (self._clears.waiting and shows_nothing(result)):
            return None
        if run.options is None and (not self.always.on or is_only_ours(run.raw)):
            return None
        overlay = self._new_overlay(run)
        overlay.elsewhere = before.changes() if before is not None else ()
        reading = self._read(key, overlay)
        if run.options is None and not reading.picture():
            return None
        self._show(key, overlay, reading)
        if run.options is not None and run.options.has_files:
            self.list_files(run.options, run.folder, reading)
        return key

    def _last_seen(self, key: str) -> Shown | None:
        """Return what the cell was last shown as, by its last run or one before it."""
        overlay, last = self._overlays.get(key), self._store.get(key)
        if overlay is not None:
            return overlay.shown
        return None if last is None else last.then

    def _show(self, key: str, overlay: Overlay, reading: Reading) -> None:
        self._publish_bundle(overlay, self._bundle(key, overlay, reading), update=False)

    def _refresh(self, shown: str | None, count: int | None) -> None:
        """Send an update for each overlay whose painted states have changed.

        shown:  Payload id of the overlay that was just shown, and needs none.
        count:  Execution count of the run that ended.
        """
        from ipyspecialize.reading.codes import fingerprint  # noqa: PLC0415 - first use

        for key, overlay in list(self._overlays.items()):
            functions = overlay.run.functions()
            if key == shown or overlay.large or not functions:
                continue
            if fingerprint(functions) == overlay.fingerprint:
                continue
            before, changed_by = overlay.picture, overlay.changed_by
            overlay.changed_by = count
            reading = self._read(key, overlay)
            if overlay.picture == before:
                overlay.changed_by = changed_by
            else:
                self._publish_bundle(overlay, self._bundle(key, overlay, reading), update=True)

    # Asked for ----------------------------------------------------------------------------

    def annotate(self, cell_id: str) -> None:
        """Show the cell with this id, which ran before.

        Raises `UsageError` for an id that is none, and for a cell without a recording.
        """
        key = _payload_id(cell_id)
        if key is None:
            msg = f"%specialize: {cell_id!r} is not a cell id (letters, digits, - and _)."
            raise UsageError(msg)
        run = self._store.get(key)
        if run is None:
            msg = (
                f"%specialize: there is no recorded run of cell {cell_id!r} in this kernel. Run "
                "the cell, then ask again."
            )
            raise UsageError(msg)
        overlay = self._overlay(key, run)
        self._show(key, overlay, self._read(key, overlay))

    def answer(self, cell_id: str) -> dict[str, Any]:
        """Return the bundle of a cell, or ``{MIME: {version, error}}``.

        ``not-run``: this kernel has not seen the cell run (or the id is none).
        ``not-recorded``: it ran, and its recording had to make room for later ones.
        """
        key = _payload_id(cell_id)
        run = self._store.get(key) if key is not None else None
        if key is None or run is None:
            return self._silence(key)
        overlay = self._overlay(key, run)
        return self._bundle(key, overlay, self._read(key, overlay))

    def instructions(self, cell_id: str) -> dict[str, Any]:
        """Return the payload of a cell with all its instructions, or why not, as `answer`.

        What the cell shows stays as it is, and so does what later updates are compared with.
        """
        from ipyspecialize.ipython.placing import MOST_ASKED, read_run  # noqa: PLC0415 - first use
        from ipyspecialize.payload import MIME  # noqa: PLC0415 - first use

        key = _payload_id(cell_id)
        run = self._store.get(key) if key is not None else None
        if key is None or run is None:
            return self._silence(key)
        overlay = self._overlay(key, run)
        manager = self._shell.input_transformer_manager
        label = overlay.label(key, self._session, next(self._revisions))
        return {MIME: read_run(overlay, label, manager, most_listed=MOST_ASKED).listed()}

    def _silence(self, key: str | None) -> dict[str, Any]:
        from ipyspecialize.payload import MIME  # noqa: PLC0415 - first use

        lost = key is not None and self._store.had(key)
        return {MIME: {"version": 1, "error": "not-recorded" if lost else "not-run"}}

    def run_body(self, cell: str, options: Options) -> None:
        """Run *cell* for other code that called the magic, and show it by itself.

        Its text is not that of a notebook cell, so only the static views are shown.
        """
        before = self._recorder.nested
        runs: list[Run] = []
        self._recorder.nested = runs
        try:
            self._shell.run_cell(cell)
        finally:
            self._recorder.nested = before
        try:
            for run in runs[-1:]:  # the body ends last, after what it ran itself
                run.options = options
                key = f"specialize:nested-{next(self._numbers)}"
                bundle = self._read(key, self._new_overlay(run)).bundle()
                views = {kind: data for kind, data in bundle.items() if kind.startswith("text/")}
                self._publish(data=views, metadata={})
        except _Exception:
            self._shell.log.debug("ipyspecialize: nothing shown for this body", exc_info=True)

    def warm_up(self, line: str) -> bool:
        """Watch a function warm up if *line*, a magic's, asks for it; tell whether it does.

        Raises what `warming.warm_up` raises.
        """
        from ipyspecialize.ipython.calling import is_warm_up  # noqa: PLC0415 - first use
        from ipyspecialize.ipython.warming import warm_up  # noqa: PLC0415 - first use
        from ipyspecialize.records import Label  # noqa: PLC0415 - first use

        if not is_warm_up(line):
            return False
        key = f"specialize:{self._session}-{next(self._numbers)}"
        count = getattr(self._shell, "execution_count", None)
        warm_up(line, Label(key, self._session, execution_count=count), self._shell)
        return True

    def list_files(self, options: Options, folder: str, cell: Reading | None = None) -> None:
        """List the files that *options* ask for, seen from *folder*; else write *cell*'s page."""
        from ipyspecialize.ipython.listing import bundle_of  # noqa: PLC0415 - first use

        self._publish(data=bundle_of(options, folder, cell), metadata={})

    def status(self) -> str:
        """Return one line: what is on, and how much is kept."""
        is_on = self.always.on
        each = "on: every cell is coloured" if is_on else "off: cells ask with %%specialize"
        megabytes = self._store.size / 1e6
        return (
            f"specialize is {each}; {len(self._store)} recorded cells ({megabytes:.1f} MB), "
            f"{len(self._overlays)} coloured."
        )

    # Reading ------------------------------------------------------------------------------

    def _overlay(self, key: str, run: Run) -> Overlay:
        """Return the overlay that shows *run*, a new one if there is none."""
        overlay = self._overlays.get(key)
        return overlay if overlay is not None and overlay.run is run else self._new_overlay(run)

    def _new_overlay(self, run: Run) -> Overlay:
        from ipyspecialize.reading import History  # noqa: PLC0415 - first use

        return Overlay(run, f"specialize:{self._session}:{next(self._numbers)}", History())

    def _read(self, key: str, overlay: Overlay) -> Reading:
        from ipyspecialize.ipython.placing import read_run  # noqa: PLC0415 - first use
        from ipyspecialize.reading.codes import fingerprint  # noqa: PLC0415 - first use

        label = overlay.label(key, self._session, next(self._revisions))
        overlay.fingerprint = fingerprint(overlay.run.functions())
        reading = read_run(overlay, label, self._shell.input_transformer_manager)
        overlay.shown = reading.shown()
        overlay.picture = hash(reading.picture())
        return reading

    def _bundle(self, key: str, overlay: Overlay, reading: Reading) -> dict[str, Any]:
        """Return the bundle of *reading*, which *overlay* shows from now on."""
        from ipyspecialize.payload import characters  # noqa: PLC0415 - first use

        bundle = reading.bundle()
        overlay.large = characters(bundle) > MOST_UPDATED
        self._overlays[key] = overlay
        self._forget(self._store.pin(key))
        return bundle

    def _forget(self, keys: list[str]) -> None:
        for key in keys:
            self._overlays.pop(key, None)

    def _publish_bundle(self, overlay: Overlay, bundle: dict[str, Any], *, update: bool) -> None:
        transient = {"display_id": overlay.display}
        self._publish(data=bundle, metadata={}, transient=transient, update=update)

    def _key(self, run: Run) -> str:
        """Return the payload id of *run*: its cell's, or one of its own."""
        if run.cell_id is not None and (known := _payload_id(run.cell_id)) is not None:
            return known
        return f"specialize:{self._session}-{next(self._numbers)}"

    def _is_refused(self, run: Run) -> bool:
        return run.cell_id is not None and _payload_id(run.cell_id) is None


def _payload_id(cell_id: str) -> str | None:
    """Return the payload id of a cell, None for what is no cell id: it comes from a file."""
    return f"specialize:{cell_id}" if _CELL_ID.fullmatch(cell_id) else None
