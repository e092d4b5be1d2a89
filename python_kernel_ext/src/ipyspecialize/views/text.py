# SPDX-License-Identifier: BSD-3-Clause
"""A reading in words: one line for the cell, one for each function.

In: findings. Out: plain text, for terminals, diffs and screen readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipyspecialize.reading.comparing import changes
from ipyspecialize.records import STATES, WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ipyspecialize.records import Findings, Site

#: What is said where nothing could be painted.
NOTHING = (
    "nothing ran often enough to specialize. Code at the top level of a cell runs once: put it "
    "in a loop or a function, call it a few times, and run the cell again."
)
#: Warnings that say why: running longer would not help. As in ``src/output/legend.ts``.
EXPLAINED = frozenset(
    {"hidden", "not-cpython", "other-magic", "raised", "switched-off", "traced", "version"}
)


def text(findings: Findings) -> str:
    """Return the share, the counts by state, then a line for each code object with sites."""
    lines = [f"specialize: {summary(findings.sites, nothing(findings))}"]
    lines += [f"  {sentence}" for sentence in since(findings)]
    by_code: dict[int, list[Site]] = {}
    for site in findings.sites:
        by_code.setdefault(site.code_index, []).append(site)
    for row, code in enumerate(findings.codes):
        sites = by_code.get(row)
        if sites and any(site.state in WEIGHTS for site in sites):
            where = "" if code.line is None else f" (line {code.line})"
            lines.append(f"  {code.name}{where}: {summary(sites)}")
    lines += [f"  note: {note}" for note in notes(findings)]
    return "\n".join(lines)


def nothing(findings: Findings, advice: str = NOTHING) -> str:
    """Return what to say where nothing could be painted: *advice*, unless a warning says why."""
    explained = any(caution.id in EXPLAINED for caution in findings.warnings)
    return "nothing is specialized" if explained else advice


def since(findings: Findings) -> list[str]:
    """Return ``2 gained, 9 unchanged since run [3]: 40 % -> 80 %``; nothing if it is not known."""
    told, then = changes(findings), findings.before
    if told is None or then is None:
        return []
    counts = ", ".join([f"{n} {word}" for word, n in zip(told._fields, told, strict=True) if n])
    run = "the run before" if then.execution_count is None else f"run [{then.execution_count}]"
    painted = [site for site in findings.sites if site.state in WEIGHTS]
    now = sum(site.state == "specialized" for site in painted)
    if not (counts and painted and then.painted):
        return [f"{counts} since {run}."] if counts else []
    shares = (100 * then.specialized // then.painted, 100 * now // len(painted))
    return [f"{counts} since {run}: {shares[0]} % → {shares[1]} %."]


def notes(findings: Findings) -> list[str]:
    """Return what changed elsewhere, and what limits the picture."""
    changed = [f"{e.function}{_in_run(e.execution_count)}" for e in findings.elsewhere]
    elsewhere = [f"functions of other cells changed: {', '.join(changed)}."] if changed else []
    return [*elsewhere, *(caution.text for caution in findings.warnings)]


def _in_run(count: int | None) -> str:
    return "" if count is None else f" in [{count}]"


def summary(sites: Iterable[Site], none: str = NOTHING) -> str:
    """Return ``4 of 6 sites specialized (66 %), 2 failed``; *none* if none is painted."""
    states = [site.state for site in sites]
    counts = {state: count for state in STATES if (count := states.count(state))}
    painted = sum(count for state, count in counts.items() if state in WEIGHTS)
    if not painted:
        return none
    fast = counts.pop("specialized", 0)
    head = f"{fast} of {painted} {_sites(painted)} specialized ({100 * fast // painted} %)"
    return ", ".join([head, *(f"{count} {state}" for state, count in counts.items())])


def _sites(count: int) -> str:
    return "site" if count == 1 else "sites"
