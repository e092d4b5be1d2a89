# SPDX-License-Identifier: BSD-3-Clause
"""The command line: words in, what is wanted out; wrong usage ends with status 2."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import ipyspecialize
from ipyspecialize.command.program import Program

if TYPE_CHECKING:
    from collections.abc import Sequence

_DESCRIPTION = (
    "Run a Python program and show what CPython's specializing adaptive interpreter made of it."
)
_EXAMPLES = """\
examples:
  specialize spam.py --eggs             run spam.py, open a page that shows it
  specialize -o pages -m timeit -n 9 1  write the page of a module to a folder
  specialize -t 'spam/**/*.py' -m pytest tests
                                        show every file of a package that a test run used
  specialize --json --fail-under 90 spam.py > spam.json
                                        for programs and for CI: exit status 3 below 90 %

Options for specialize come before the program; what follows it belongs to the program.
"""


#: Options with a word of their own behind them.
_VALUED = {"-o", "--output", "-t", "--targets", "--fail-under", "--assume"}


class Options(NamedTuple):
    """What is wanted.

    program:     What to run.
    targets:     Globs of the files to show; empty: the program's own.
    palette:     ``blue``, or None for green.
    mode:        ``dark``, or None for what the reader prefers.
    output:      Folder to write to, from the root on; None: a temporary one.
    as_json:     Print one JSON document instead of making pages.
    fail_under:  Per cent, 0 to 100; None: never fail for it.
    browse:      Open what was made, if it lies in a temporary folder.
    assume:      Version whose rules are to be taken; None: the running one's.
    """

    program: Program
    targets: tuple[str, ...] = ()
    palette: str | None = None
    mode: str | None = None
    output: Path | None = None
    as_json: bool = False
    fail_under: float | None = None
    browse: bool = True
    assume: tuple[int, int] | None = None


def parse(words: Sequence[str]) -> Options:
    """Return what *words*, those behind the command's name, ask for.

    Raises `SystemExit`: 0 after ``-h`` and ``-V``, 2 after a sentence on what is wrong.
    """
    parser = _parser()
    given = parser.parse_args(_parted(words))
    # What ends our options ends those of Python, too.
    rest: list[str] = given.program[given.program[:1] == ["--"] :]
    if given.module is not None and given.command is not None:
        parser.error("-m and -c exclude each other: name one program")
    if given.module is not None:
        name, *arguments = [*given.module, *rest] or [""]
        program = Program("module", name, arguments)
    elif given.command is not None:
        text, *arguments = [*given.command, *rest] or [""]
        program = Program("command", text, arguments)
    elif rest:
        program = Program("file", rest[0], rest[1:])
        if reason := _why_not_run(rest[0]):
            parser.error(reason)
    else:
        parser.error("nothing to run: name a FILE, -m MODULE or -c COMMAND (-h shows examples)")
    if program.kind == "module" and not program.what:
        parser.error("-m needs the name of a module")
    if given.output is not None:
        if given.json:
            parser.error("--json makes no pages: leave out either it or -o")
        if reason := _why_not_written(given.output.resolve()):
            parser.error(f"{reason}: name another folder after -o")
    return Options(
        program=program,
        targets=tuple(given.targets),
        palette="blue" if given.blue else None,
        mode="dark" if given.dark else None,
        output=None if given.output is None else given.output.resolve(),
        as_json=given.json,
        fail_under=given.fail_under,
        browse=given.browse,
        assume=given.assume,
    )


def _parted(words: Sequence[str]) -> Sequence[str]:
    """Return *words* with ``-m`` or ``-c`` parted from what is attached to it: ``-mpytest``.

    What follows is the program's; argparse would look for options of ours in it.
    """
    at = 0
    while at < len(words) and words[at].startswith("-") and words[at] not in ("-m", "-c", "--"):
        word = words[at]
        if word.startswith(("-m", "-c")):
            return [*words[:at], word[:2], word[2:], *words[at + 1 :]]
        at += 2 if word in _VALUED else 1
    return words


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help that names what follows ``-m`` and ``-c``, where argparse writes three dots."""

    def _format_args(self, action: argparse.Action, default_metavar: str) -> str:
        if action.nargs == argparse.REMAINDER:
            return str(action.metavar)
        return super()._format_args(action, default_metavar)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="specialize",
        usage="%(prog)s [options] (FILE | -m MODULE | -c COMMAND) [ARGS ...]",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=_Help,
        allow_abbrev=False,
    )
    version = f"specialize {ipyspecialize.__version__} (CPython {sys.version.split()[0]})"
    add = parser.add_argument
    add("-V", "--version", action="version", version=version)
    add("-b", "--blue", action="store_true", help="blue instead of green")
    add("-d", "--dark", action="store_true", help="begin with dark pages")
    add("-o", "--output", metavar="DIR", type=Path, help="write the pages to this folder")
    add(
        "-t",
        "--targets",
        metavar="GLOB",
        action="append",
        default=[],
        help="show the files that match, '**' included, instead of the program's own; repeatable",
    )
    add("--json", action="store_true", help="print one JSON document, make no pages")
    add(
        "--fail-under",
        metavar="PERCENT",
        type=_percent,
        help="exit status 3 if fewer sites are specialized, of those specialized or failed",
    )
    add("--no-browser", dest="browse", action="store_false", help="print the path only")
    add(
        "--assume",
        metavar="VERSION",
        type=_version,
        help="read a newer CPython by the rules of this one (3.15): for work on CPython itself",
    )
    add("-m", dest="module", nargs=argparse.REMAINDER, metavar="MODULE", help="run a module")
    add("-c", dest="command", nargs=argparse.REMAINDER, metavar="COMMAND", help="run this text")
    add(
        "program", nargs=argparse.REMAINDER, metavar="FILE", help="run a script, folder or ZIP file"
    )
    return parser


