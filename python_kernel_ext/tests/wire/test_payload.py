# SPDX-License-Identifier: BSD-3-Clause
"""Payload version 1: what is written is valid, small, and reads back as what was written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ipyspecialize import Reading, load
from ipyspecialize import payload as wire
from ipyspecialize.records import STATES, Before, Caution, Code, Findings, Label, Listed, Site, Span

SCHEMA = json.loads(
    Path(__file__).parents[3].joinpath("payload/payload.v1.schema.json").read_text("utf-8")
)
LABEL = Label("specialize:a1", "0123456789abcdef", 3, "a1", 7, 9, "dark", "blue")

counts = st.none() | st.integers(0, 9000)
spans = st.builds(
    lambda line, column, lines, width: Span(line, column, line + lines, column + width),
    st.integers(1, 60),
    st.integers(0, 90),
    st.integers(0, 3),
    st.integers(1, 40),
)
sites = st.builds(
    Site,
    code=st.just("f"),
    code_index=st.just(0),
    offset=st.integers(0, 4000).map(lambda n: 2 * n),
    opname=st.sampled_from(["BINARY_OP", "LOAD_ATTR", "CALL"]),
    form=st.none() | st.sampled_from(["BINARY_OP_ADD_INT", "LOAD_ATTR_SLOT"]),
    arg=st.just(0),
    state=st.sampled_from(STATES),
    attempts=counts,
    executions=counts,
    exact=st.booleans(),
    misses=counts,
    next=counts,
    compiled=st.booleans(),
    operator=st.none() | st.sampled_from(["+", "+=", "not in"]),
    raw=st.none() | st.integers(0, 0xFFFF),
    span=st.none() | spans,
    reason=st.none(),
)
findings = st.builds(
    lambda some: Findings("3.11.7", (Code("f", 2),), tuple(some), {}, (Caution("x", "y"),)),
    st.lists(sites, max_size=30, unique_by=lambda site: site.offset),
)


@given(findings)
def test_every_payload_satisfies_the_schema(found: Findings) -> None:
    payload = wire.build(found, LABEL, "x = 1\n")

    assert [] == [e.message for e in Draft202012Validator(SCHEMA).iter_errors(payload)]


@given(findings)
def test_what_was_written_reads_back_the_same(found: Findings) -> None:
    payload = json.loads(json.dumps(wire.build(found, LABEL, "", raw=True)))

    back, label = wire.parse(payload)

    assert (set(found.sites), found.codes, found.warnings, LABEL) == (
        set(back.sites),
        back.codes,
        back.warnings,
        label,
    )


codes = (Code("f", 2), Code("g", 9), Code("h", None))


@st.composite
def listings(draw: st.DrawFn) -> Findings:
    """Return findings whose sites are among the listed instructions, copies included."""
    some = draw(st.lists(st.tuples(st.integers(0, 2), sites), max_size=30))
    rows: dict[tuple[int, int], Listed] = {}
    for index, site in some:
        at = site._replace(code=codes[index].name, code_index=index, raw=None)
        row = draw(
            st.builds(
                Listed,
                code_index=st.just(index),
                offset=st.just(at.offset),
                base=st.just(at.opname),
                live=st.just(at.form or at.opname),
                arg=st.none() | st.just(at.arg),
                words=st.none() | st.sampled_from(["x", "to 46", "'a,b'"]),
                span=st.just(at.span),
                site=st.none() | st.just(at),
            )
        )
        rows[index, at.offset] = row
    listing = tuple(rows[key] for key in sorted(rows))
    chosen = tuple(row.site for row in listing if row.site is not None)
    return Findings("3.11.7", codes, chosen, listing=listing or None)


@given(listings())
def test_a_listing_is_valid_and_reads_back_the_same(found: Findings) -> None:
    payload = json.loads(json.dumps(wire.build(found, LABEL, "", most_listed=wire.MOST_ASKED)))

    invalid = [e.message for e in Draft202012Validator(SCHEMA).iter_errors(payload)]

    assert ([], found.listing) == (invalid, wire.parse(payload)[0].listing)


def test_a_listing_stays_out_of_a_payload_that_would_grow_too_long() -> None:
    site = Site("f", 0, 0, "BINARY_OP", None, 0, "failed")
    rows = [Listed(0, 2 * n, "NOP", "NOP", None, None, None, None) for n in range(1, 900)]
    found = Findings("3.11.7", codes, (site,), listing=tuple(rows))

    payload = wire.build(found, LABEL, "")

    assert (False, False, 1) == (
        "instructions" in payload,
        "places" in payload,
        len(wire.parse(payload)[0].sites),
    )


def test_what_was_loaded_has_every_site_that_was_sent() -> None:
    # Copies are told by argument, which does not travel: two of one family may share a span.
    span = Span(1, 0, 1, 5)
    sites = tuple(
        Site("f", 0, 4 * arg, "CALL", None, arg, "failed", attempts=arg, span=span)
        for arg in range(2)
    )
    made = Reading(Findings("3.12.1", (Code("f", 1),), sites), "a + b", LABEL)

    back = load(made.to_payload())

    assert len(made.speaking.sites) == len(back.speaking.sites) == len(back.sites)
    assert back.to_payload() | {"source": 0} == made.to_payload() | {"source": 0}


def test_neutral_counts_travel_with_their_span() -> None:
    span = Span(2, 4, 2, 9)
    site = Site("f", 0, 2, "BINARY_OP", None, 0, "failed", span=span)
    found = Findings("3.11.7", (Code("f", 1),), (site,), {span: 2})

    back, _ = wire.parse(wire.build(found, LABEL, ""))

    assert {span: 2} == back.neutral


def test_what_the_spans_were_before_travels_with_them() -> None:
    span, other = Span(2, 4, 2, 9), Span(3, 4, 3, 9)
    listed = [Site("f", 0, 2, "BINARY_OP", None, 0, "failed", span=at) for at in (span, other)]
    before = Before(3, 1, 2, {span: 8})
    found = Findings("3.11.7", (Code("f", 1),), tuple(listed), before=before)

    payload = wire.build(found, LABEL, "")

    assert ([], before) == (
        [e.message for e in Draft202012Validator(SCHEMA).iter_errors(payload)],
        wire.parse(payload)[0].before,
    )


def test_the_first_cache_word_travels_only_when_asked_for() -> None:
    site = Site("f", 0, 2, "BINARY_OP", None, 0, "failed", raw=0x21)
    found = Findings("3.11.7", (Code("f", 1),), (site,))

    assert (False, "33") == (
        "raw" in wire.build(found, LABEL, "")["sites"],
        wire.build(found, LABEL, "", raw=True)["sites"]["raw"],
    )


def _large(count: int) -> Findings:
    """Return *count* sites on a line each, every second one waiting."""
    listed = tuple(
        Site(
            "f",
            0,
            2 * n,
            "BINARY_OP",
            None,
            0,
            "failed" if n % 2 else "waiting",
            attempts=n % 9,
            executions=n,
            span=Span(n + 1, n % 50, n + 1, n % 50 + 9),
        )
        for n in range(count)
    )
    return Findings("3.11.7", (Code("f", 1),), listed)


def test_a_payload_that_would_be_too_large_is_cut_and_says_so() -> None:
    payload = wire.build(_large(12_000), LABEL, "")

    kept = payload["sites"]["offset"].count(",") + 1

    assert (True, 12_000) == (
        len(json.dumps(payload)) <= wire.LIMIT,
        kept + payload["cut"]["sites"],
    )


def test_a_cut_leaves_out_unpainted_sites_before_painted_ones() -> None:
    back, _ = wire.parse(wire.build(_large(8_000), LABEL, ""))

    assert 4_000 == sum(site.state == "failed" for site in back.sites)


@pytest.mark.parametrize(
    ("text", "length"), [("a\r\nb\rc\n", 6), ("é𝒳", 3), ("\ud800", 1), ("", 0)]
)
def test_length_counts_utf16_units_after_line_ends_became_lf(text: str, length: int) -> None:
    assert length == wire.checksum(text)["length"]


def test_line_ends_do_not_change_the_checksum() -> None:
    assert wire.checksum("a\nb\n") == wire.checksum("a\r\nb\r")


def test_the_checksum_is_that_of_the_utf8_bytes() -> None:
    assert {"length": 9, "crc32": 0xCBF43926} == wire.checksum("123456789")


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (None, "not a payload"),
        ([], "not a payload"),
        ({}, "not a payload"),
        ({"version": 2}, "version 2"),
        ({"version": 1}, "damaged"),
    ],
)
def test_what_is_no_whole_payload_is_refused_with_the_next_act(payload: object, said: str) -> None:
    with pytest.raises(wire.PayloadError, match=said) as caught:
        wire.parse(payload)

    assert "again" in str(caught.value) or "Pass" in str(caught.value)


def test_a_column_of_the_wrong_length_is_damage() -> None:
    payload = wire.build(_large(3), LABEL, "")
    payload["sites"]["code"] = "0,0"

    with pytest.raises(wire.PayloadError, match="damaged"):
        wire.parse(payload)


def test_a_state_nobody_knows_reads_as_unknown() -> None:
    payload = wire.build(_large(1), LABEL, "")
    payload["strings"] = payload["strings"].replace("waiting", "brand-new")

    assert ["unknown"] == [site.state for site in wire.parse(payload)[0].sites]
