# SPDX-License-Identifier: BSD-3-Clause
"""How a run ended: an `ExecutionResult` in, where it stopped and whether it shows anything out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import CodeType

    from ipyspecialize.ipython.store import Run


def where_stopped(run: Run, result: Any) -> tuple[str, CodeType, int] | None:  # noqa: ANN401
    """Return the exception's name, the top-level code it left, and the line there."""
    error = getattr(result, "error_in_exec", None)
    trace = getattr(error, "__traceback__", None)
    own = {id(code) for unit in run.units for code in unit.codes}
    while trace is not None:
        if id(trace.tb_frame.f_code) in own:
            return type(error).__name__, trace.tb_frame.f_code, trace.tb_lineno
        trace = trace.tb_next
    return None


def shows_nothing(result: Any) -> bool:  # noqa: ANN401
    """Return True if the cell ended without a result or an error, which would be an output."""
    return bool(getattr(result, "success", False)) and getattr(result, "result", None) is None
