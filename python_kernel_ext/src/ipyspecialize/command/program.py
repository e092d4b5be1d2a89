# SPDX-License-Identifier: BSD-3-Clause
"""Run somebody's program in this process as ``python`` would have run it.

In: what stands behind ``python`` on a command line. Out: what the program does, raises included.
Its ``__main__``, ``sys.argv``, ``sys.path[0]`` and ``__file__`` are those of a plain run, and a
traceback shows no frame of ours.
"""

from __future__ import annotations

import builtins
import io
import linecache
import os
import pkgutil
import runpy
import sys
import threading
from importlib.machinery import BuiltinImporter, SourceFileLoader, SourcelessFileLoader
from types import CodeType, ModuleType, TracebackType
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Program(NamedTuple):
    """What is to be run.

    kind:       ``file``: a script, a folder or a ZIP file with a ``__main__``; ``module``: what
                ``-m`` names; ``command``: what ``-c`` is given.
    what:       The path, name or text.
    arguments:  What it finds in ``sys.argv[1:]``.
    """

    kind: Literal["file", "module", "command"]
    what: str
    arguments: Sequence[str] = ()

    def run(self, main: ModuleType) -> None:
        """Run it as *main* until its threads have ended, too; raise whatever it raises.

        Only what it registered with `atexit` is left to the end of the process.
        """
        sys.modules["__main__"] = main
        try:
            {"file": self._run_file, "module": self._run_module, "command": self._run_command}[
                self.kind
            ](main)
        finally:
            _wait_for_threads()

    def _run_file(self, main: ModuleType) -> None:
        sys.argv[:] = [self.what, *self.arguments]
        if pkgutil.get_importer(self.what) is not None:  # a folder or a ZIP file
            _put_first(absolute(self.what), insert=True)
            runpy._run_module_as_main("__main__", False)  # type: ignore[attr-defined]  # noqa: FBT003
            return
        _put_first(os.path.dirname(os.path.realpath(self.what)))  # noqa: PTH120 - of the target
        main.__file__ = absolute(self.what)
        main.__loader__ = _loader(main.__file__)
        if sys.version_info < (3, 15):
            vars(main)["__cached__"] = None
        exec(_compiled(main.__file__), vars(main))  # noqa: S102 - it is what was asked for

    def _run_module(self, _main: ModuleType) -> None:
        sys.argv[:] = ["-m", *self.arguments]
        _put_first(os.getcwd())  # noqa: PTH109 - as CPython spells it
        runpy._run_module_as_main(self.what)  # type: ignore[attr-defined]

    def _run_command(self, main: ModuleType) -> None:
        sys.argv[:] = ["-c", *self.arguments]
        _put_first("")
        main.__loader__ = BuiltinImporter
        if sys.version_info >= (3, 13):  # tracebacks show its lines from then on
            lines = self.what.splitlines(keepends=True)
            linecache.cache["<string>"] = (len(self.what), None, lines, "<string>")
        exec(compile(self.what, "<string>", "exec", dont_inherit=True), vars(main))  # noqa: S102


def _wait_for_threads() -> None:
    """Wait as the interpreter does at its end; otherwise a thread would run on unread."""
    try:
        threading._shutdown()  # type: ignore[attr-defined]
    except BaseException as error:  # noqa: BLE001 - Ctrl-C ends the waiting only, as in a plain run
        trace = error.__traceback__ and error.__traceback__.tb_next
        sys.excepthook(type(error), error.with_traceback(trace), trace)


def new_main() -> ModuleType:
    """Return a module such as a program finds itself in."""
    main = ModuleType("__main__")
    vars(main)["__builtins__"] = builtins
    if sys.version_info < (3, 14):
        vars(main)["__annotations__"] = {}
    return main


def absolute(path: str) -> str:
    """Return *path* from the root on, spelled as in a plain run: ``/home/./prog.py``."""
    # Python/fileutils.c, _Py_abspath, 3.11 to 3.15: joined, and normalized on Windows only.
    return os.path.abspath(path) if os.name == "nt" else os.path.join(os.getcwd(), path)  # noqa: PTH100, PTH109, PTH118


def hide_our_frames() -> None:
    """Let the traceback that ends the process begin in the program."""
    shown = sys.excepthook

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        rest = trace
        while rest is not None:
            is_ours = rest.tb_frame.f_code.co_filename == __file__
            rest = rest.tb_next
            if is_ours:
                trace = rest
        shown(kind, error.with_traceback(trace), trace)

    sys.excepthook = show


def _put_first(folder: str, *, insert: bool = False) -> None:
    """Put *folder* where Python keeps the program's, in place of ours."""
    if not sys.flags.safe_path:
        sys.path[:1] = [folder]
    elif insert:  # a folder or ZIP file is put there in any case
        sys.path.insert(0, folder)


def _loader(path: str) -> SourceFileLoader | SourcelessFileLoader:
    kind = SourcelessFileLoader if path.endswith(".pyc") else SourceFileLoader
    return kind("__main__", path)


def _compiled(path: str) -> CodeType:
    with io.open_code(path) as file:
        code = pkgutil.read_code(file) if path.endswith(".pyc") else None
        if code is None:
            file.seek(0)
            code = compile(file.read(), path, "exec", dont_inherit=True)
    return code
