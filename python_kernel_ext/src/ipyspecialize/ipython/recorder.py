# SPDX-License-Identifier: BSD-3-Clause
"""Note which code objects each cell runs, while it runs, at the cost of one call a statement.

Two reversible hooks: an instance attribute ``shell.run_code`` sees every statement of every
cell, a subclass put under ``shell.compile`` sees the bodies that ``%%time`` and ``%%timeit``
compile. A run is known by its `ExecutionResult`, in the thread it began in: this holds for
nested cells, identical cells and cells that run at the same time in subshells.
"""

from __future__ import annotations

import ast
import itertools
import linecache
import threading
from typing import TYPE_CHECKING, Any

from ipyspecialize.ipython.directive import body_shift, find_directive
from ipyspecialize.ipython.frames import leave_out_this_frame
from ipyspecialize.ipython.request import cell_id, front_end_asked, request_id
from ipyspecialize.ipython.store import Run, Unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

    from ipyspecialize.ipython.store import Position

#: File names of what magics compile from a cell's body, and those magics.
_BODY_FILES = {"<timed exec>": "time", "<timed eval>": "time", "<magic-timeit>": "timeit"}

# Held from here on: a cell may break any builtin, and our hooks must survive that.
_BaseException = BaseException
_Exception = Exception
_get_ident = threading.get_ident


class _Open:
    """A run that has begun and not ended.

    request:  Id of the request that the kernel was answering; None outside a kernel.
    """

    __slots__ = ("owner", "request", "result", "run", "thread", "unit")

    def __init__(
        self,
        result: Any,  # noqa: ANN401
        run: Run,
        unit: Unit,
        request: str | None,
        *,
        owner: bool,
    ) -> None:
        self.result = result
        self.request = request
        self.run = run
        self.unit = unit
        self.owner = owner
        self.thread = _get_ident()


class Recorder:
    """Hooks of one shell and the runs that are under way in it."""

    def __init__(self, shell: Any, began: Callable[[Run], None]) -> None:  # noqa: ANN401
        """Take the InteractiveShell, and whom to tell of a run before its first statement."""
        self._shell = shell
        self._began = began
        self._open: dict[int, _Open] = {}
        self._inner: Callable[..., Any] | None = None
        self._wrapper: Callable[..., Any] | None = None
        self._compiler_class: type | None = None
        self._compiler: Any = None
        self._parsed = ""
        self._active = False
        #: Collects the runs that end inside another one, while somebody waits for them.
        self.nested: list[Run] | None = None

    # Installing ---------------------------------------------------------------------------

    def install(self) -> None:
        """Put both hooks in place; once is enough."""
        if self._active:
            return
        inner = self._inner = self._shell.run_code
        note = self._note

        def run_code(code_obj: CodeType, result: Any = None, **options: Any) -> Any:  # noqa: ANN401
            # A plain function that returns the coroutine: no extra frame in tracebacks.
            note(code_obj, result)
            return inner(code_obj, result, **options)

        self._wrapper = self._shell.run_code = run_code
        self._compiler = self._shell.compile
        self._compiler_class = type(self._compiler)
        self._compiler.__class__ = _recording_compiler(self._compiler_class, self)
        self._active = True

    def uninstall(self) -> None:
        """Leave the shell as it was found. Behind somebody's later wrapper: pass through."""
        if not self._active:
            return
        self._active = False
        if self._shell.__dict__.get("run_code") is self._wrapper:
            if getattr(self._inner, "__func__", None) is type(self._shell).run_code:
                del self._shell.run_code
            else:
                self._shell.run_code = self._inner
        if type(self._compiler).__dict__.get("_recorder") is self:
            self._compiler.__class__ = self._compiler_class

    # Recording ----------------------------------------------------------------------------

    def _note(self, code: CodeType, result: Any) -> None:  # noqa: ANN401
        if not self._active:
            return
        try:
            opened = self._open.get(id(result))
            if opened is None:
                info = getattr(result, "info", None)
                if info is None or info.silent:  # no post_run_cell would ever close it
                    return
                opened = self._begin(code, result, info)
            opened.unit.codes.append(code)
        except _Exception:  # recording must never break a user's cell
            self._shell.log.debug("ipyspecialize: a statement was not recorded", exc_info=True)

    def _begin(self, code: CodeType, result: Any, info: Any) -> _Open:  # noqa: ANN401
        outer = self._enclosing()
        raw = info.raw_cell
        unit = Unit(_compiled_text(info, code.co_filename))
        shift = _shift_of_tail(outer.run.raw, raw) if outer is not None else None
        if outer is not None and shift is not None:
            # %%capture and its like run the tail of the outer cell: the same cell, further down.
            unit.shift = shift
            opened = _Open(result, outer.run, unit, request_id(self._shell), owner=False)
        else:
            asked = outer is None and front_end_asked(self._shell, raw)
            run = Run(
                raw,
                getattr(result, "execution_count", None),
                cell_id(self._shell, info) if asked else None,
                find_directive(raw),
                asked=asked,
            )
            opened = _Open(result, run, unit, request_id(self._shell), owner=True)
            self._began(run)
        opened.run.units.append(unit)
        self._open[id(result)] = opened
        return opened

    def note_parsed(self, source: str) -> None:
        """Remember the text that was parsed last: a body is compiled right after."""
        self._parsed = source

    def note_compiled(self, tree: ast.AST, code: CodeType, filename: str) -> None:
        """Add what ``%%time`` or ``%%timeit`` compiled from the body of the running cell."""
        opened = self._enclosing()
        if opened is None:
            return
        name, shift = body_shift(opened.run.raw)
        if _BODY_FILES[filename] != name:
            return  # a line magic: its text is a part of a line
        units = opened.run.units
        same = [unit for unit in units if not unit.whole and unit.text == self._parsed]
        if same:
            same[0].codes.append(code)
            return
        unit = Unit(self._parsed, shift, whole=False)
        unit.codes.append(code)
        if name == "timeit":
            unit.alien = _around_the_body(tree)
        units.append(unit)

    def finish(self, result: Any) -> Run | None:  # noqa: ANN401
        """Return the run that ended with *result*, None if it was none of a cell of its own.

        result:  None if an interrupt came before there was one.
        """
        opened = self._enclosing() if result is None else self._open.get(id(result))
        if opened is None:
            return None
        self._close(opened)
        if not opened.owner:
            return None
        if self.nested is not None:
            self.nested.append(opened.run)
        return opened.run

    def _close(self, opened: _Open) -> None:
        """Forget *opened* and what began inside it: `run_cell_async` ends without a hook."""
        entries = itertools.dropwhile(lambda entry: entry is not opened, [*self._open.values()])
        for entry in entries:
            if entry.thread == opened.thread:
                del self._open[id(entry.result)]

    def current(self) -> Run | None:
        """Return the run that is under way in this thread, the innermost one."""
        opened = self._enclosing()
        return opened.run if opened is not None else None

    def _enclosing(self) -> _Open | None:
        if not self._open:
            return None
        last = getattr(self._shell, "last_execution_result", None)
        if last is not None and id(last) in self._open:
            self.finish(last)  # ended without post_run_cell, as Pyodide does after an await
        me, request = _get_ident(), request_id(self._shell)
        for opened in reversed(self._open.values()):
            # What another request began, and nothing has ended, does not enclose this one.
            if opened.thread == me and opened.request == request:
                return opened
        return None


