# SPDX-License-Identifier: BSD-3-Clause
"""A film of calls in, one bundle for all of them out: the first payload, then what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipyspecialize.payload.columns import columns, deltas
from ipyspecialize.payload.write import Payload, Verdicts, place, tables

if TYPE_CHECKING:
    from ipyspecialize.reading.film import Film
    from ipyspecialize.records import Calls, Label


def build_warm_up(calls: Calls, film: Film, label: Label) -> Payload:
    """Return *film* as warm-up version 1 (``payload/PAYLOAD.md``, "Warm-up")."""
    sites = film.first.sites
    order = sorted(range(len(sites)), key=lambda row: place(sites[row]))
    sent = {row: at for at, row in enumerate(order)}
    listed = [sites[row] for row in order]
    verdicts = Verdicts()
    for site in listed:
        verdicts.row(site)
    changes = [(each.call, sent[each.row], verdicts.row(each.site)) for each in film.changes]
    return {
        "version": 1,
        **calls._asdict(),
        "kept": film.kept,
        "coarse": film.coarse,
        "payload": tables(film.first, listed, label, calls.text, verdicts=verdicts),
        "changes": columns(
            call=deltas([call for call, _, _ in changes]),
            site=[site for _, site, _ in changes],
            verdict=[verdict for _, _, verdict in changes],
        ),
    }
