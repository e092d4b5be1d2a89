# SPDX-License-Identifier: BSD-3-Clause
"""Set up, start JupyterLab, run the suites: the project's commands, standard library only.

In: the command line of `npm start`, `npm test` and their kin, through launch.mjs. Out: the exit
status of what was asked.
"""

from __future__ import annotations

import argparse
import sys

from console import StopError, say
from prepare import UI_TESTS, npm_install, prepare
from serve import serve
from suites import ALL, QUICK, SUITES, make_lessons, run_bench, run_suites
from versions import regenerate_goldens


def main(arguments: list[str]) -> int:
    """Do what *arguments* say; return the exit status."""
    asked, rest = _parser().parse_known_args(arguments)
    if rest and asked.command not in ("start", "bench", "notebooks"):
        say(
            f"`npm run {asked.command}` does not know {' '.join(rest)}: "
            f"`npm run {asked.command} -- --help` lists its options."
        )
        return 2
    try:
        return _do(asked, rest)
    except StopError as stop:
        say(f"\n{stop}")
        return 1
    except KeyboardInterrupt:
        return 130


def _do(asked: argparse.Namespace, rest: list[str]) -> int:
    match asked.command:
        case "start":
            prepare("app")
            return serve(rest)
        case "bench":
            prepare("app", "test", "bench")
            npm_install(UI_TESTS)
            return run_bench(rest)
        case "regenerate":
            prepare("app", "test")
            return regenerate_goldens()
        case "notebooks":
            prepare("app", "test")
            return make_lessons(rest)
        case "setup":
            prepare("app", "test")
            say("Ready: `npm start` opens JupyterLab, `npm test` runs every suite.")
            return 0
        case _:
            prepare("app", "test")
            npm_install(UI_TESTS)
            return run_suites(asked.only)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="npm run", description="The commands of this checkout.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser(
        "start", add_help=False, help="open JupyterLab on the lessons; arguments go to JupyterLab"
    )
    commands.add_parser(
        "bench", add_help=False, help="print a table of measurements; names choose among them"
    )
    commands.add_parser("regenerate", help="write anew what the tests expect to be printed")
    commands.add_parser(
        "notebooks", add_help=False, help="run the lessons and save them; names choose among them"
    )
    commands.add_parser("setup", help="make .venv and node_modules and stop there")
    for name, chosen, words in (
        ("test", ALL, "run every suite"),
        ("check", QUICK, "run what takes less than two minutes"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument(
            "--only",
            type=_names,
            default=chosen,
            metavar="NAME[,NAME]",
            help=f"of {', '.join(SUITES)}",
        )
    return parser


def _names(listed: str) -> tuple[str, ...]:
    names = tuple(listed.split(","))
    if unknown := [name for name in names if name not in SUITES]:
        message = f"no suite is called {unknown[0]!r}; there are {', '.join(SUITES)}"
        raise argparse.ArgumentTypeError(message)
    return names


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