def _compiled_text(info: Any, filename: str) -> str:  # noqa: ANN401
    text = getattr(info, "transformed_cell", None)  # IPython 9.16 and later
    if text is not None:
        return str(text)
    # Filled by CachingCompiler.cache; empty if somebody has cleared linecache.
    return "".join(linecache.getlines(filename)) or str(info.raw_cell)


def _shift_of_tail(outer: str, inner: str) -> int | None:
    """Return the lines of *outer* above *inner*, if *inner* is the body its magic was given."""
    name, shift = body_shift(outer)
    if name is None:
        return None
    tail = "\n".join(outer.split("\n")[shift:])
    return shift if tail.rstrip("\n") == inner.rstrip("\n") else None


def _around_the_body(tree: ast.AST) -> frozenset[Position]:
    """Return the positions of what ``%%timeit`` puts around the body it is given.

    It compiles a function whose only loop runs the body (IPython/core/magics/execution.py); its
    other nodes are numbered from its template, and would be taken for lines of the cell.
    """
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    positions: set[Position] = set()
    for part in functions[0].body if functions else ():
        outside = [part.target, part.iter] if isinstance(part, ast.For) else [part]
        for node in (node for top in outside for node in ast.walk(top)):
            if isinstance(node, (ast.expr, ast.stmt)):
                positions.add((node.lineno, node.end_lineno, node.col_offset, node.end_col_offset))
    return frozenset(positions)


def _recording_compiler(base: type, recorder: Recorder) -> type:
    """Return a subclass of *base* that tells *recorder* of the bodies it compiles."""

    class RecordingCompiler(base):  # type: ignore[misc]
        _recorder = recorder

        def ast_parse(self, source: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            recorder.note_parsed(source)
            try:
                return super().ast_parse(source, *args, **kwargs)
            except _BaseException as error:
                leave_out_this_frame(error)
                raise

        def __call__(self, source: Any, filename: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            try:
                code = super().__call__(source, filename, *args, **kwargs)
            except _BaseException as error:
                leave_out_this_frame(error)
                raise
            if filename in _BODY_FILES:
                try:
                    recorder.note_compiled(source, code, filename)
                except _Exception:  # as in Recorder._note
                    recorder._shell.log.debug("ipyspecialize: not recorded", exc_info=True)  # noqa: SLF001
            return code

    RecordingCompiler.__name__ = base.__name__
    RecordingCompiler.__qualname__ = base.__qualname__
    RecordingCompiler.__module__ = base.__module__
    return RecordingCompiler
