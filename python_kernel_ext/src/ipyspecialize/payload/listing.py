# SPDX-License-Identifier: BSD-3-Clause
"""The table of all instructions: rows of a listing in, columns out, and back."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ipyspecialize.payload.columns import columns, deltas, rows
from ipyspecialize.records import Code, Listed, Site, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def write(
    listing: Sequence[Listed],
    strings: Mapping[str, int],
    verdict: Callable[[Site], int],
    places: Mapping[Span, int],
) -> dict[str, str]:
    """Return the columns of *listing*.

    strings:  Row of each string; looking one up gives it a row.
    verdict:  Gives the row of a site's verdict.
    places:   Row of each span of the listing.
    """
    codes = [0, *(row.code_index for row in listing)]
    offsets = [
        row.offset - (before.offset if before and before.code_index == row.code_index else 0)
        for before, row in pairwise([None, *listing])
        if row is not None
    ]
    return columns(
        code=[after - before or None for before, after in pairwise(codes)],
        offset=offsets,
        op=[strings[row.base] for row in listing],
        live=[None if row.live == row.base else strings[row.live] for row in listing],
        arg=[row.arg for row in listing],
        words=[None if row.words is None else strings[row.words] for row in listing],
        place=deltas([None if row.span is None else places[row.span] for row in listing]),
        verdict=[None if row.site is None else verdict(row.site) for row in listing],
    )


def read(
    table: Mapping[str, str],
    codes: Sequence[Code],
    strings: Sequence[str],
    verdicts: Sequence[Mapping[str, Any]],
    places: Sequence[Span],
) -> tuple[Listed, ...]:
    """Return the listing that *table* holds; raises as `columns.rows`, and `IndexError`."""
    found: list[Listed] = []
    code = offset = place = 0
    for step, op, code_step, live, arg, words, place_step, verdict in rows(
        table, "offset", "op", "code", "live", "arg", "words", "place", "verdict"
    ):
        code += code_step or 0
        offset = step + (0 if code_step else offset)
        place += place_step or 0
        span = None if place_step is None else places[place]
        site = (
            None
            if verdict is None
            else Site(codes[code].name, code, offset, arg=arg or 0, span=span, **verdicts[verdict])
        )
        text = None if words is None else strings[words]
        base = strings[op]
        found.append(
            Listed(
                code, offset, base, base if live is None else strings[live], arg, text, span, site
            )
        )
    return tuple(found)
