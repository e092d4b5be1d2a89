# SPDX-License-Identifier: BSD-3-Clause
"""Glue of one shell: what ran is recorded, what asked for it is shown, what changed is sent.

Every entry is guarded: whatever goes wrong in here is logged at debug level, and the user's
cell goes on as if nothing of ours were there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from IPython.core.error import UsageError

from ipyspecialize.ipython.always import Always
from ipyspecialize.ipython.clearing import ClearWatch
from ipyspecialize.ipython.directive import Options, is_only_ours, remove_directive
from ipyspecialize.ipython.ending import shows_nothing, where_stopped
from ipyspecialize.ipython.home import folder_now
from ipyspecialize.ipython.recorder import Recorder
from ipyspecialize.ipython.session import Session, payload_id

if TYPE_CHECKING:
    from ipyspecialize.describe import Reading
    from ipyspecialize.ipython.overlay import Overlay
    from ipyspecialize.ipython.store import Run

#: Where the live extension of a shell is kept.
ATTRIBUTE = "_ipyspecialize"

# Held from here on: a cell may break any builtin, and our hooks must survive that.
_Exception = Exception


class Extension:
    """The extension of one shell; `install` and `uninstall` undo each other."""

    def __init__(self, shell: Any) -> None:  # noqa: ANN401 - InteractiveShell of any version
        self._shell = shell
        self._recorder = Recorder(shell, self._began)
        self._session = Session(shell)
        self._clears = ClearWatch(shell.display_pub)
        self._publish = shell.display_pub.publish
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
        if run.asked and (run.options is not None or self.always.on):
            others = self._session.others(run.cell_id)
            if others:
                from ipyspecialize.ipython.elsewhere import Before  # noqa: PLC0415 - first use

                run.before = Before(others)

    def _ended(self, run: Run, result: Any) -> str | None:  # noqa: ANN401
        """Keep *run*, show it if that was asked for; return its payload id if it was shown."""
        before, run.before = run.before, None
        run.stopped = where_stopped(run, result)
        key = self._session.keep(run)
        is_refused = run.cell_id is not None and payload_id(run.cell_id) is None
        if is_refused or (self._clears.waiting and shows_nothing(result)):
            return None
        if run.options is None and (not self.always.on or is_only_ours(run.raw)):
            return None
        overlay = self._session.overlay(key, run)
        overlay.elsewhere = before.changes() if before is not None else ()
        reading = self._session.read(overlay)
        if run.options is None and not reading.picture():
            return None
        self._show(overlay, self._session.bundle(overlay, reading))
        if run.options is not None and run.options.has_files:
            self.list_files(run.options, run.folder, reading)
        return key

    def _refresh(self, shown: str | None, count: int | None) -> None:
        """Send an update for each overlay whose painted states have changed.

        shown:  Payload id of the overlay that was just shown, and needs none.
        count:  Execution count of the run that ended.
        """
        for overlay, bundle in self._session.changed(shown, count):
            self._show(overlay, bundle, update=True)

    def _show(self, overlay: Overlay, bundle: dict[str, Any], *, update: bool = False) -> None:
        transient = {"display_id": overlay.display}
        self._publish(data=bundle, metadata={}, transient=transient, update=update)

    # Asked for ----------------------------------------------------------------------------

    def annotate(self, cell_id: str) -> None:
        """Show the cell with this id, which ran before.

        Raises `UsageError` for an id that is none, and for a cell without a recording.
        """
        if payload_id(cell_id) is None:
            msg = f"%specialize: {cell_id!r} is not a cell id (letters, digits, - and _)."
            raise UsageError(msg)
        overlay = self._session.of_cell(cell_id)
        if overlay is None:
            msg = (
                f"%specialize: there is no recorded run of cell {cell_id!r} in this kernel. Run "
                "the cell, then ask again."
            )
            raise UsageError(msg)
        self._show(overlay, self._session.bundle(overlay))

    def answer(self, cell_id: str) -> dict[str, Any]:
        """Return the bundle of a cell, or ``{MIME: {version, error}}``.

        ``not-run``: this kernel has not seen the cell run (or the id is none).
        ``not-recorded``: it ran, and its recording had to make room for later ones.
        """
        overlay = self._session.of_cell(cell_id)
        return self._silence(cell_id) if overlay is None else self._session.bundle(overlay)

    def instructions(self, cell_id: str) -> dict[str, Any]:
        """Return the payload of a cell with all its instructions, or why not, as `answer`.

        What the cell shows stays as it is, and so does what later updates are compared with.
        """
        from ipyspecialize.payload import MIME  # noqa: PLC0415 - first use

        overlay = self._session.of_cell(cell_id)
        if overlay is None:
            return self._silence(cell_id)
        return {MIME: self._session.instructions(overlay)}

    def _silence(self, cell_id: str) -> dict[str, Any]:
        from ipyspecialize.payload import MIME  # noqa: PLC0415 - first use

        error = "not-recorded" if self._session.had(cell_id) else "not-run"
        return {MIME: {"version": 1, "error": error}}

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
                overlay = self._session.overlay(self._session.new_id(), run)
                bundle = self._session.read(overlay).bundle()
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
        count = getattr(self._shell, "execution_count", None)
        label = Label(self._session.new_id(), self._session.id, execution_count=count)
        warm_up(line, label, self._shell)
        return True

    def list_files(self, options: Options, folder: str, cell: Reading | None = None) -> None:
        """List the files that *options* ask for, seen from *folder*; else write *cell*'s page."""
        from ipyspecialize.ipython.listing import bundle_of  # noqa: PLC0415 - first use

        self._publish(data=bundle_of(options, folder, cell), metadata={})

    def status(self) -> str:
        """Return one line: what is on, and how much is kept."""
        is_on = self.always.on
        each = "on: every cell is coloured" if is_on else "off: cells ask with %%specialize"
        return f"specialize is {each}; {self._session}."
