# SPDX-License-Identifier: BSD-3-Clause
"""Watch a function warm up: call it once at a time from cold code, and read it after each call.

The function keeps its identity, so that it also warms up where it calls itself: its ``__code__``
is a copy that never ran for as long as this takes, and what it was before afterwards, whatever
happens. What the user's code prints and raises is the user's.
"""

from __future__ import annotations

import inspect
import linecache
from typing import TYPE_CHECKING, Any

from IPython.core.error import UsageError

from ipyspecialize.ipython.calling import read_request, show_from
from ipyspecialize.reading import Film, History, Unit, cold_copy, fingerprint, read, speakers, walk
from ipyspecialize.reading.columns import Excerpt
from ipyspecialize.records import Calls, Label
from ipyspecialize.warmup import WarmUp

if TYPE_CHECKING:
    from collections.abc import Hashable
    from types import FunctionType

    from ipyspecialize.ipython.calling import Request
    from ipyspecialize.records import Findings

#: A larger function is refused: UTF-16 units of its source, bytes of its code and what is inside.
_MOST_TEXT, _MOST_BYTES = 100_000, 100_000


def warm_up(line: str, label: Label, shell: Any) -> None:  # noqa: ANN401 - of any version
    """Do what ``%specialize`` *line* asks for, and show it.

    line:   The magic's, which `calling.is_warm_up`.
    label:  Of what is shown; the line says how it looks.

    Raises `UsageError` for what cannot be watched, and what the calls raise, after the calls so
    far were shown.
    """
    request = read_request(line, shell)
    camera = _Camera(request.function)
    stopped = _call_and_watch(request, camera)
    if camera.film is not None:
        calls = Calls(
            function=request.function.__qualname__,
            call=request.call,
            asked=request.times,
            made=camera.film.calls,
            stopped=None if stopped is None else type(stopped).__name__,
            text=camera.source.shown,
        )
        looks = label._replace(mode=request.options.mode, palette=request.options.palette)
        bundle = WarmUp(calls, camera.film, looks).bundle()
        shell.display_pub.publish(data=bundle, metadata={})
    if stopped is not None:
        show_from(request.code, stopped, shell)
        raise stopped


def _call_and_watch(request: Request, camera: _Camera) -> BaseException | None:
    """Make the calls; return what left the last of them, None if all came back."""
    function = request.function
    own = function.__code__
    stopped: BaseException | None = None
    try:
        function.__code__ = camera.code
        for _ in range(request.times):
            request.make()
            camera.look()
    except BaseException as error:  # noqa: BLE001 - the user's, or an interrupt: raised when shown
        stopped = error
    finally:
        if function.__code__ is camera.code:  # unless the calls themselves gave it another
            function.__code__ = own
    if stopped is not None:
        camera.look()
    return stopped


class _Camera:
    """A cold copy of a function's code, and the film of what becomes of it."""

    def __init__(self, function: FunctionType) -> None:
        """Raise `UsageError` for a function without source, or one that is too large."""
        self.code = cold_copy(function.__code__)
        self.source = _source_of(function)
        self.film: Film | None = None
        self._codes = list(walk(self.code))
        self._history = History()
        self._last: Hashable = None
        if sum(len(code.co_code) for code in self._codes) > _MOST_BYTES:
            raise UsageError(_too_large(function))

    def look(self) -> None:
        """Add what is there now to the film."""
        now = fingerprint(self._codes)
        if self.film is None:
            self.film = Film(self._read())
        else:
            self.film.add(None if now == self._last else self._read())
        self._last = now

    def _read(self) -> Findings:
        found = read([Unit(self.code, self.source, doubted=True)], history=self._history)
        return found._replace(sites=speakers(found.sites))


def _source_of(function: FunctionType) -> Excerpt:
    """Return the lines of the text that define *function*."""
    code = function.__code__
    text = "".join(linecache.getlines(code.co_filename))
    try:
        lines, first = inspect.getsourcelines(code)
    except (OSError, TypeError, IndexError, SyntaxError):
        msg = (
            f"%specialize --warm-up: the source of {function.__qualname__} is not to be had, so "
            "there is nothing to paint. Define it in a cell or a file."
        )
        raise UsageError(msg) from None
    source = Excerpt(text, range(first, first + len(lines)))
    if len(source.shown) > _MOST_TEXT:
        raise UsageError(_too_large(function))
    return source


def _too_large(function: FunctionType) -> str:
    return (
        f"%specialize --warm-up: {function.__qualname__} is too large to be watched call by call. "
        "Watch a part of it in a function of its own."
    )
