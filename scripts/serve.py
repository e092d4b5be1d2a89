# SPDX-License-Identifier: BSD-3-Clause
"""Open JupyterLab from .venv on copies of the teaching notebooks.

In: the arguments a person gave to `npm start`. Out: a running server, until it is stopped.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from typing import TYPE_CHECKING

from console import ROOT, StopError, environment, say
from prepare import PROGRAMS, PYTHON
from tour import copy_lessons

if TYPE_CHECKING:
    from collections.abc import Sequence


def serve(arguments: Sequence[str]) -> int:
    """Run JupyterLab with *arguments*; return its exit status."""
    port = _asked_port(arguments)
    if port is not None and not is_free(port):
        message = (
            f"Port {port} is taken by another program: run `npm start -- --port {free_port()}`, "
            "or leave --port out and JupyterLab takes the next free one."
        )
        raise StopError(message)
    opened = _opened(arguments)
    as_root = ("--allow-root",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()
    say("- Starting JupyterLab; Ctrl+C stops it.")
    process = subprocess.Popen(
        [str(PYTHON), "-m", "jupyterlab", *as_root, *opened, *arguments],
        cwd=ROOT,
        # The kernel python3 is .venv's, also where the person has one of that name at home.
        env=environment({"JUPYTER_PREFER_ENV_PATH": "1"}, programs=PROGRAMS),
    )
    # JupyterLab answers Ctrl+C itself, and needs its time to stop the kernels.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    return process.wait()


def is_free(port: int) -> bool:
    """Tell whether this machine's *port* can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _opened(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return what opens the first lesson, also in the address that is printed."""
    if any(argument.endswith(".ipynb") for argument in arguments):
        return ()
    first = copy_lessons()[0].relative_to(ROOT)
    say(f"- Your copies of the lessons are in {first.parent}/: delete one to get it anew.")
    return (f"--notebook-dir={ROOT}", f"--LabApp.default_url=/lab/tree/{first.as_posix()}")


def _asked_port(arguments: Sequence[str]) -> int | None:
    for name, _, value in ((*argument.partition("="),) for argument in _joined(arguments)):
        if name in {"--port", "--ServerApp.port"} and value.isdigit() and value != "0":
            return int(value)
    return None


def _joined(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with `--port 9000` written as `--port=9000`."""
    followers = [*arguments[1:], ""]
    return [
        f"{argument}={follower}" if argument == "--port" else argument
        for argument, follower in zip(arguments, followers, strict=True)
    ]
