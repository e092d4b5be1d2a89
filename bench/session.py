# SPDX-License-Identifier: BSD-3-Clause
"""A fresh IPython shell that shows nothing, with or without the extension."""

from __future__ import annotations

from typing import Any

from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.io import capture_output


class Shell:
    """A real shell whose displays are caught, so that no front end is measured."""

    def __init__(self, *, load: bool) -> None:
        InteractiveShell.clear_instance()
        self.inner = InteractiveShell.instance(display_pub_class=CapturingDisplayPublisher)
        self.inner.history_manager.enabled = False
        self.inner.ast_node_interactivity = "none"
        if load:
            self.inner.run_line_magic("load_ext", "ipyspecialize")

    def run(self, text: str, cell: str = "cell") -> None:
        """Run a cell; raises what it raised."""
        with capture_output() as _:
            result = self.inner.run_cell(text, cell_id=cell)
        result.raise_error()

    @property
    def displays(self) -> list[dict[str, Any]]:
        """What was displayed so far."""
        return self.inner.display_pub.outputs
