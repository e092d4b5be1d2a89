# SPDX-License-Identifier: BSD-3-Clause
"""Both wheels, built from a bare tree, work beside JupyterLab without the checkout.

In: a copy of the tracked and new files, without anything installed or built. Out: two wheels in an
empty environment, looked at with Jupyter's own tools and through a real kernel. Takes minutes and
needs the package registries.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from email.message import Message

pytestmark = pytest.mark.timeout(15 * 60)  # two environments and one build, on a slow network

ROOT = Path(__file__).resolve().parents[3]
NOT_SOURCES = (
    ".*_cache",
    ".cache",
    ".git",
    ".hypothesis",
    ".venv*",
    "__pycache__",
    "build",
    "coverage",
    "dist",
    "labextension",
    "lib",
    "node_modules",
    "test-results",
)
MIME = "application/vnd.jupyterlab-specialize.v1+json"
# Runs in the empty environment: a kernel of that environment, asked as a front end would.
ASK_KERNEL = """
import json
from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="python3")
outputs = []
cell = "%%specialize\\ntotal = 0.0\\nfor i in range(500):\\n    total = total + 1.5\\n"
client.execute_interactive(cell, timeout=60, output_hook=outputs.append)
client.execute_interactive("import ipyspecialize; print(ipyspecialize.__file__)",
                           timeout=60, output_hook=outputs.append)
client.stop_channels()
manager.shutdown_kernel(now=True)
contents = [(output["msg_type"], output["content"]) for output in outputs]
print(json.dumps({
    "bundles": [content["data"] for kind, content in contents if kind == "display_data"],
    "errors": [content["evalue"] for kind, content in contents if kind == "error"],
    "place": "".join(content["text"] for kind, content in contents if kind == "stream"),
}))
"""


def run(*command: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """Return what *command* prints; its whole output is the message when it fails."""
    done = subprocess.run(  # noqa: S603 - commands of this file
        command,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield a copy of the sources in which both wheels were built, into wheels/."""
    tree = tmp_path_factory.mktemp("bare") / "tree"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*NOT_SOURCES))
    pip = (sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--wheel-dir", "wheels")
    run(*pip, ".", "./python_kernel_ext", cwd=tree, env={"npm_config_prefer_offline": "true"})
    yield tree
    shutil.rmtree(tree)


@pytest.fixture(scope="module")
def wheels(bare: Path) -> dict[str, Path]:
    """Return both wheels, by project name."""
    return {wheel.name.split("-")[0]: wheel for wheel in (bare / "wheels").glob("*.whl")}


@pytest.fixture(scope="module")
def away(wheels: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield the programs of an environment with JupyterLab, the two wheels and nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (programs / "python", "-m", "pip", "install", "-q")
    run(*pip, "jupyterlab>=4.2,<5", *wheels.values(), cwd=folder)
    yield programs
    shutil.rmtree(folder)


def metadata(wheel: Path) -> Message:
    """Return the core metadata of *wheel*."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))


def test_the_build_takes_what_the_lock_file_names_and_leaves_it(bare: Path) -> None:
    lock = json.loads((bare / "package-lock.json").read_text(encoding="utf-8"))
    name = "node_modules/@jupyterlab/application"
    installed = json.loads((bare / name / "package.json").read_text(encoding="utf-8"))

    assert lock["packages"][name]["version"] == installed["version"]
    assert lock == json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "title"),
    [("jupyterlab_specialize", "jupyterlab-specialize"), ("ipyspecialize", "ipyspecialize")],
)
def test_the_metadata_of_a_wheel_is_complete(
    wheels: dict[str, Path], name: str, title: str
) -> None:
    found = metadata(wheels[name])

    said = {
        "name": found["Name"].replace("_", "-"),
        "licence": found["License-Expression"],
        "python": found["Requires-Python"],
        "type": found["Description-Content-Type"],
        "described": bool(found["Summary"]) and len(str(found.get_payload())) > 500,
        "licence file": found["License-File"],
        "urls": found.get_all("Project-URL"),
    }

    assert {
        "name": title,
        "licence": "BSD-3-Clause",
        "python": ">=3.11",
        "type": "text/markdown",
        "described": True,
        "licence file": "LICENSE",
        "urls": None,
    } == said


def test_the_lab_wheel_brings_the_kernel_wheel(wheels: dict[str, Path]) -> None:
    needed = metadata(wheels["jupyterlab_specialize"]).get_all("Requires-Dist") or []

    assert ["ipyspecialize~=0.1.0"] == needed


def test_the_lab_wheel_holds_the_built_extension_and_no_sources(wheels: dict[str, Path]) -> None:
    with zipfile.ZipFile(wheels["jupyterlab_specialize"]) as archive:
        names = archive.namelist()

    assert [] == [name for name in names if name.endswith((".ts", ".map.ts")) or "/src/" in name]
    shared = "share/jupyter/labextensions/jupyterlab-specialize/"
    assert {"package.json", "install.json", "static/style.js"} <= {
        name.partition(shared)[2] for name in names
    }


def test_the_scripts_are_small_and_the_lessons_lie_beside_them(wheels: dict[str, Path]) -> None:
    with zipfile.ZipFile(wheels["jupyterlab_specialize"]) as archive:
        files = [entry for entry in archive.infolist() if "/static/" in entry.filename]
    lessons = {Path(entry.filename).name for entry in files if entry.filename.endswith(".ipynb")}
    sources = (ROOT / "notebooks").glob("*.ipynb")

    assert sorted(path.stem for path in sources) == sorted(
        name.partition(".")[0] for name in lessons
    )
    assert 200_000 > sum(entry.file_size for entry in files if entry.filename.endswith(".js"))


def test_jupyterlab_lists_the_extension_as_enabled_and_ok(away: Path) -> None:
    listed = run(
        away / "python", "-m", "jupyter", "labextension", "list", cwd=away, env={"NO_COLOR": "1"}
    )

    line = next(line for line in listed.splitlines() if "jupyterlab-specialize" in line)
    assert ("enabled", "OK", False) == (
        "enabled" if "enabled" in line else line,
        "OK" if "OK" in line else line,
        "X" in line,
    )


def test_a_kernel_of_the_empty_environment_has_the_magic_at_once(away: Path) -> None:
    home = {"IPYTHONDIR": str(away / "ipython"), "JUPYTER_PREFER_ENV_PATH": "1"}
    printed = run(away / "python", "-c", ASK_KERNEL, cwd=away, env=home)

    answer = json.loads(printed.splitlines()[-1])

    assert [] == answer["errors"]
    assert [True] == [MIME in bundle and "text/html" in bundle for bundle in answer["bundles"]]
    assert str(away.parent) in answer["place"]
