# SPDX-License-Identifier: BSD-3-Clause
"""The views paint what the shared cases say, alone, escaped, and within bounds."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipyspecialize.payload import parse
from ipyspecialize.reading.comparing import changes
from ipyspecialize.records import Caution, Code, Findings, Label, Site, Span, State
from ipyspecialize.views.blend import ALL_WEIGHTS, blend
from ipyspecialize.views.html import LIMIT, html
from ipyspecialize.views.text import summary, text

CASES = sorted(Path(__file__).parents[3].joinpath("payload/cases").glob("*.json"))
LABEL = Label("specialize:a1", "0123456789abcdef")


def case(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_each_shared_case_is_painted_as_it_says(path: Path) -> None:
    wanted = case(path)["expect"]
    found, _ = parse(case(path)["payload"])
    source = case(path)["source"]

    painted = {
        "gradient": [list(run) for run in blend(found, source)],
        "sharp": [list(run) for run in blend(found, source, mode="sharp")],
        "gradient_all": [list(run) for run in blend(found, source, weights=ALL_WEIGHTS)],
        "sharp_all": [list(run) for run in blend(found, source, mode="sharp", weights=ALL_WEIGHTS)],
    }

    assert {name: wanted.get(name, runs) for name, runs in painted.items()} == painted


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_each_shared_case_changed_as_it_says(path: Path) -> None:
    found, _ = parse(case(path)["payload"])

    told = changes(found)

    assert case(path)["expect"].get("changes") == (None if told is None else told._asdict())


def test_what_changed_is_one_sentence_with_both_shares() -> None:
    path = next(path for path in CASES if path.stem == "before-and-after")
    found, _ = parse(case(path)["payload"])

    assert (
        "  1 gained, 1 lost, 1 unchanged, 1 new since run [3]: 25 % → 50 %."
        == text(found).splitlines()[1]
    )


def site(state: State, span: Span | None, offset: int = 0) -> Site:
    return Site("f", 0, offset, "BINARY_OP", None, 0, state, span=span)


def findings(*sites: Site, warnings: tuple[Caution, ...] = ()) -> Findings:
    return Findings("3.11.7", (Code("f", 1),), sites, {}, warnings)


class Visible(HTMLParser):
    """Collect the text of ``<pre>``, and every tag."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.listing = ""
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Collect every tag."""
        del attrs
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Collect what the listing shows."""
        if "pre" in self.tags:
            self.listing += data


@given(
    st.text(alphabet="ab <>&\"'\n\té\U0001d4b3", max_size=80),
    st.integers(0, 40),
    st.integers(1, 40),
)
def test_the_listing_shows_the_source_and_nothing_else(source: str, start: int, width: int) -> None:
    found = findings(site("failed", Span(1, start, 1, start + width)))

    shown = Visible(html(found, source, LABEL))

    assert (source, set()) == (
        shown.listing,
        {*shown.tags} - {"div", "style", "p", "pre", "strong"},
    )


def test_markup_in_the_source_or_in_a_warning_stays_text() -> None:
    evil = "x = '</pre><script>alert(1)</script>' + y"
    page = html(
        findings(site("failed", Span(1, 4, 1, 41)), warnings=(Caution("a", "<img src=x>"),)),
        evil,
        LABEL,
    )

    assert (0, 0) == (page.count("<script"), page.count("<img"))


def test_every_rule_is_nested_in_the_class_of_this_payload() -> None:
    page = html(findings(site("failed", Span(1, 0, 1, 5))), "a + b", LABEL)
    sheet = re.search(r"<style>\.sp[0-9a-f]{8}\{(.*)\}</style>", page, re.DOTALL)
    assert sheet is not None
    *blocks, left = re.split("([{}])", sheet[1])
    depths = [*accumulate({"{": 1, "}": -1}.get(block, 0) for block in blocks)]

    assert ("", 0, 0, 2) == (left, depths[-1], min(depths), max(depths))


def test_the_colour_of_a_line_comes_after_the_shorthand_that_would_take_it_back() -> None:
    for mode in (None, "dark", "light"):
        sheet = html(findings(site("failed", Span(1, 0, 1, 5))), "a + b", LABEL._replace(mode=mode))

        assert 0 < sheet.rindex("text-decoration:") < sheet.index("text-decoration-color:")


def test_light_and_dark_follow_the_viewer_unless_the_cell_asked_for_one() -> None:
    found = findings(site("failed", Span(1, 0, 1, 5)))

    pages = [html(found, "a + b", LABEL._replace(mode=mode)) for mode in (None, "dark", "light")]

    assert [True, False, False] == ["prefers-color-scheme" in page for page in pages]


def test_no_colour_comes_without_its_line_style_and_its_words() -> None:
    page = html(findings(site("failed", Span(1, 0, 1, 5))), "a + b", LABEL)

    assert (True, True) == (
        "underline wavy" in page,
        ">tried, no fast form fits</strong> (wavy line)" in page,
    )


def _dense(lines: int) -> tuple[Findings, str]:
    """Return a text in which every third character begins a span of another look."""
    states: tuple[State, ...] = ("failed", "specialized", "missing")
    source = "\n".join("a+b" * 20 for _ in range(lines))
    return findings(
        *(
            site(states[(n + k) % 3], Span(n + 1, 3 * k, n + 1, 3 * k + 3), offset=2 * (20 * n + k))
            for n in range(lines)
            for k in range(20)
        )
    ), source


@pytest.mark.parametrize("lines", [1, 10, 100, 1_000, 5_000])
def test_the_page_stays_below_twice_the_source_plus_4_kb(lines: int) -> None:
    found, source = _dense(lines)

    size = len(html(found, source, LABEL).encode())

    assert size <= min(LIMIT, 2 * len(source) + 4096)


def test_a_cell_too_large_for_a_listing_says_where_to_see_it() -> None:
    page = html(*_dense(5_000), LABEL)

    assert (False, True) == ("<pre>" in page, "open it in JupyterLab" in page)


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (["specialized", "specialized", "failed"], "2 of 3 sites specialized (66 %), 1 failed"),
        (["specialized"], "1 of 1 site specialized (100 %)"),
        (
            ["failed", "waiting", "cold"],
            "0 of 1 site specialized (0 %), 1 failed, 1 waiting, 1 cold",
        ),
    ],
)
def test_a_summary_counts_states_in_words(states: list[State], said: str) -> None:
    assert said == summary([site(state, None) for state in states])


def test_a_cell_in_which_nothing_specialized_is_told_what_to_do() -> None:
    assert "in a loop or a function" in summary([site("waiting", None)])


def test_the_text_has_one_line_for_each_function_and_each_note() -> None:
    found = Findings(
        "3.11.7",
        (Code("<module>", 1), Code("f", 3)),
        (site("specialized", None)._replace(code="f", code_index=1),),
        {},
        (Caution("trace", "A tracer was on."),),
    )

    assert [
        "specialize: 1 of 1 site specialized (100 %)",
        "  f (line 3): 1 of 1 site specialized (100 %)",
        "  note: A tracer was on.",
    ] == text(found).splitlines()
