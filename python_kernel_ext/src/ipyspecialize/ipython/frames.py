# SPDX-License-Identifier: BSD-3-Clause
"""Keep functions that stand in for others out of the tracebacks that the user reads.

In: an exception that passes through such a function. Out: nothing; its traceback is shorter.
"""

from __future__ import annotations


def leave_out_this_frame(error: BaseException) -> None:
    """Take the frame that caught *error* out of its traceback; a bare ``raise`` has to follow.

    CPython adds a frame when an exception reaches it, not again when it is raised once more
    (``RAISE_VARARGS`` without an argument in Python/bytecodes.c; 3.11.7, 3.12.1, 3.13.0).
    """
    trace = error.__traceback__
    if trace is not None:
        error.__traceback__ = trace.tb_next
