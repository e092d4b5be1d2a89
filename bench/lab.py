# SPDX-License-Identifier: BSD-3-Clause
"""What the Lab half costs in a real JupyterLab and a real browser."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rows import Row

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from prepare import BUILT, PROGRAMS  # noqa: E402 - the folder is known from here on
from suites import playwright  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGETS = {100: "", 5_000: "first ≤ 100 ms, later ≤ 25 ms", 25_000: ""}


def rows() -> Iterator[Row]:
    """Yield the rows of this module."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.json"
        playwright("bench", Path(folder) / "report.xml", PROGRAMS, SPECIALIZE_FIGURES=str(file))
        found = json.loads(file.read_text("utf-8"))
    for sites, target in TARGETS.items():
        yield Row(
            f"output to painted, {sites:,} sites",
            "from `outputs.add` to the frame that shows the marks; later: median of 7 updates",
            f"first {found[f'first-{sites}']:.0f} ms, later {found[f'later-{sites}']:.0f} ms",
            target,
        )
    own = found["typing-with"] - found["typing-without"]
    yield Row(
        "typing with 5,000 marks",
        "one transaction in 1,000 lines, without and with the marks; 95th percentile of 200",
        f"{found['typing-without']:.2f} and {found['typing-with']:.2f} ms: own {own:+.2f} ms",
        "own ≤ 1 ms",
    )
    plain = (found["scroll-before"] + found["scroll-after"]) / 2
    yield Row(
        "scrolling 200 coloured cells",
        "100 frames of 100 px each: a line of text under each cell, colours, text; median of "
        "passes 4 to 6",
        f"{found['scroll-before']:.0f} and {found['scroll-after']:.0f} ms plain, "
        f"{found['scroll-with']:.0f} ms coloured: {found['scroll-with'] / plain:.2f} times",
        "no difference outside noise",
    )
    yield Row(
        "panel opened beside 5,000 sites",
        "from the command to the frame with rows; the first time its script is loaded",
        f"first {found['panel-first']:.0f} ms, later {found['panel-again']:.0f} ms",
        "≤ 100 ms",
    )
    yield Row(
        "review of 500 cells",
        "from the command to the frame with rows, 30 sites in each cell",
        f"{found['review']:.0f} ms",
        "≤ 200 ms",
    )
    yield Row(
        "hostile payloads",
        "longest task while one of a dozen crafted payloads is put under a cell; beside it, under "
        "a MIME type nobody reads",
        f"{found['hostile']:.0f} ms ({found['hostile-plain']:.0f} ms)",
        "≤ 200 ms",
    )
    yield Row(
        "activation of the Lab half",
        "all plugins' `activate`, and evaluating the module, in one page load",
        f"{found['activation']:.1f} ms and {found['evaluation']:.1f} ms",
        "≤ 20 ms",
    )
    files = [*(BUILT / "static").glob("*.js")]
    size = sum(file.stat().st_size for file in files)
    yield Row(
        "scripts", f"all {len(files)} scripts of the extension", f"{size / 1e3:.0f} kB", "≤ 200 kB"
    )
