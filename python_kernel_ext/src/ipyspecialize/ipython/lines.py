# SPDX-License-Identifier: BSD-3-Clause
"""Map positions of compiled text back to the raw cell: exactly, or not at all.

IPython's own transforms are replayed one by one, and each tells from which line the next
text's lines came; a user's transformers are never called again, their effect is aligned. A
line then maps only if its compiled text is literally the tail of its raw line, and what was
cut off (indentation, a prompt) is the column's shift. So a rewritten line (``%magic``,
``!command``, ``name?``) can never be painted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipyspecialize.ipython.directive import remove_directive
from ipyspecialize.reading.columns import ascii_lengths, parse, split_lines, utf16_column

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Iterator, Sequence

#: As many token transforms as IPython itself would do on one cell.
_MOST_STEPS = 500


class LineMap:
    """The text one unit of a cell was compiled from, placed in the raw cell."""

    def __init__(self, raw: str, compiled: str, manager: Any, shift: int = 0) -> None:  # noqa: ANN401
        """Trace the lines of *compiled* to those of *raw*.

        manager:  The shell's input transformer manager.
        shift:    Lines of *raw* above the text that IPython saw.
        """
        self.text = compiled
        self._raw = split_lines(raw)
        lines = split_lines(compiled)
        origins, self.replayed = _trace(self._raw[shift:], lines, manager)
        self._places: list[tuple[int, int] | None] = [
            self._place(text, None if origin is None else origin + shift)
            for text, origin in zip(lines, origins, strict=True)
        ]
        self.lengths = [
            length if place == (row, 0) else -1
            for row, (length, place) in enumerate(
                zip(ascii_lengths(lines), self._places, strict=True)
            )
        ]

    @property
    def tree(self) -> ast.Module | None:
        """As in `Source`. Not kept: it is far larger than the text, and overlays live long."""
        return parse(self.text)

    def point(self, line: int, column: int) -> tuple[int, int] | None:
        """As in `Source`."""
        place = self._places[line - 1] if 1 <= line <= len(self._places) else None
        if place is None:
            return None
        index, cut = place
        return index + 1, utf16_column(self._raw[index], column + cut)

    def _place(self, text: str, origin: int | None) -> tuple[int, int] | None:
        """Return the raw line (from 0) and the bytes cut off its beginning."""
        if origin is None or not text.strip() or origin >= len(self._raw):
            return None
        whole = self._raw[origin]
        if not whole.endswith(text):
            return None
        return origin, len(whole[: len(whole) - len(text)].encode("utf-8", "surrogatepass"))


def _trace(
    body: Sequence[str],
    target: Sequence[str],
    manager: Any,  # noqa: ANN401
) -> tuple[list[int | None], bool]:
    """Return the line of *body* each line of *target* came from.

    The second value is True if *target* is exactly what IPython makes of *body*.
    """
    before = list(body)
    origins: list[int | None] = list(range(len(before)))
    if not _same(before, target):
        # Most cells hold nothing but Python below our line, which is blanked.
        if body[0].startswith("%%specialize") and _same(["", *body[1:]], target):
            return _follow(origins, before, target), True
        for step in _replay("\n".join(body), manager):
            after = split_lines(step)
            origins = _follow(origins, before, after)
            before = after
            if _same(before, target):
                break
    return _follow(origins, before, target), _same(before, target)


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return True if both are the same lines but for empty ones at the end."""
    short, long = sorted((one, other), key=len)
    return list(long[: len(short)]) == list(short) and not any(long[len(short) :])


def _follow(
    origins: Sequence[int | None], before: Sequence[str], after: Sequence[str]
) -> list[int | None]:
    return [None if index is None else origins[index] for index in _align(before, after)]


def _align(before: Sequence[str], after: Sequence[str]) -> list[int | None]:
    """Return for each line of *after* the line of *before* it came from, or None."""
    if len(before) == len(after):
        return list(range(len(after)))
    most = min(len(before), len(after))
    head = 0
    while head < most and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < most - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    aligned: list[int | None] = [*range(head), *[None] * (len(after) - head - tail)]
    aligned += range(len(before) - tail, len(before))
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if len(old) > 1 and len(new) > 1:
        from difflib import SequenceMatcher  # noqa: PLC0415 - loading costs 2 ms

        for a, b, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            for k in range(size):
                aligned[head + b + k] = head + a + k
    return aligned


def _replay(text: str, manager: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield *text* after every transform of IPython's own that a cell goes through."""
    text = text if text.endswith("\n") else text + "\n"
    yield text
    for transform in (*manager.cleanup_transforms, *manager.line_transforms):
        if _is_own(transform):
            text = "".join(_quietly(transform, text.splitlines(keepends=True)))
            yield text
    if all(_is_own(transformer) for transformer in manager.token_transformers):
        for _ in range(_MOST_STEPS):
            after = "".join(_quietly(_one_step(manager), text.splitlines(keepends=True)))
            if after == text:
                return
            text = after
            yield text


def _one_step(manager: Any) -> Callable[[list[str]], list[str]]:  # noqa: ANN401
    """Return IPython's token transforms as one function, which does the first that applies."""

    def step(lines: list[str]) -> list[str]:
        after: list[str] = manager.do_one_token_transform(lines)[1]
        return after

    return step


def _is_own(transform: Any) -> bool:  # noqa: ANN401 - a function, an instance or a class
    if transform is remove_directive:
        return True
    home = getattr(transform, "__module__", None) or type(transform).__module__
    return bool(home) and home.split(".")[0] == "IPython"


def _quietly(transform: Callable[[list[str]], list[str]], lines: list[str]) -> list[str]:
    try:
        return transform(lines)
    except SyntaxError:
        return lines  # the run itself has reported it
