# SPDX-License-Identifier: BSD-3-Clause
"""Classes for the marks of a page, and the style sheet that gives them their looks.

In: the looks in use. Out: names and CSS. The attributes ``data-mode``, ``data-hue`` and
``data-all`` of the page choose theme, palette, and which of its two looks a mark has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipyspecialize.views.blend import GREENEST
from ipyspecialize.views.marks import LEGEND, WIDTHS, Look, paint, short_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ipyspecialize.report.stretches import Looks

#: The colours of the bars that show a share, the line's at its richest.
_BARS = {
    "fast": Look(GREENEST, 2, "wavy"),
    "between": Look(GREENEST // 2, 2, "wavy"),
    "slow": Look(0, 2, "wavy"),
}
#: What ``data-hue`` may be; where it is absent, the first is meant.
_HUES = ("green", "blue")


def name_pairs(used: Iterable[Looks]) -> dict[Looks, str]:
    """Return a short class name for each pair of looks in use."""
    # A look that is absent sorts before all others.
    pairs = sorted(set(used), key=lambda looks: tuple(look or () for look in looks))
    return {looks: short_name(number) for number, looks in enumerate(pairs)}


def legend(classes: Mapping[Looks, str]) -> list[tuple[str, str]]:
    """Return a class and its meaning for each line style in use, of the richest look."""
    entries: list[tuple[str, str]] = []
    for style, meaning in LEGEND:
        # Solid is greenest, wavy reddest: what the words describe.
        sign = -1 if style == "wavy" else 1
        here = {
            (sign * looks.usual.level, looks.usual.strength): name
            for looks, name in classes.items()
            if looks.usual is not None and looks.usual.style == style
        }
        if here:
            entries.append((here[max(here)], meaning))
    return entries


def sheet(classes: Mapping[Looks, str]) -> str:
    """Return the colours as variables, and a rule for each look of *classes*."""
    looks = sorted({look for pair in classes for look in pair if look is not None})
    numbers = {look: number for number, look in enumerate(looks)}
    usual = {name: pair.usual for pair, name in classes.items() if pair.usual is not None}
    other = {
        name: pair.all
        for pair, name in classes.items()
        if pair.all is not None and pair.all != pair.usual
    }
    return "".join(
        (*_colours(numbers), *_rules(usual, numbers, ""), *_rules(other, numbers, "[data-all] "))
    )


def _colours(numbers: Mapping[Look, int]) -> Iterator[str]:
    """Yield the variables; a browser without ``light-dark`` keeps the light colours."""
    yield from (_block(hue, numbers, lambda light, _: light) for hue in _HUES)
    both = (_block(hue, numbers, "light-dark({},{})".format) for hue in _HUES)
    yield f"@supports (color:light-dark(#000,#fff)){{{''.join(both)}}}"


def _block(hue: str, numbers: Mapping[Look, int], colour: Callable[[str, str], str]) -> str:
    where = ":root" if hue == _HUES[0] else f":root[data-hue={hue}]"
    declared = [f"--{name}:{colour(*_themes(look, hue, 1))}" for name, look in _BARS.items()]
    for look, number in numbers.items():
        declared.append(f"--t{number}:{colour(*_themes(look, hue, 0))}")
        declared.append(f"--l{number}:{colour(*_themes(look, hue, 1))}")
    return f"{where}{{{';'.join(declared)}}}"


def _themes(look: Look, hue: str, part: int) -> tuple[str, str]:
    """Return background (0) or line (1) of *look*, in the light and in the dark theme."""
    return paint(look, "light", hue)[part], paint(look, "dark", hue)[part]


def _rules(named: Mapping[str, Look], numbers: Mapping[Look, int], prefix: str) -> Iterator[str]:
    """Yield the rules of classes, each class named behind *prefix*."""
    for style, width in WIDTHS.items():
        if names := [name for name, look in named.items() if look.style == style]:
            yield (
                f"{_selector(names, prefix)}{{text-decoration-line:underline;"
                f"text-decoration-style:{style};text-decoration-thickness:{width}}}"
            )
    for look, number in numbers.items():
        if names := [name for name, its in named.items() if its == look]:
            yield (
                f"{_selector(names, prefix)}"
                f"{{background:var(--t{number});text-decoration-color:var(--l{number})}}"
            )


def _selector(names: Iterable[str], prefix: str) -> str:
    return ",".join(f"{prefix}i.{name}" for name in names)
