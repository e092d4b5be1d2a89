# SPDX-License-Identifier: BSD-3-Clause
"""A reading as a page fragment that stands alone: for viewers without the extension.

In: findings, the text they lie in, and the look asked for. Out: HTML without scripts or
links, everything escaped, whose rules reach nothing outside it, and which keeps states apart
where a viewer drops style sheets and classes. It stays below twice the
source plus 4 kB: green stretches are left plain first, and above 100 kB there is a note only.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from ipyspecialize.reading.columns import split_lines
from ipyspecialize.views.blend import GREENEST, blend
from ipyspecialize.views.marks import (
    LEGEND,
    PAPER,
    WIDTHS,
    marked,
    marks_by_line,
    name_looks,
    paint,
    plain_tags,
)
from ipyspecialize.views.text import notes as notes_of
from ipyspecialize.views.text import nothing, since, summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ipyspecialize.records import Findings, Label
    from ipyspecialize.views.blend import Run
    from ipyspecialize.views.marks import Look

#: Bytes of HTML above which a note stands in its place.
LIMIT = 100_000


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
    prefix = class_prefix(label)
    classes = name_looks(runs)
    on_line = marks_by_line(runs, classes)
    told = [*since(findings), *notes_of(findings)]
    notes = "".join(f"<p>{escape(note)}</p>" for note in told)
    tags = plain_tags(classes)
    share = escape(summary(findings.sites, nothing(findings)))
    listing = "\n".join(marked(line, on_line.get(number, ()), tags) for number, line in listed)
    return (
        f'<div class="{prefix}"><style>{rules(prefix, classes, label)}</style>'
        f"<p>specialize: {share}.{legend(classes)}</p>{notes}"
        f"<pre>{listing}</pre></div>"
    )


def class_prefix(label: Label) -> str:
    """Return the class of the fragment that shows what *label* names, and of nothing else."""
    return f"sp{zlib.crc32(label.id.encode()):08x}"


def legend(classes: Mapping[Look, str]) -> str:
    """Return the meaning of each line style in use, marked as the code is, and its name."""
    tags = plain_tags(classes)
    said = []
    for style, meaning in LEGEND:
        looks = sorted(look for look in classes if look.style == style)
        if looks:
            # The clearest of them: the reddest wave, else the greenest line.
            name = classes[looks[0 if style == "wavy" else -1]]
            said.append(f"<{tags[name]} class={name}>{meaning}</{tags[name]}> ({style} line)")
    return f" Marked: {', '.join(said)}." if said else ""


def rules(prefix: str, classes: Mapping[Look, str], label: Label) -> str:
    """Return the style sheet of a fragment: one rule for *prefix*, all others nested in it.

    classes:  Name of each look that is in use.
    """
    return f".{prefix}{{{_nested(tuple(classes.items()), label.mode, label.palette or 'green')}}}"


#: Nested rules need browsers of 2023: what is older shows the elements of `plain_tags`.
_SHAPE = (
    # Pages of nbconvert, its slides and JupyterLab have rules of their own for a listing in an
    # output, some with two classes: ours has two, too.
    "&& pre{margin:0;padding:.5em;width:auto;font:1em/1.5 ui-monospace,Menlo,Consolas,monospace;"
    "white-space:pre-wrap;box-shadow:none;background:inherit;color:inherit}"
    "& p{margin:0;padding:.3em .5em}"
    "& :is(i,u,strong){font:inherit;text-underline-offset:2px;text-decoration-skip-ink:none}"
)


@lru_cache(maxsize=64)
def _nested(classes: Sequence[tuple[Look, str]], mode: str | None, hue: str) -> str:
    """Return what the rule of a fragment holds; *mode* None: what its viewer prefers."""
    lines = [
        f"& .{name}{{text-decoration:underline {look.style} {WIDTHS[look.style]}}}"
        for look, name in classes
    ]
    first = _colors(classes, mode or "light", hue)
    dark = _colors(classes, "dark", hue) if mode is None else ""
    other = f"@media(prefers-color-scheme:dark){{{dark}}}" if dark else ""
    # A line's shorthand would take its colour back: colours come last.
    return f"{_SHAPE}{''.join(lines)}{first}{other}"


def _colors(classes: Iterable[tuple[Look, str]], theme: str, hue: str) -> str:
    paper, ink = PAPER[theme]
    colors = [f"background:{paper};color:{ink};"]
    for look, name in classes:
        tint, color = paint(look, theme, hue)
        colors.append(f"& .{name}{{background:{tint};text-decoration-color:{color}}}")
    return "".join(colors)
