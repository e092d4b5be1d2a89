# SPDX-License-Identifier: BSD-3-Clause
"""Painted runs as HTML: a class for each look, and what a look is made of in each theme.

In: runs and the lines they lie in. Out: escaped markup, and colours out of the palette that
``npm run regenerate`` writes from ``src/color``.
"""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ipyspecialize.records import State
    from ipyspecialize.views.blend import Run

#: Line style of each painted state.
STYLES: Mapping[State, str] = {
    "specialized": "solid",
    "general": "dashed",
    "missing": "dotted",
    "failed": "wavy",
    "deoptimized": "wavy",
    "cold": "wavy",
    "waiting": "wavy",
}
#: One character that stands for a state in text.
GLYPHS: Mapping[State, str] = {
    "failed": "\N{MULTIPLICATION SIGN}",
    "deoptimized": "↓",
    "missing": "~",
    "general": "○",
    "specialized": "●",
    "unsupported": "\N{EN DASH}",
    "waiting": "…",
    "cold": "·",
    "hidden": "■",
    "unknown": "?",
}
#: Width of each line.
WIDTHS = {"solid": "2px", "dashed": "2px", "dotted": "2px", "wavy": "1.5px"}
#: Line styles and what they mean, in words.
LEGEND = (
    ("solid", "fast form in use"),
    ("dashed", "caches only the kind of callee"),
    ("dotted", "fast form, but its guard misses"),
    ("wavy", "tried, no fast form fits"),
)
#: Elements that look different where a viewer drops style sheets and classes: italic, underlined,
#: bold. By line style.
PLAIN_TAGS = {"solid": "i", "dashed": "i", "dotted": "u", "wavy": "strong"}
#: Characters of two UTF-16 units, and halves of them; and what is markup.
_SURROGATES, _MARKUP = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]"), re.compile("[&<>]")
#: Background and text of each theme.
PAPER = {"light": ("#fff", "#1a1a1a"), "dark": ("#111", "#e6e6e6")}


class Look(NamedTuple):
    """What tells painted runs apart.

    level, strength:  As in `Run`.
    style:            Of the line below: ``solid``, ``dashed``, ``dotted``, ``wavy``.
    """

    level: int
    strength: int
    style: str


class Paint(NamedTuple):
    """A look in one theme, as CSS values: colour of the background, colour of the line."""

    background: str
    line: str


def look_of(run: Run) -> Look:
    """Return the look of *run*."""
    return Look(run.level, run.strength, STYLES[run.state])


def short_name(number: int) -> str:
    """Return a class name for one of many looks, counted from 0: a, b, ... z, a1, b1, ..."""
    round_, letter = divmod(number, len(ascii_lowercase))
    return ascii_lowercase[letter] + (str(round_) if round_ else "")


def name_looks(runs: Iterable[Run]) -> dict[Look, str]:
    """Return a short class name for each look in use."""
    looks = sorted({look_of(run) for run in runs})
    return {look: short_name(number) for number, look in enumerate(looks)}


@cache
def paint(look: Look, theme: str, hue: str) -> Paint:
    """Return the colours of *look*.

    theme:  ``light`` or ``dark``.
    hue:    ``green`` or ``blue``.
    """
    tables = _palette()
    table, alpha = tables[theme][hue], tables["alpha"][theme]
    level, strength, style = look
    lines = alpha["bar" if style in ("solid", "dashed") else "alert"]
    return Paint(
        table["tint"][level] + _hex(alpha["tint"][strength]),
        table["bar"][level] + _hex(lines[strength]),
    )


def marks_by_line(
    runs: Iterable[Run], classes: Mapping[Look, str]
) -> dict[int, list[tuple[int, int, str]]]:
    """Return the marks of each line, as `marked` takes them."""
    found: dict[int, list[tuple[int, int, str]]] = {}
    for run in runs:
        mark = (run.column, run.end_column, classes[look_of(run)])
        found.setdefault(run.line, []).append(mark)
    return found


def plain_tags(classes: Mapping[Look, str]) -> dict[str, str]:
    """Return the element of each class, for viewers that know no classes."""
    return {name: PLAIN_TAGS[look.style] for look, name in classes.items()}


def marked(
    line: str, marks: Iterable[tuple[int, int, str]], tags: Mapping[str, str] | None = None
) -> str:
    """Return *line* as markup, everything escaped.

    marks:  What stands in an element: first and end column, UTF-16 units, and a class name;
            sorted, none overlaps another.
    tags:   Name of the element by class name; by default ``i``.
    """
    units = _Units(line) if _SURROGATES.search(line) else line
    clean = _escaped if _MARKUP.search(line) else _as_it_is
    parts: list[str] = []
    done = 0
    for column, end_column, name in marks:
        tag = tags.get(name, "i") if tags else "i"
        before, inside = clean(units[done:column]), clean(units[column:end_column])
        parts.append(f"{before}<{tag} class={name}>{inside}</{tag}>")
        done = end_column
    parts.append(clean(units[done:]))
    return "".join(parts)


class _Units:
    """A line, cut by UTF-16 units; a cut inside a character is moved behind it."""

    def __init__(self, line: str) -> None:
        self._units = line.encode("utf-16-le", "surrogatepass")

    def __getitem__(self, cut: slice) -> str:
        first = _whole(self._units, cut.start)
        end = len(self._units) // 2 if cut.stop is None else _whole(self._units, cut.stop)
        return self._units[first * 2 : end * 2].decode("utf-16-le", "replace")


def _whole(units: bytes, column: int) -> int:
    """Return *column*, moved behind the character if it lies inside a surrogate pair."""
    before = int.from_bytes(units[column * 2 - 2 : column * 2], "little") if column else 0
    after = int.from_bytes(units[column * 2 : column * 2 + 2], "little")
    inside = 0xD800 <= before < 0xDC00 <= after < 0xE000  # noqa: PLR2004 - UTF-16's ranges
    return column + 1 if inside else column


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _as_it_is(text: str) -> str:
    return text


def _hex(percent: float) -> str:
    return f"{round(percent * 2.55):02x}"


@cache
def _palette() -> Any:  # noqa: ANN401 - JSON; its shape is tested against src/color
    """Return the tables that ``npm run regenerate`` writes from ``src/color``."""
    return json.loads(Path(__file__).with_name("palette.json").read_text("utf-8"))
