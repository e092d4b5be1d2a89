# SPDX-License-Identifier: BSD-3-Clause
"""A recorded run in, its reading out: units placed in the raw cell, and what limits them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ipyspecialize.describe import Known, Reading, describe
from ipyspecialize.ipython.directive import TRANSPARENT, body_shift
from ipyspecialize.ipython.lines import LineMap
from ipyspecialize.reading import Unit
from ipyspecialize.records import Caution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipyspecialize.ipython.overlay import Overlay
    from ipyspecialize.ipython.store import Run
    from ipyspecialize.records import Label


#: Instructions of a cell up to which they are listed unasked: more would not be sent along.
FEW = 24
#: Instructions that are listed when somebody asks for them.
MOST_ASKED = 50_000


def read_run(
    overlay: Overlay,
    label: Label,
    manager: Any,  # noqa: ANN401
    *,
    most_listed: int = FEW,
) -> Reading:
    """Return the reading of what *overlay* shows, by now.

    overlay:      Its line maps are filled here, so that updates need not trace again.
    manager:      The shell's input transformer manager.
    most_listed:  List the instructions, too, if there are no more than this.
    """
    run, maps = overlay.run, overlay.maps
    units: list[Unit] = []
    for unit in run.units:
        placed = maps.get(id(unit))
        if placed is None:
            placed = maps[id(unit)] = _line_map(run.raw, unit.text, manager, unit.shift)
        if unit.whole or placed.replayed:
            units += [Unit(code, placed, unit.alien) for code in unit.codes]
    cautions = list(_cautions(run, maps))
    known = Known(cautions, overlay.elsewhere, overlay.history, listed=most_listed)
    reading = describe(units, run.raw, label, known)
    if overlay.before is None and run.then is not None:
        overlay.before = reading.compared(run.then)  # its spans stay where they are: once is enough
    return reading if overlay.before is None else reading.since(overlay.before)


#: A cell that runs again is placed as it was: the last ones are kept.
_line_map = lru_cache(maxsize=8)(LineMap)


def _cautions(run: Run, maps: dict[int, Any]) -> Iterator[Caution]:
    name, _ = body_shift(run.raw)
    if name is not None and name not in TRANSPARENT:
        yield Caution(
            "other-magic",
            f"%%{name} runs this cell by itself, so there is no code of the cell to read. Put the "
            "Python code in a cell without it.",
        )
    if run.stopped is None:
        return
    error, code, line = run.stopped
    unit = next((unit for unit in run.units if any(top is code for top in unit.codes)), None)
    point = maps[id(unit)].point(line, 0) if unit is not None else None
    where = f" in line {point[0]}" if point is not None else ""
    yield Caution(
        "raised",
        f"The cell stopped{where} with {error}: nothing after that statement ran. What ran before "
        "is shown.",
    )
