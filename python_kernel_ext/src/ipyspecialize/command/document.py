# SPDX-License-Identifier: BSD-3-Clause
"""Readings in, the JSON document of ``--json`` out (``payload/report.v1.schema.json``)."""

from __future__ import annotations

import json
import platform
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ipyspecialize.report.outcome import Outcome, Tally, Target


def document(outcome: Outcome, targets: Iterable[Target], tally: Tally) -> Iterator[str]:
    """Yield the pieces of one JSON document on the *targets* of *outcome*."""
    head = {"version": 1, "python": platform.python_version(), "children": outcome.children}
    yield f'{json.dumps(head)[:-1]}, "targets": ['
    for number, target in enumerate(targets):
        tally.add(target)
        payload = None if target.reading is None else target.reading.to_payload()
        text = None if target.reading is None else target.reading.text
        entry = {"path": target.name, "text": text, "payload": payload}
        yield ("," if number else "") + "\n" + json.dumps(entry)
    yield f'\n], "share": {json.dumps(tally.share.percent)}}}\n'