def _why_not_run(path: str) -> str:
    """Return what keeps *path* from being run; empty if nothing is known to."""
    if not os.path.exists(path):  # noqa: PTH110 - of a string
        return _missing(path)
    if os.path.isdir(path):  # noqa: PTH112
        if any(os.path.isfile(os.path.join(path, f"__main__.py{c}")) for c in ("", "c")):  # noqa: PTH113, PTH118
            return ""
        return f"{path} is a folder without a __main__.py: name a script in it, or -m PACKAGE"
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            head = file.read(4096)
    except OSError as error:
        return f"{path} cannot be read: {error.strerror or error}"
    if b"\0" in head and not path.endswith(".pyc"):
        from zipfile import is_zipfile  # noqa: PLC0415 - rarely

        if not is_zipfile(path):
            return f"{path} is no Python program: there are NUL bytes in it"
    return ""


def _why_not_written(folder: Path) -> str:
    """Return what keeps pages from being written below *folder*; empty if nothing is known to."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not folder.is_dir():
        return f"{folder} is a file, not a folder"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"{folder} may not be written to"
    return ""


def _missing(path: str) -> str:
    if path in ("", "-"):
        return f"{path!r} names no file; standard input is not read as a program, -c takes a text"
    if os.path.isfile(f"{path}.py"):  # noqa: PTH113 - of a string
        return f"no such file: {path}. Did you mean {path}.py?"
    if set("*?[") & set(path):
        return f"no such file: {path} (a glob of files to show is given as -t '{path}')"
    folder, name = os.path.split(path)
    from difflib import get_close_matches  # noqa: PLC0415 - rarely

    beside = os.listdir(folder or ".") if Path(folder or ".").is_dir() else []  # noqa: PTH208
    meant = get_close_matches(name, beside, 1)
    if meant:
        return f"no such file: {path}. Did you mean {Path(folder, meant[0])}?"
    if "/" not in path and not path.endswith(".py"):
        return f"no such file: {path}. A module is run with -m {path}"
    return f"no such file: {path}"


def _percent(word: str) -> float:
    try:
        number = float(word.removesuffix("%"))
    except ValueError:
        number = -1
    if not 0 <= number <= 100:  # noqa: PLR2004 - per cent
        msg = f"{word} is no percentage from 0 to 100"
        raise argparse.ArgumentTypeError(msg)
    return number


def _version(word: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d+)\.(\d+)(\..*)?", word)
    if found is None:
        msg = f"{word} is no version such as 3.{sys.version_info[1]}"
        raise argparse.ArgumentTypeError(msg)
    version = int(found[1]), int(found[2])
    from ipyspecialize.reading import nearest_rows  # noqa: PLC0415 - rarely

    try:
        nearest_rows(version)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return version
