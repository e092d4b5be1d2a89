# SPDX-License-Identifier: BSD-3-Clause
"""Run one notebook in a kernel of its own, plain or in one of the ways the extension is used.

In: a file, a way. Out: what each code cell said. Every kernel gets a copy of the notebook's
folder, an empty IPython folder, one hash seed and one date, so that no run sees what another
one left.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import jupytext
import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from console import StopError
from notebook_outputs import COMMENT, MAGIC, Said, said_by

if TYPE_CHECKING:
    from collections.abc import Callable

#: Notebooks as text: cells between `# %%` lines, magics as they are typed.
TEXT = {"extension": ".py", "format_name": "percent", "comment_magics": False}
SUFFIXES = (".ipynb", ".ipy")

_LOADED = "hasattr(get_ipython(), '_ipyspecialize')"
_PROMPT = re.compile(r"\s*(?:>>> ?|In \[\d+\]: )?")


class Way(NamedTuple):
    """How a notebook is run.

    extension:  Whether the kernel loads the extension when it starts.
    first:      What is run before the first cell, without a trace in its history.
    put:        What becomes of the source of each cell.
    """

    extension: bool
    first: str
    put: Callable[[str], str]


def with_magic(source: str) -> str:
    """Return *source* with the magic on top."""
    return source if why_not(source) else f"{MAGIC}\n{source}"


def with_comment(source: str) -> str:
    """Return *source* with a comment where `with_magic` puts the magic, so that lines agree.

    IPython looks at the first line for cell magics, indentation and prompts, and for aliases
    and automagics in cells of one line alone: such a first line is imitated, such a cell is
    left as it is.
    """
    body = source.lstrip("\n")
    if why_not(source) or body.lstrip().startswith("%%") or len(body.splitlines()) == 1:
        return source
    prompt = _PROMPT.match(body)
    assert prompt is not None  # noqa: S101 - the pattern matches nothing as well
    return f"{prompt[0]}{COMMENT}\n{source}"


def why_not(source: str) -> str | None:
    """Return why the magic cannot be put on top of *source*, None if it can."""
    if not source.strip():
        return "no code"
    if MAGIC in source:
        return "has the magic already"
    return None


def _as_it_is(source: str) -> str:
    return source


PLAIN = Way(extension=False, first="", put=_as_it_is)
COMMENTED = PLAIN._replace(put=with_comment)
#: Each way and what it is compared with. `plain` compares two plain runs: what differs there,
#: the notebook changes by itself.
WAYS: dict[str, tuple[Way, Way]] = {
    "always-on": (Way(extension=True, first="%specialize on", put=_as_it_is), PLAIN),
    "magic": (Way(extension=True, first="", put=with_magic), COMMENTED),
    "loaded": (Way(extension=True, first="", put=_as_it_is), PLAIN),
    "plain": (PLAIN._replace(first=" "), PLAIN),
}


def read(file: Path) -> Any:  # noqa: ANN401 - nbformat's NotebookNode
    """Return the notebook in *file*, one of `SUFFIXES`."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".ipynb":
        return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    return jupytext.reads(text, fmt=TEXT)  # type: ignore[no-untyped-call]


async def run(file: Path, way: Way, *, kernel: str = "python3", limit: int = 120) -> list[Said]:
    """Return what each code cell of *file* said; after the kernel's death there is nothing more.

    kernel:  Name of the kernel's specification.
    limit:   Seconds one cell may take.
    """
    notebook = read(file)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    for number, cell in enumerate(cells):
        cell.update(source=way.put(cell.source), id=f"cell-{number}", outputs=[])
    notebook.cells = cells
    replies: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="compare-", ignore_cleanup_errors=True) as scratch:
        here = Path(scratch, "work")
        shutil.copytree(file.parent, here, symlinks=True)
        client = NotebookClient(
            notebook,
            kernel_name=kernel,
            resources={"metadata": {"path": str(here)}},
            timeout=limit,
            allow_errors=True,
            shutdown_kernel="immediate",
        )
        # What an Output widget holds stays with the cell: the stand-in that nbclient has for the
        # widget sends from inside a poll of the same socket, which then sleeps to its timeout.
        client.widget_registry = {}
        client.on_cell_execute = partial(name_cell, client)
        client.on_cell_executed = partial(_keep, replies)
        environment = {
            **os.environ,
            "IPYTHONDIR": str(Path(scratch, "ipython")),
            "PYTHONHASHSEED": "0",
            "SOURCE_DATE_EPOCH": "0",  # matplotlib writes the time into pictures
            "SPECIALIZE_DISABLE": "" if way.extension else "1",
        }
        try:
            async with client.async_setup_kernel(env=environment, stderr=subprocess.DEVNULL):
                await _begin(client, way)
                await _go_through(client, cells, replies)
        except NoSuchKernel as error:
            message = f"There is no kernel named {error.name!r}: `jupyter kernelspec list`."
            raise StopError(message) from None
        except AssertionError:
            if client.km is not None:  # nbclient cleans up twice after a kernel that has died
                raise
        placed = way.put is not _as_it_is
        return [
            said_by(cell, reply, Path(scratch), placed=placed)
            for cell, reply in zip(cells, replies, strict=False)
        ]


async def _begin(client: NotebookClient, way: Way) -> None:
    """Run what comes first, and make sure that the extension is there, or is not."""
    assert client.kc is not None  # noqa: S101 - the kernel is set up
    request = client.kc.execute(way.first, silent=True, user_expressions={"loaded": _LOADED})
    reply = await client.async_wait_for_reply(request, None)
    answer = reply["content"].get("user_expressions", {}).get("loaded", {}) if reply else {}
    found = answer.get("data", {}).get("text/plain")
    if found != str(way.extension):
        wanted = "with" if way.extension else "without"
        message = (
            f"The kernel was to start {wanted} the extension, but `{_LOADED}` said {found}: "
            "install ipyspecialize into the kernel's environment (`npm run setup`)."
        )
        raise StopError(message)


async def _go_through(client: NotebookClient, cells: list[Any], replies: list[Any]) -> None:
    """Run *cells* up to the one that kills the kernel or takes too long."""
    try:
        for index, cell in enumerate(cells):
            await client.async_execute_cell(cell, index)
    except (DeadKernelError, CellTimeoutError) as error:
        replies.append({"status": type(error).__name__})


def name_cell(client: NotebookClient, cell: Any, cell_index: int) -> None:  # noqa: ANN401
    """Send the cell's id with its request, as JupyterLab does."""
    del cell_index
    assert client.kc is not None  # noqa: S101 - the kernel is set up
    client.kc.session.metadata = {"cellId": cell.id}


def _keep(replies: list[Any], cell: Any, cell_index: int, execute_reply: Any) -> None:  # noqa: ANN401
    """Add what is to be compared of the reply to a request to *replies*."""
    del cell, cell_index
    content = execute_reply["content"]
    replies.append({name: content.get(name) for name in ("status", "execution_count", "payload")})
