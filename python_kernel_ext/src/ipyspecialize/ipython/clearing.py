# SPDX-License-Identifier: BSD-3-Clause
"""Know whether a cell ends with a ``clear_output(wait=True)`` that nothing has carried out.

The front end carries such a clear out at the next output, whoever sends it: ours would wipe
what the cell shows. Clears are noted where they are asked for, because the publisher keeps its
hooks for each thread; displays pass through such a hook, and the streams are watched from a
waiting clear to the first text only.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from ipyspecialize.ipython.frames import leave_out_this_frame

if TYPE_CHECKING:
    from collections.abc import Callable

# Held from here on: a cell may break any builtin, and our hooks must survive that.
_BaseException = BaseException


class ClearWatch:
    """Whether a clear is waiting in the running cell."""

    def __init__(self, publisher: Any) -> None:  # noqa: ANN401 - DisplayPublisher of any version
        self._publisher = publisher
        #: Stream, the method put there, the one that was there; None for the class's own.
        self._streams: list[tuple[Any, Callable[..., Any], Callable[..., Any] | None]] = []
        self._clear_output: Callable[..., Any] | None = None
        self.waiting = False

    def install(self) -> None:
        """Begin to watch; a publisher without hooks (a terminal's) has nothing to clear."""
        register = getattr(self._publisher, "register_hook", None)
        if register is None:
            return
        register(self._see)
        inner = self._publisher.clear_output

        def clear_output(wait: bool = False, **options: Any) -> Any:  # noqa: ANN401, FBT001, FBT002 - as there
            try:
                answer = inner(wait, **options)
            except _BaseException as error:
                leave_out_this_frame(error)
                raise
            self._note(wait=wait)
            return answer

        self._clear_output = self._publisher.clear_output = clear_output

    def uninstall(self) -> None:
        """Watch no longer."""
        unregister = getattr(self._publisher, "unregister_hook", None)
        if unregister is not None:
            unregister(self._see)
        if self._publisher.__dict__.get("clear_output") is self._clear_output is not None:
            del self._publisher.clear_output
        self.reset()

    def reset(self) -> None:
        """Forget a waiting clear: the cell has ended, or something was shown."""
        self.waiting = False
        for stream, wrapper, inner in self._streams:
            if stream.__dict__.get("write") is not wrapper:
                continue  # somebody has put a later one there
            if inner is None:
                del stream.write
            else:
                stream.write = inner
        self._streams.clear()

    def _note(self, *, wait: bool) -> None:
        self.reset()
        if wait:
            self.waiting = True
            self._watch(sys.stdout)
            self._watch(sys.stderr)

    def _see(self, message: dict[str, Any]) -> dict[str, Any]:
        if (message.get("msg_type") or message.get("header", {}).get("msg_type")) == "display_data":
            self.reset()
        return message

    def _watch(self, stream: Any) -> None:  # noqa: ANN401
        """Note the first text that *stream* writes, then leave it as it was."""
        if not hasattr(stream, "__dict__"):
            return
        inner = stream.write  # IPython may have put one there itself, to keep a history

        def write(text: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            if text:
                self.reset()
            try:
                return inner(text, *args, **kwargs)
            except _BaseException as error:
                leave_out_this_frame(error)
                raise

        self._streams.append((stream, write, stream.__dict__.get("write")))
        stream.write = write
