# SPDX-License-Identifier: BSD-3-Clause
"""The shared cases of warm-ups: what the writer makes of them is what readers are tested with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from wire.warm_ups import made

CASES = sorted((Path(__file__).parents[3] / "payload" / "warm-ups").glob("*.json"))


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_the_writer_makes_the_wire_of_the_case(file: Path) -> None:
    case: dict[str, Any] = json.loads(file.read_text("utf-8"))

    wire, film = made(case)

    assert (_film_of(case["wire"]), case["turns"]) == (_film_of(wire), film.turns())


def _film_of(wire: dict[str, Any]) -> dict[str, Any]:
    """Return *wire* with those tables of its payload that the changes point into."""
    tables = {name: wire["payload"][name] for name in ("strings", "verdicts", "sites")}
    return {**wire, "payload": tables}
