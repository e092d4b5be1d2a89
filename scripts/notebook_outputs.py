# SPDX-License-Identifier: BSD-3-Clause
"""Turn what a cell said into lines that can be compared.

In: a cell that ran, the kernel's reply. Out: lines, without our outputs and without what differs
between any two runs. What is made equal stands in the tables below, and nowhere else.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ipyspecialize.payload import MIME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAGIC = "%%specialize"
#: What stands in the place of the magic in the run that it is compared with; of equal length.
COMMENT = "#%specialize"

_ANSI = r"(?:\x1b\[[\d;]*m)*"
#: Patterns of what differs between two runs of one notebook, each with what it becomes.
VOLATILE = (
    # Addresses of objects.
    (r"\b0x[0-9a-f]{6,16}\b|(?<=object at )[0-9a-f]{8,16}\b", "<address>"),
    # Ids that are drawn by chance: of widget models, of displays.
    (r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "<id>"),
    (r"\b[0-9a-f]{32}\b", "<id>"),
    # The file a cell pretends to be: process and checksum of the text.
    (r"\bipykernel_\d+([/\\])\d+\.py\b", r"ipykernel_<pid>\1<cell>.py"),
    (r"\(\d+\.py, line", "(<cell>.py, line"),
    # What CPython 3.12 warns of when a process with threads forks.
    (r"\(pid=\d+\)", "(pid=<pid>)"),
    # Names made by `tempfile`.
    (r"([/\\]tmp)[a-z0-9_]{8}\b", r"\1<name>"),
    # What %time, %timeit and %prun measured.
    (r"^(CPU times|Wall time): .*$", r"\1: <time>"),
    (r"^.* per loop \(mean .*$", "<time> per loop"),
    (r"^The slowest run took .*\n.*\n", ""),
    (r"\bin \d+\.\d+ seconds$", "in <time> seconds"),
)
#: The same for the magic and for the comment that stands in its place.
PLACED = (
    # The line itself where a traceback shows it: the magic has become an empty line there.
    (rf"^{_ANSI} +\d+{_ANSI} {_ANSI}(?:#%specialize)?{_ANSI}\n", ""),
    # The text of a cell, as %history, `In` and `_i` have it; also inside a repr.
    (r"(?:^[ \t]*(?:>>> ?|In \[\d+\]: )?)?[%#]%specialize(?:\n|\\n)", ""),
    (r"""(?<=['"])\\n""", ""),
)


class Said(NamedTuple):
    """What one cell said.

    source:   Its text, as it was run.
    lines:    Status, execution count, outputs and their metadata, without ours.
    outputs:  How many outputs that are, ours left out.
    ours:     How many outputs were ours.
    """

    source: str
    lines: tuple[str, ...]
    outputs: int
    ours: int


def said_by(cell: Any, reply: dict[str, Any], scratch: Path, *, placed: bool) -> Said:  # noqa: ANN401
    """Return what *cell*, a node of nbformat's, said.

    reply:    What is to be compared of the kernel's reply.
    scratch:  Folder of this run alone; its name is made equal.
    placed:   Whether cells have the magic, or the comment in its place.
    """
    foreign = [output for output in cell.outputs if MIME not in output.get("data", {})]
    text = "\n".join(_lines(cell, reply, joined(foreign)))
    text = equalised(text.replace(str(scratch), "<scratch>"), placed=placed)
    return Said(
        cell.source, tuple(text.split("\n")), len(foreign), len(cell.outputs) - len(foreign)
    )


def equalised(text: str, *, placed: bool = False) -> str:
    """Return *text* without what differs between any two runs."""
    for pattern, into in (*PLACED, *VOLATILE) if placed else VOLATILE:
        text = re.sub(pattern, into, text, flags=re.MULTILINE)
    return text


def joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return *outputs* with neighbouring streams put together, stderr last.

    The kernel sends a stream in pieces, cut by its clock: only their order in each stream is
    certain.
    """
    joined: list[dict[str, Any]] = []
    texts: dict[str, str] = {}

    def close() -> None:
        joined.extend(
            {"output_type": "stream", "name": name, "text": text}
            for name, text in sorted(texts.items(), reverse=True)
        )
        texts.clear()

    for output in outputs:
        if output["output_type"] == "stream":
            texts[output["name"]] = texts.get(output["name"], "") + output["text"]
        else:
            close()
            joined.append(output)
    close()
    return joined


def _lines(cell: Any, reply: dict[str, Any], outputs: list[dict[str, Any]]) -> Iterator[str]:  # noqa: ANN401
    yield f"execution count of the cell: {cell.get('execution_count')}"
    for name, value in reply.items():
        yield from _field(name, value)
    for output in outputs:
        yield f"--- {output['output_type']}"
        for name, value in sorted(output.items()):
            if name == "data":
                for kind, data in sorted(value.items()):
                    yield from _field(kind, data)
            elif name == "traceback":
                yield from "\n".join(value).split("\n")
            elif name != "output_type":
                yield from _field(name, value)


def _field(name: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    """Yield a value line by line; of a picture's bytes the checksum."""
    if not isinstance(value, str):
        text = json.dumps(value, indent=1, sort_keys=True).replace("\\n", "\n")
    else:
        text = value
    if name.startswith(("image/", "application/pdf")) and "<svg" not in text:
        text = f"sha256 {hashlib.sha256(text.encode()).hexdigest()}"
    if "\n" not in text:
        yield f"{name}: {text}"
    else:
        yield f"{name}:"
        yield from text.split("\n")
