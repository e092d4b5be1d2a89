# SPDX-License-Identifier: BSD-3-Clause
"""The lessons that lie here were made from their sources, by a whole run on CPython 3.11."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

import lessons
from ipyspecialize.describe import Reading
from ipyspecialize.payload import MIME, WARM_UP_MIME, parse
from ipyspecialize.payload.columns import rows
from ipyspecialize.reading import Film
from ipyspecialize.reading.reasons import reason_of, reasons_of
from ipyspecialize.records import Calls
from ipyspecialize.warmup import WarmUp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nbformat import NotebookNode

    from ipyspecialize.records import Findings, Label

HINT = "`npm run notebooks` makes the lessons from their sources."


@pytest.fixture(params=lessons.sources(), ids=lambda source: source.stem)
def source(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def cells(notebook: NotebookNode) -> list[tuple[str, str, str]]:
    return [(cell.id, cell.cell_type, cell.source) for cell in notebook.cells]


def made_from(source: Path) -> NotebookNode:
    made = source.with_suffix(".ipynb")
    notebook: NotebookNode = nbformat.read(made, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def written_today(saved: Mapping[str, Any], text: str) -> dict[str, Any] | None:
    """Return what is written today for the findings in *saved*, a bundle; None if it is not ours.

    Nothing runs: what is read off the bytecode, with each version of CPython, is for
    `python_kernel_ext/tests/notebooks`.
    """
    if (payload := saved.get(MIME)) is not None:
        findings, label = told_today(payload)
        return Reading(findings, text, label, reduced=True).bundle()
    if (warm_up := saved.get(WARM_UP_MIME)) is not None:
        calls = Calls(**{name: warm_up[name] for name in Calls._fields})
        return WarmUp(calls, film_of(warm_up), told_today(warm_up["payload"])[1]).bundle()
    return None


def told_today(payload: Mapping[str, Any]) -> tuple[Findings, Label]:
    """Return what *payload* tells, failures explained by what today's tables know."""
    findings, label = parse(payload)
    major, minor, _ = map(int, findings.python.split("."))
    sites = tuple(
        site._replace(reason=reason_of(site.state, site.opname, site.operator, (major, minor)))
        for site in findings.sites
    )
    as_read = sorted(sites, key=lambda site: (site.code_index, site.offset))
    reasons = reasons_of(as_read, (major, minor))
    return findings._replace(sites=sites, reasons=reasons), label


def film_of(warm_up: Mapping[str, Any]) -> Film:
    """Return the film that *warm_up* was written from."""
    payload = warm_up["payload"]
    changed = [*rows(warm_up["changes"], "call", "site", "verdict")]
    when = [*accumulate(call for call, _, _ in changed)]
    verdicts = [verdict for (verdict,) in rows(payload["sites"], "verdict")]
    film = Film(told_today(payload)[0])
    for call in range(2, warm_up["made"] + 1):
        for at, (_, site, verdict) in zip(when, changed, strict=True):
            if at == call:
                verdicts[site] = verdict
        sites = payload["sites"] | {"verdict": ",".join(map(str, verdicts))}
        film.add(told_today(payload | {"sites": sites})[0])
    return film


def test_a_lesson_is_what_its_source_says(source: Path) -> None:
    assert cells(lessons.read(source)) == cells(made_from(source)), HINT


def test_every_cell_of_a_lesson_ran_once_in_its_order(source: Path) -> None:
    ran = [cell for cell in made_from(source).cells if cell.cell_type == "code"]

    assert list(range(1, len(ran) + 1)) == [cell.execution_count for cell in ran], HINT


def test_the_colours_of_a_lesson_are_those_of_the_oldest_version(source: Path) -> None:
    payloads = [
        ours.get("payload", ours)  # a warm-up holds its payload
        for cell in made_from(source).cells
        for output in cell.get("outputs", ())
        for ours in map(output.get("data", {}).get, (MIME, WARM_UP_MIME))
        if ours is not None
    ]

    seen = {(payload["python"].rpartition(".")[0], payload["session"]) for payload in payloads}
    assert {("3.11", lessons.SESSION)} == seen, HINT


def test_the_saved_outputs_of_a_lesson_are_what_the_code_writes_today(source: Path) -> None:
    stale = [
        f"{cell.id}: {kind}"
        for cell in made_from(source).cells
        for output in cell.get("outputs", ())
        if (today := written_today(saved := output.get("data", {}), cell.source)) is not None
        for kind in sorted({*saved, *today})
        if saved.get(kind) != today.get(kind)
    ]

    assert [] == stale, HINT


def test_a_lesson_made_again_keeps_the_timings_it_had() -> None:
    before, after = (lessons.read(lessons.sources()[0]) for _ in range(2))
    timed = "{} ± 1.2 ns per loop (mean ± std. dev. of 7 runs, 50,000 loops each)\n"
    uneven = "The slowest run took 4.15 times longer than the fastest. Perhaps it is cached.\n"
    for notebook, text in ((before, "61.3 ns"), (after, f"{uneven}1.12 μs")):
        cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
        said = {"output_type": "stream", "name": "stdout", "text": timed.format(text)}
        cell.outputs = [nbformat.from_dict(said)]  # type: ignore[no-untyped-call]

    lessons.settle(after, before)

    assert before == after


def test_a_lesson_made_again_keeps_the_ids_that_were_drawn() -> None:
    before, after = (lessons.read(lessons.sources()[0]) for _ in range(2))
    for notebook, drawn in ((before, "0123456789abcdef"), (after, "fedcba9876543210")):
        cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
        data = {"text/plain": f"specialize:{drawn}-3", "text/html": f'<p class="sp{drawn[:8]}">'}
        shown = {"output_type": "display_data", "metadata": {}, "data": data}
        cell.outputs = [nbformat.from_dict(shown)]  # type: ignore[no-untyped-call]

    lessons.settle(after, before)

    assert before == after
