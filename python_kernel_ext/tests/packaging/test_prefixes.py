# SPDX-License-Identifier: BSD-3-Clause
"""Kernels that do not read our start-up file: what they say, and what mends it.

In: an environment with system packages, whose user packages lie in a folder of their own, first
without and then with the kernel wheel there. Out: what a real kernel of it answers.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.timeout(10 * 60)  # an environment and a build, on a slow network

KERNEL_HALF = Path(__file__).resolve().parents[2]
# Runs in the environment: sends each cell, prints what came back as JSON.
SEND = """
import json, sys
from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="python3")
answers = []
for code, expressions in json.loads(sys.argv[1]):
    outputs = []
    reply = client.execute_interactive(code, user_expressions=expressions, timeout=60,
                                       output_hook=outputs.append)["content"]
    shown = [o["content"]["data"] for o in outputs if o["msg_type"] == "display_data"]
    answers.append([reply.get("evalue", ""), [list(data) for data in shown],
                    reply.get("user_expressions", {})])
client.stop_channels()
manager.shutdown_kernel(now=True)
print(json.dumps(answers))
"""
CELL = "%%specialize\nfor i in range(50):\n    i + 1\n"
ASK = "__import__('ipyspecialize.ipython', fromlist=['*']).bundle_for('cell')"
MIME = "application/vnd.jupyterlab-specialize.v1+json"


class Place:
    """An environment with system packages and its folder of user packages."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder / "env", with_pip=True, system_site_packages=True)
        programs = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
        self._python = programs / "python"
        self._env = {
            **os.environ,
            "PYTHONUSERBASE": str(folder / "user"),
            "IPYTHONDIR": str(folder / "ipython"),
            "JUPYTER_PREFER_ENV_PATH": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }
        self.run("-m", "pip", "install", "-q", "ipykernel>=6.29", "ipython>=8.12")

    def run(self, *arguments: str) -> str:
        """Return what the interpreter prints; its whole output is the message when it fails."""
        done = subprocess.run(  # noqa: S603 - commands of this file
            [str(self._python), *arguments],
            env=self._env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert 0 == done.returncode, done.stdout + done.stderr
        return done.stdout

    def send(self, *cells: tuple[str, dict[str, str]]) -> list[tuple[str, list[list[str]], Any]]:
        """Return error, types of the displays, and values of each cell in a new kernel."""
        printed = self.run("-c", SEND, json.dumps(cells))
        return [(error, shown, values) for error, shown, values in json.loads(printed)]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Yield an environment without the kernel half."""
    folder = tmp_path_factory.mktemp("prefixes")
    yield Place(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def installed(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Return the environment with the kernel wheel among its user packages."""
    wheels = tmp_path_factory.mktemp("wheels")
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(wheels)]
    subprocess.run([*build, str(KERNEL_HALF)], check=True)  # noqa: S603 - pip, this tree
    (wheel,) = wheels.glob("*.whl")
    place.run("-m", "pip", "install", "-q", "--user", "--no-deps", str(wheel))
    return place


def test_a_kernel_without_the_package_says_so_by_its_name(place: Place) -> None:
    ((error, _, values),) = place.send(("", {"bundle": ASK}))

    assert ("", "ModuleNotFoundError", "No module named 'ipyspecialize'") == (
        error,
        values["bundle"]["ename"],
        values["bundle"]["evalue"],
    )


def test_user_packages_do_not_start_by_themselves_and_load_by_name(installed: Place) -> None:
    first, _, then = installed.send((CELL, {}), ("%load_ext ipyspecialize", {}), (CELL, {}))

    assert ("Cell magic `%%specialize` not found.", [True]) == (
        first[0],
        [MIME in types for types in then[1]],
    )


def test_the_question_of_the_toolbar_loads_it_for_the_cells_to_come(installed: Place) -> None:
    _, (_, _, values), then = installed.send((CELL, {}), ("", {"bundle": ASK}), (CELL, {}))

    assert ("not-run", [True]) == (
        values["bundle"]["data"][MIME]["error"],
        [MIME in types for types in then[1]],
    )
