# SPDX-License-Identifier: BSD-3-Clause
"""Write the page of each shared case below a folder: `shared_cases.py FOLDER`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ipyspecialize.describe import Reading
from ipyspecialize.payload import parse
from ipyspecialize.report.page import Frame, page

CASES = Path(__file__).parents[2] / "payload" / "cases"


def main(folder: Path) -> None:
    """Write the pages into *folder*."""
    for path in CASES.glob("*.json"):
        case = json.loads(path.read_text("utf-8"))
        findings, label = parse(case["payload"])
        made = page(Reading(findings, case["source"], label), Frame(path.stem))
        (folder / f"{path.stem}.html").write_text(made, "utf-8", "backslashreplace")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
