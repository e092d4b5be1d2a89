# SPDX-License-Identifier: BSD-3-Clause
"""See how CPython's specializing adaptive interpreter treats your code.

`inspect` reads live objects, `load` reads saved notebooks; in IPython, ``%%specialize`` on top
of a cell colours it. Everything is imported on first use: loading must not slow a kernel down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ipyspecialize.describe import Reading, inspect, load

__all__ = ["Reading", "inspect", "load", "load_ipython_extension", "unload_ipython_extension"]

__version__ = "0.1.0"


def load_ipython_extension(shell: Any) -> None:  # noqa: ANN401 - InteractiveShell of any version
    """Make ``%%specialize`` exist in *shell*: what ``%load_ext ipyspecialize`` calls."""
    from ipyspecialize import ipython  # noqa: PLC0415 - first use

    ipython.load_ipython_extension(shell)


def unload_ipython_extension(shell: Any) -> None:  # noqa: ANN401
    """Leave *shell* as it was found: what ``%unload_ext ipyspecialize`` calls."""
    from ipyspecialize import ipython  # noqa: PLC0415 - first use

    ipython.unload_ipython_extension(shell)


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name not in ("Reading", "inspect", "load"):
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from ipyspecialize import describe  # noqa: PLC0415 - first use

    return getattr(describe, name)
