# SPDX-License-Identifier: BSD-3-Clause
"""One run of the command: a program that is watched while it runs, and the report about it.

In: the options. Out: what they ask for, on the terminal and in files. `report` is called once,
whichever way the program ended.
"""

from __future__ import annotations

import gc
import io
import os
import pkgutil
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ipyspecialize.command.document import document
from ipyspecialize.command.program import new_main
from ipyspecialize.command.progress import followed
from ipyspecialize.command.streams import Streams
from ipyspecialize.command.watch import COMMAND, Watch
from ipyspecialize.report.files import Look, text_of
from ipyspecialize.report.globs import Globs
from ipyspecialize.report.living import codes_by_file
from ipyspecialize.report.outcome import Outcome, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import ModuleType

    from ipyspecialize.command.options import Options
    from ipyspecialize.records import Caution

#: Exit status where the share is below what ``--fail-under`` asks for.
TOO_LOW = 3
#: Exit status where the report could not be written.
NOT_WRITTEN = 1
#: Calls that may be in one another, before the program says otherwise.
_DEPTH = sys.getrecursionlimit()
#: Exit status after Ctrl-C while the report was being made; as shells give it.
INTERRUPTED = 130


class Session:
    """What has to be known before the program runs, because it may change everything.

    options:  What is wanted.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self._globs = Globs(options.targets)
        self._folder = os.path.realpath(os.getcwd())  # noqa: PTH109 - as the targets
        self._main: ModuleType | None = None
        self._modules, self._names, self._path = sys.modules, dict(sys.modules), list(sys.path)
        self._streams = Streams(divert=options.as_json)
        self._texts = dict(_texts_of(options))
        self._watch = Watch()
        self._is_reported = False
        self._since = time.time()

    def run(self) -> None:
        """Run the program; raise what it raises."""
        os._exit = self._report_before(os._exit)  # type: ignore[assignment]
        self._watch.begin()
        main = self._main = new_main()
        self.options.program.run(main)

    def report(self) -> int:
        """Show what ran, unless that was done; return the exit status after a success."""
        if self._is_reported or not self._watch.is_here():
            return 0
        self._is_reported = True
        note = self._streams.note
        with self._own_imports(), _uncollected(), _deep():
            try:
                outcome, tally = self._outcome(), Tally()
                self._show(outcome, tally)
                return self._judge(outcome, tally)
            except OSError as error:
                note(f"the report could not be written: {error}")
                return NOT_WRITTEN
            except KeyboardInterrupt:
                note("interrupted: the pages named above are whole, the others were not made")
                return INTERRUPTED
            except Exception as error:  # noqa: BLE001 - the program's own outcome stands
                note(f"the report failed, which is a defect of specialize: {error!r}")
                return NOT_WRITTEN
            finally:
                self._main = None  # what it holds ends with it, as in a plain run

    def _show(self, outcome: Outcome, tally: Tally) -> None:
        options, streams = self.options, self._streams
        look = Look(options.palette, options.mode, options.assume)
        with followed(outcome.targets(look), len(outcome.names), streams) as targets:
            if options.as_json:
                for piece in document(outcome, targets, tally):
                    streams.write(piece)
                return
            from ipyspecialize.command.pages import open_page, write_pages  # noqa: PLC0415 - jinja2

            written = write_pages(outcome, targets, tally, options.output, streams)
        if written is not None and options.output is None and options.browse:
            open_page(written, streams)

    @contextmanager
    def _own_imports(self) -> Iterator[None]:
        """Make modules importable as they were before the program, whatever it did to them.

        It finds them again as it left them: its `atexit` functions are still to come.
        """
        modules, path, main = sys.modules, sys.path[:], sys.modules.get("__main__")
        sys.modules, sys.path[:] = self._modules, self._path
        sys.modules.update(self._names)
        try:
            yield
        finally:
            sys.modules, sys.path[:] = modules, path
            if main is not None:
                sys.modules["__main__"] = main

    def _outcome(self) -> Outcome:
        """Return what is to be read, in the order in which it is shown."""
        if self.options.targets:
            names = [str(path) for path in self._globs.files(self._watch.executed)]
        else:
            names = [name for name in [self._own_file()] if name is not None]
        watch = self._watch
        codes = codes_by_file(names, watch.executed)
        return Outcome(names, codes, self._texts, watch.children(), watch.cautions(), self._since)

    def _own_file(self) -> str | None:
        """Return the name of the program's own file; None if it never got as far as having one."""
        if self.options.program.kind == "command":
            return COMMAND
        file = getattr(self._main, "__file__", None)
        return None if file is None else _source(os.path.join(self._folder, file))  # noqa: PTH118

    def _judge(self, outcome: Outcome, tally: Tally) -> int:
        """Say what a reader must know of the run, and whether its share is high enough."""
        note = self._streams.note
        if not outcome.names:
            note(self._globs.advice() if self.options.targets else "the program never began")
        if tally.never_ran:
            note(f"nothing ran in this process of {_listed(tally.never_ran)}")
        if tally.left:
            note(
                f"nothing of {_listed(tally.left)} has a colour in this process: what another one "
                "wrote meanwhile stays as it is"
            )
        elif tally.ran and not tally.painted:
            from ipyspecialize.command.advice import nothing_painted  # noqa: PLC0415 - rarely

            why = tally.prevented
            note(nothing_painted(tally.ran, self._watch.executed, self._folder, why))
        for missing in outcome.notes():
            note(missing)
        wanted = self.options.fail_under
        if wanted is None:
            return 0
        percent = tally.share.percent
        if percent is None:
            note("no site specialized or failed, so there is no share to hold --fail-under against")
            return TOO_LOW
        specialized, failed = tally.share
        said = f"{specialized} of {specialized + failed} sites specialized ({percent:.1f} %)"
        if percent < wanted:
            note(f"{said}: below --fail-under {wanted:g}")
            return TOO_LOW
        note(said)
        return 0

    def _report_before(self, leave: Callable[[int], NoReturn]) -> Callable[[int], NoReturn]:
        """Return *leave*, which ends the process on the spot, with the report before it."""

        def _exit(status: int) -> NoReturn:
            self.report()
            leave(status)

        return _exit


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no rings of garbage meanwhile: a report makes many objects, and none in a ring.

    A third of the time would go into looking, all the more the more the program has left.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _deep() -> Iterator[None]:
    """Let calls go as deep as at the start, where the program set a lower limit."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _DEPTH))
    try:
        yield
    finally:
        with suppress(RecursionError):
            sys.setrecursionlimit(limit)


def _listed(names: Sequence[str]) -> str:
    """Return the first of *names* as one text."""
    return ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")  # noqa: PLR2004


def _source(path: str) -> str:
    """Return the real path of what is at *path*, of a compiled file that of its source."""
    if path.endswith(".pyc"):
        with suppress(OSError), io.open_code(path) as file:
            code = pkgutil.read_code(file)
            path = path if code is None else code.co_filename
    return os.path.realpath(path)


def _texts_of(options: Options) -> Iterator[tuple[str, str | Caution]]:
    """Yield the text of the program, which may change or delete its file."""
    kind, what, _ = options.program
    if kind == "command":
        yield COMMAND, what
    elif kind == "file" and Path(what).is_file():
        path = os.path.realpath(what)
        yield path, text_of(path)
