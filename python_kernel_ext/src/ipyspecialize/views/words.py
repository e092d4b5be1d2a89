# SPDX-License-Identifier: BSD-3-Clause
"""A verdict in plain words, as the hover card of JupyterLab says it.

In: a site. Out: English sentences; `payload/words` holds both halves to the same ones.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipyspecialize.records import Site


def verdict_words(site: Site, python: str) -> str:
    """Return the verdict on *site* as a sentence without a full stop.

    python:  Version that ran the code: ``3.12.1``.
    """
    version = ".".join(python.split(".")[:2])
    sentences = {
        "failed": _failure(site),
        "deoptimized": "Was specialized, fell back",
        "missing": f"Fast form, but its guard missed{_at_least(site.misses)}",
        "general": "Caches only the kind of callee",
        "specialized": _specialized(site),
        "unsupported": f"No fast form for {_operator(site)} in {version}",
        "waiting": "Ran, not tried yet",
        # 3.11 forgets what ran before a code object became hot (Python/specialize.c).
        "cold": "Not run since this code became hot" if version == "3.11" else "Never ran",
        "hidden": "Hidden by a tracer, debugger or coverage tool",
        "unknown": f"State not known for Python {version}",
    }
    return sentences[site.state]


def opcode_words(site: Site) -> str:
    """Return the base opcode, and the form that stands in its place."""
    return site.opname if site.form is None else f"{site.opname} → {site.form}"


def detail_words(site: Site) -> list[str]:
    """Return the numbers behind a verdict that its sentence does not say."""
    return list(_details(site))


def _details(site: Site) -> Iterator[str]:
    least = "" if site.exact else "at least "
    if site.executions is not None:
        yield f"ran {least}{_times(site.executions)}"
    if site.attempts and site.state != "failed":
        yield f"tried {least}{_times(site.attempts)}"
    if site.misses and site.state != "missing":
        yield f"guard missed at least {_times(site.misses)}"
    if site.next is not None:
        yield _next(site.state, site.next)
    if site.compiled:
        yield "in a JIT trace"


def _next(state: str, following: int) -> str:
    if following == 0:
        return "not tried again"
    when = "at the next run" if following == 1 else f"in {following} runs"
    return f"first tried {when}" if state in ("cold", "waiting") else f"tried again {when}"


def _failure(site: Site) -> str:
    if site.attempts is None:
        return "Tried, no fast form fitted"
    least = "" if site.exact else "at least "
    return f"Tried {least}{_times(site.attempts)}, no fast form fitted"


def _specialized(site: Site) -> str:
    words = None if site.form is None else form_words(site.form, site.operator)
    return "Specialized" if words is None else f"Specialized for {words}"


def form_words(form: str, operator: str | None) -> str | None:
    """Return what *form* is for: ``int + int``, ``len()``.

    operator:  Symbol of its instruction; None where it is not known.

    None for a form of another release, or one whose words need the operator.
    """
    tables = _tables()
    if (kind := tables["operands"].get(form)) is not None:
        return None if operator is None else f"{kind} {operator} {kind}"
    return tables["others"].get(form)


def _operator(site: Site) -> str:
    return "this" if site.operator is None else f"`{site.operator}`"


def _at_least(count: int | None) -> str:
    return "" if count is None else f" at least {_times(count)}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


@cache
def _tables() -> dict[str, dict[str, str]]:
    """Return the tables that ``npm run regenerate`` writes from ``src/editor/forms.ts``."""
    tables: dict[str, dict[str, str]] = json.loads(
        Path(__file__).with_name("forms.json").read_text("utf-8")
    )
    return tables
