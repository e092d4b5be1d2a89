# SPDX-License-Identifier: BSD-3-Clause
"""A reading as a page fragment that stands alone: for viewers without the extension.

In: findings, the text they lie in, and the look asked for. Out: HTML without scripts or
links, everything escaped, whose rules reach nothing outside it. It stays below twice the
source plus 4 kB: green stretches are left plain first, and above 100 kB there is a note only.
"""

from __future__ import annotations

import json
import zlib
from functools import cache
from html import escape
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from ipyspecialize.reading.columns import split_lines
from ipyspecialize.views.blend import GREENEST, blend
from ipyspecialize.views.text import notes as notes_of
from ipyspecialize.views.text import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipyspecialize.records import Findings, Label, State
    from ipyspecialize.views.blend import Run

#: Bytes of HTML above which a note stands in its place.
LIMIT = 100_000

_STYLES: dict[State, str] = {
    "specialized": "solid",
    "general": "solid",
    "missing": "dotted",
    "failed": "wavy",
    "deoptimized": "wavy",
    "cold": "wavy",
    "waiting": "wavy",
}
_PAPER = {"light": ("#fff", "#1a1a1a"), "dark": ("#111", "#e6e6e6")}
_LEGEND = (
    ("solid", "fast form in use"),
    ("dotted", "fast form, but its guard misses"),
    ("wavy", "tried, no fast form fits"),
)


def html(findings: Findings, text: str, label: Label, lines: range | None = None) -> str:
    """Return *text* coloured by *findings*, with a legend above it.

    label:  Its id gives the class prefix; its mode and palette are forced where they are set.
    lines:  Which lines of *text* to show, from 1; None: all.
    """
    listed = list(enumerate(split_lines(text), 1))
    if lines is not None:
        listed = [(number, line) for number, line in listed if number in lines]
    allowed = 2 * sum(len(line.encode("utf-8", "replace")) + 1 for _, line in listed) + 4096
    runs = blend(findings, text)
    pages = (
        _page(findings, listed, label, painted)
        for painted in (runs, [run for run in runs if run.level < GREENEST], [])
    )
    for page in pages:
        size = len(page.encode())
        if size <= min(allowed, LIMIT):
            return page
    return (
        f"<p>{escape(summary(findings.sites))}. This cell is too large for the coloured listing "
        "in the saved notebook: open it in JupyterLab with jupyterlab-specialize installed.</p>"
    )


def _page(
    findings: Findings, listed: Sequence[tuple[int, str]], label: Label, runs: Sequence[Run]
) -> str:
    prefix = f"sp{zlib.crc32(label.id.encode()):08x}"
    looks = {look: _name(i) for i, look in enumerate(sorted({_look(run) for run in runs}))}
    notes = "".join(f"<p>{escape(note)}</p>" for note in notes_of(findings))
    return (
        f'<div class="{prefix}"><style>{_rules(prefix, looks, label)}</style>'
        f"<p>specialize: {escape(summary(findings.sites))}.{_legend(runs)}</p>{notes}"
        f"<pre>{_listing(listed, runs, looks)}</pre></div>"
    )


def _look(run: Run) -> tuple[int, int, str]:
    return run.level, run.strength, _STYLES[run.state]


def _name(number: int) -> str:
    """Return the class name of look *number*: a, b, ... z, a1, b1, ..."""
    round_, letter = divmod(number, len(ascii_lowercase))
    return ascii_lowercase[letter] + (str(round_) if round_ else "")


def _listing(
    listed: Sequence[tuple[int, str]],
    runs: Sequence[Run],
    looks: dict[tuple[int, int, str], str],
) -> str:
    by_line: dict[int, list[Run]] = {}
    for run in runs:
        by_line.setdefault(run.line, []).append(run)
    return "\n".join(_line(line, by_line.get(number, ()), looks) for number, line in listed)


def _line(line: str, runs: Sequence[Run], looks: dict[tuple[int, int, str], str]) -> str:
    units = line.encode("utf-16-le", "surrogatepass")
    parts: list[str] = []
    done = 0
    for run in runs:
        first, end = _whole(units, run.column), _whole(units, run.end_column)
        parts += [
            _escaped(units, done, first),
            f"<i class={looks[_look(run)]}>{_escaped(units, first, end)}</i>",
        ]
        done = end
    parts.append(_escaped(units, done, len(units) // 2))
    return "".join(parts)


def _whole(units: bytes, column: int) -> int:
    """Return *column*, moved behind the character if it lies inside a surrogate pair."""
    before = int.from_bytes(units[column * 2 - 2 : column * 2], "little") if column else 0
    after = int.from_bytes(units[column * 2 : column * 2 + 2], "little")
    inside = 0xD800 <= before < 0xDC00 <= after < 0xE000  # noqa: PLR2004 - UTF-16's ranges
    return column + 1 if inside else column


def _escaped(units: bytes, first: int, end: int) -> str:
    return escape(units[first * 2 : end * 2].decode("utf-16-le", "replace"), quote=False)


def _legend(runs: Sequence[Run]) -> str:
    """Return the line styles in use and their meaning, in words."""
    used = {_STYLES[run.state] for run in runs}
    said = [f"{style}: {meaning}" for style, meaning in _LEGEND if style in used]
    return f" Underlined {'; '.join(said)}." if said else ""


def _rules(prefix: str, looks: dict[tuple[int, int, str], str], label: Label) -> str:
    """Return the style sheet; each selector begins with *prefix*."""
    hue = label.palette or "green"
    shape = (
        f".{prefix} pre{{margin:0;padding:.5em;line-height:1.5;white-space:pre-wrap}}"
        f".{prefix} p{{margin:.3em .5em}}"
        f".{prefix} i{{font-style:normal;text-underline-offset:2px;text-decoration-skip-ink:none}}"
    )
    if label.mode is not None:
        return shape + _colors(prefix, looks, label.mode, hue)
    dark = _colors(prefix, looks, "dark", hue)
    light = _colors(prefix, looks, "light", hue)
    return f"{shape}{light}@media(prefers-color-scheme:dark){{{dark}}}"


def _colors(prefix: str, looks: dict[tuple[int, int, str], str], theme: str, hue: str) -> str:
    paper, ink = _PAPER[theme]
    tables = _palette()
    table = tables[theme][hue]
    alpha = tables["alpha"][theme]
    rules = [f".{prefix}{{background:{paper};color:{ink}}}.{prefix} pre{{color:{ink}}}"]
    for (level, strength, style), name in looks.items():
        tint = table["tint"][level] + _hex(alpha["tint"][strength])
        bar = table["bar"][level] + _hex(alpha["bar" if style == "solid" else "alert"][strength])
        width = "1.5px" if style == "wavy" else "2px"
        line = f"underline {style} {bar} {width}"
        rules.append(f".{prefix} .{name}{{background:{tint};text-decoration:{line}}}")
    return "".join(rules)


def _hex(percent: float) -> str:
    return f"{round(percent * 2.55):02x}"


@cache
def _palette() -> Any:  # noqa: ANN401 - JSON; its shape is tested against src/color
    """Return the tables that ``npm run regenerate`` writes from ``src/color``."""
    return json.loads(Path(__file__).with_name("palette.json").read_text("utf-8"))
