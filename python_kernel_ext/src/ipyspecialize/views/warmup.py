# SPDX-License-Identifier: BSD-3-Clause
"""A film of calls as words, and as a strip of coloured listings for viewers without the extension.

In: what was called, and the film. Out: plain text, and HTML by the rules of `views.html`. Both
show the calls at which the picture turned; HTML paints at most `MOST_PAINTED` of them.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.reading.columns import split_lines
from ipyspecialize.views.blend import blend
from ipyspecialize.views.html import LIMIT, class_prefix, legend, rules
from ipyspecialize.views.marks import marked, marks_by_line, name_looks, plain_tags
from ipyspecialize.views.text import notes, summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipyspecialize.reading import Film
    from ipyspecialize.records import Calls, Findings, Label

#: Listings in the strip: the first turns, and the last one.
MOST_PAINTED = 5
#: Turns that are told in words, in the same way.
_MOST_TOLD = 30
_NOTHING = "no site has been tried yet"


class _Scene(NamedTuple):
    """Calls after which the picture was the same.

    first, last:  Calls from 1.
    found:        After the last of them.
    """

    first: int
    last: int
    found: Findings

    @property
    def when(self) -> str:
        if self.first == self.last:
            return f"call {self.first}"
        return f"calls {self.first} to {self.last}"

    @property
    def words(self) -> str:
        return summary(self.found.sites, _NOTHING)


def warm_up_text(calls: Calls, film: Film) -> str:
    """Return one line for each turn of the picture."""
    scenes = _scenes(film)
    told = _ends(scenes, _MOST_TOLD)
    width = max(len(scene.when) for scene in told)
    lines = [f"specialize: {_head(calls, film)}"]
    for before, scene in pairwise([None, *told]):
        if scene is None:
            continue
        if before is not None and scene.first > before.last + 1:
            lines.append(f"  {'...'.ljust(width)}  {len(scenes) - len(told)} more changes")
        lines.append(f"  {scene.when.ljust(width)}  {scene.words}")
    lines += [f"  note: {note}" for note in _notes(calls, film)]
    return "\n".join(lines)


def warm_up_html(calls: Calls, film: Film, label: Label) -> str:
    """Return the listing after each turn of the picture, one below the other, with words."""
    scenes = _scenes(film)
    for most in (MOST_PAINTED, 1, 0):
        page = _page(calls, film, label, _ends(scenes, _MOST_TOLD), most)
        if len(page.encode()) <= LIMIT:
            return page
    return f"<pre>{escape(warm_up_text(calls, film))}</pre>"


def _page(calls: Calls, film: Film, label: Label, scenes: Sequence[_Scene], most: int) -> str:
    """Return the strip; *most* of the scenes are painted, all of them told."""
    prefix = class_prefix(label)
    painted = _ends(scenes, most)
    runs = {scene.first: blend(scene.found, calls.text) for scene in painted}
    every = [run for listed in runs.values() for run in listed]
    classes = name_looks(every)
    parts = [f"<p>specialize: {escape(_head(calls, film))}.{legend(classes)}</p>"]
    parts += [f"<p>{escape(note)}</p>" for note in _notes(calls, film)]
    for scene in scenes:
        parts.append(f"<p><b>After {scene.when}</b>: {escape(scene.words)}.</p>")
        if scene.first in runs:
            on_line = marks_by_line(runs[scene.first], classes)
            tags = plain_tags(classes)
            listed = enumerate(split_lines(calls.text), 1)
            lines = (marked(line, on_line.get(number, ()), tags) for number, line in listed)
            parts.append("<pre>" + "\n".join(lines) + "</pre>")
    style = rules(prefix, classes, label)
    return f'<div class="{prefix}"><style>{style}</style>{"".join(parts)}</div>'


def _scenes(film: Film) -> list[_Scene]:
    """Return the stretches between the turns of the picture."""
    turns = [*film.turns(), film.kept + 1]
    return [_Scene(first, end - 1, film.after(end - 1)) for first, end in pairwise(turns)]


def _ends(scenes: Sequence[_Scene], most: int) -> list[_Scene]:
    """Return the first of *scenes* and the last one, *most* of them together."""
    return [*scenes[: most - 1], scenes[-1]] if len(scenes) > most > 0 else [*scenes][:most]


def _head(calls: Calls, film: Film) -> str:
    times = "once" if calls.made == 1 else f"{calls.made} times"
    return f"{calls.call} called {times}, from cold code (CPython {film.first.python})"


def _notes(calls: Calls, film: Film) -> list[str]:
    told = []
    if calls.stopped is not None:
        told.append(f"Call {calls.made} of {calls.asked} was left by {calls.stopped}.")
    if film.kept < calls.made:
        told.append(
            f"Too much changed to be kept: the calls from {film.kept + 1} on are not shown. "
            "Ask for fewer calls."
        )
    return [*told, *notes(film.first)]
