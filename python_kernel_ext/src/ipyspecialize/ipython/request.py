# SPDX-License-Identifier: BSD-3-Clause
"""What the request that a kernel is answering says of the cell that runs.

In: a shell. Out: ids, None where there is no kernel, or it does not say.
"""

from __future__ import annotations

from typing import Any


def request_id(shell: Any) -> str | None:  # noqa: ANN401
    """Return the id of the request that the kernel is answering; None outside a kernel."""
    return ((_parent(shell) or {}).get("header") or {}).get("msg_id")


def front_end_asked(shell: Any, raw: str) -> bool:  # noqa: ANN401
    """Return True if *raw* is what the front end sent, and so has a cell of its own."""
    parent = _parent(shell)
    return parent is None or parent.get("content", {}).get("code") == raw


def cell_id(shell: Any, info: Any) -> str | None:  # noqa: ANN401
    """Return the cell's id; JupyterLite's kernel passes none on, but its request holds it."""
    known = getattr(info, "cell_id", None)
    if known is None:
        known = (_parent(shell) or {}).get("metadata", {}).get("cellId")
    return known if isinstance(known, str) else None


def _parent(shell: Any) -> dict[str, Any] | None:  # noqa: ANN401
    """Return the request that the kernel is answering; None outside a kernel."""
    kernel = getattr(shell, "kernel", None)
    parent = kernel.get_parent() if kernel is not None else None
    return parent if isinstance(parent, dict) and parent else None
