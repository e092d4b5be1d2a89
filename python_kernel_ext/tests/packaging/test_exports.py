# SPDX-License-Identifier: BSD-3-Clause
"""A saved notebook where the extension is missing: nbconvert's pages and slides, strict viewers."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import nbclient
import nbformat
import pytest
from nbconvert import HTMLExporter, SlidesExporter

if TYPE_CHECKING:
    from nbconvert.exporters import Exporter

CELL = """%%specialize
def less(a, b):
    return a - b
def more(a, b):
    return a + b
for i in range(50):
    less({1}, {2}), more(1, 2)
"""
#: What stands on a painted stretch, and in which element, once styles and classes are gone.
SHOWN = {("strong", "a - b"), ("i", "a + b")}


@cache
def saved() -> nbformat.NotebookNode:
    """Return a notebook that a real kernel ran."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    notebook.cells[0].metadata["slideshow"] = {"slide_type": "slide"}
    nbclient.NotebookClient(notebook, kernel_name="python3").execute()
    return notebook


@pytest.mark.parametrize("exporter", [HTMLExporter, SlidesExporter])
def test_the_listing_is_in_what_nbconvert_makes_and_its_rules_reach_nothing_else(
    exporter: type[Exporter],
) -> None:
    page, _ = exporter().from_notebook_node(saved())
    [(prefix, sheet)] = re.findall(r'<div class="(sp[0-9a-f]{8})"><style>(.*?)</style>', page)
    heads = re.findall(r"(?:^|[{}])([^{}@]+)\{", sheet)
    first, *nested = [head.rpartition(";")[2] for head in heads]

    assert SHOWN <= set(Elements(page, prefix).painted)
    assert (f".{prefix}", []) == (first, [found for found in nested if not found.startswith("&")])


@pytest.mark.parametrize("exporter", [HTMLExporter, SlidesExporter])
def test_a_viewer_that_drops_styles_and_classes_still_tells_the_states_apart(
    exporter: type[Exporter],
) -> None:
    page, _ = exporter().from_notebook_node(saved())
    start = page.index('<div class="sp')
    fragment = page[start : page.index("</pre></div>", start)]
    strict = re.sub(r"<style>.*?</style>| class=\"?[\w-]+\"?", "", fragment)

    assert "return <strong>a - b</strong>\n" in strict
    assert "return <i>a + b</i>\n" in strict
    assert "<i>fast form in use</i> (solid line)" in strict
    assert "<strong>tried, no fast form fits</strong> (wavy line)" in strict
    assert " sites specialized (" in strict


class Elements(HTMLParser):
    """The painted stretches of one fragment, as (element, text)."""

    def __init__(self, page: str, prefix: str) -> None:
        super().__init__()
        self.painted: list[tuple[str, str]] = []
        self._tag = ""
        self._inside = False
        start = page.index(f'<div class="{prefix}">')
        self.feed(page[page.index("<pre>", start) : page.index("</pre>", start)])

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Note the element."""
        del attrs
        self._tag = tag

    def handle_endtag(self, tag: str) -> None:
        """Forget it."""
        del tag
        self._tag = ""

    def handle_data(self, data: str) -> None:
        """Note the text of a painted stretch."""
        if self._tag in ("i", "u", "strong"):
            self.painted.append((self._tag, data))
