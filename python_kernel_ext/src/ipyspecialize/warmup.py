# SPDX-License-Identifier: BSD-3-Clause
"""One function, watched call by call from cold code: what was called and found, as one output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ipyspecialize import payload as wire
from ipyspecialize.views.warmup import warm_up_html, warm_up_text

if TYPE_CHECKING:
    from ipyspecialize.reading import Film
    from ipyspecialize.records import Calls, Label


class WarmUp(NamedTuple):
    """What a function went through.

    calls:  What was called, how often, and its source.
    film:   What was found after each call.
    label:  Of the payload in the bundle.
    """

    calls: Calls
    film: Film
    label: Label

    def bundle(self) -> dict[str, Any]:
        """Return the MIME bundle of one output: all calls, static HTML, plain text."""
        return {
            wire.WARM_UP_MIME: wire.build_warm_up(self.calls, self.film, self.label),
            "text/html": warm_up_html(self.calls, self.film, self.label),
            "text/plain": warm_up_text(self.calls, self.film),
        }
