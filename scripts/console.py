# SPDX-License-Identifier: BSD-3-Clause
"""Talk to the person at the terminal, and run other programs for them.

In: sentences and commands. Out: lines on the terminal; `StopError` where the work cannot go on.
"""

from __future__ import annotations

import collections
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent

OFFLINE = (  # what npm, pip and apt say when no registry answers
    "ENOTFOUND",
    "EAI_AGAIN",
    "ETIMEDOUT",
    "ECONNREFUSED",
    "ENETUNREACH",
    "NewConnectionError",
    "Temporary failure in name resolution",
    "Temporary failure resolving",
    "Name or service not known",
    "Read timed out",
    "(from versions: none)",
)


class StopError(Exception):
    """The one sentence to show before giving up: what is wrong, and the command that mends it."""


def say(sentence: str) -> None:
    """Print one line at once, also into a pipe."""
    print(sentence, flush=True)  # noqa: T201 - the voice of the terminal


def step(
    what: str,
    command: Sequence[str],
    *,
    mend: str,
    cwd: Path = ROOT,
    extra: Mapping[str, str] | None = None,
) -> None:
    """Say *what* is going on, run *command*, say how long it took.

    extra: Variables for *command* alone.
    mend:  What to do when it fails, as the end of a sentence; when no registry answered, the
           sentence speaks of the network instead.
    """
    say(f"- {what} ...")
    began = time.monotonic()
    try:
        status, tail = _echo(command, cwd=cwd, extra=extra or {})
    except FileNotFoundError:
        message = f"{command[0]} is not on the search path: install it, then run the command again."
        raise StopError(message) from None
    if status:
        offline = any(word in line for line in tail for word in OFFLINE)
        reason = (
            "no package registry could be reached"
            if offline
            else f"exit status {status}, see above"
        )
        advice = (
            "connect this machine to the network and run the command again" if offline else mend
        )
        message = f"{what} did not work ({reason}): {advice}."
        raise StopError(message)
    say(f"  {time.monotonic() - began:.0f} s")


def _echo(
    command: Sequence[str], *, cwd: Path, extra: Mapping[str, str]
) -> tuple[int, collections.deque[str]]:
    """Run *command*, pass its output on line by line; return the status and the last lines."""
    tail: collections.deque[str] = collections.deque(maxlen=200)
    with subprocess.Popen(
        found(command),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env={
            **os.environ,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_ROOT_USER_ACTION": "ignore",
            **extra,
        },
    ) as process:
        for line in process.stdout or ():
            if not line.strip():
                continue
            tail.append(line)
            sys.stdout.write("  " + line)
            sys.stdout.flush()
    return process.returncode, tail


def output(command: Sequence[str], *, cwd: Path = ROOT, timeout: float = 60) -> str | None:
    """Return what *command* prints, stripped; None when it does not start, fails or hangs."""
    try:
        ran = subprocess.run(
            found(command), cwd=cwd, timeout=timeout, check=True, text=True, capture_output=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return ran.stdout.strip()


def found(command: Sequence[str]) -> list[str]:
    """Return *command* with its program's full path: on Windows `npm` is `npm.cmd`."""
    return [shutil.which(command[0]) or command[0], *command[1:]]


def environment(extra: Mapping[str, str], *, programs: Path) -> dict[str, str]:
    """Return this process's environment with *programs* first on the search path, and *extra*."""
    path = str(programs) + os.pathsep + os.environ.get("PATH", "")
    return {**os.environ, "PATH": path, **extra}
