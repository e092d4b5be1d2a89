# SPDX-License-Identifier: BSD-3-Clause
"""Environments for the versions that the suites must hold on, each made once and kept.

In: which versions. Out: the programs of an environment that holds them, with this checkout's
halves in it. They lie in the user's cache folder, so that a fresh clone finds them made.
"""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

from console import ROOT, output, step
from interpreters import cache_folder, find_python, find_pythons, release_of
from prepare import BUILT, PYTHON, requirements
from stamps import Stamp, digest_of

if TYPE_CHECKING:
    from pathlib import Path

    from interpreters import Version

#: What is promised, oldest first.
VERSIONS: tuple[Version, ...] = ((3, 11), (3, 12), (3, 13), (3, 14), (3, 15))

KERNEL_HALF = ROOT / "python_kernel_ext"
_BUILD_TOOLS = ("hatchling>=1.27", "editables>=0.5")
_MEND = "remove {} and run the command again"


class Environment(NamedTuple):
    """What one environment holds.

    name:      For people: ``CPython 3.12, IPython 8.37, ipykernel 6.29``.
    python:    Major and minor, or the interpreter itself; None: the one that runs this.
    packages:  What pip is to install besides the tools of the tests.
    """

    name: str
    python: Version | str | None
    packages: tuple[str, ...]


def _kernel(python: Version, ipython: str, ipykernel: str) -> Environment:
    name = f"CPython {python[0]}.{python[1]}, IPython {ipython}, ipykernel {ipykernel}"
    return Environment(name, python, (f"ipython=={ipython}.*", f"ipykernel=={ipykernel}.*"))


#: The oldest and newest that are promised, and what lies between.
KERNELS = (
    _kernel((3, 11), "9", "7"),
    _kernel((3, 11), "8.12", "6.29"),
    _kernel((3, 12), "9", "7"),
    _kernel((3, 12), "8.37", "6.29"),
    _kernel((3, 13), "9", "7"),
    _kernel((3, 14), "9", "7"),
    _kernel((3, 15), "9", "7"),
)


def releases() -> list[Environment]:
    """Return an environment without packages for each supported release that is to be had."""
    found = [python for version in VERSIONS for python in find_pythons(version)]
    return [Environment(f"CPython {release_of(python)}", python, ()) for python in found]


#: Servers of the smoke tests; None stands for .venv, which has the newest JupyterLab.
SERVERS: dict[str, tuple[str, Environment | None]] = {
    "JupyterLab of .venv": ("lab", None),
    "JupyterLab 4.2": ("lab", Environment("JupyterLab 4.2", None, ("jupyterlab==4.2.*",))),
    "JupyterLab 4.4": ("lab", Environment("JupyterLab 4.4", None, ("jupyterlab==4.4.*",))),
    "Notebook 7.2": ("notebook", Environment("Notebook 7.2", None, ("notebook==7.2.*",))),
    "Notebook 7.6": ("notebook", Environment("Notebook 7.6", None, ("notebook==7.6.*",))),
}


def make(environment: Environment, *groups: str) -> Path | None:
    """Return the folder of *environment*'s programs; None if no interpreter is to be had.

    groups:  Lists of `[dependency-groups]` in pyproject.toml that it shall hold, too.
    """
    asked = environment.python or sys.version_info[:2]
    python = asked if isinstance(asked, str) else find_python(asked)
    if python is None:
        return None
    wanted = [*environment.packages, *requirements(groups), *_BUILD_TOOLS]
    digest = digest_of([], *wanted, output([python, "-VV"]) or "")
    folder = cache_folder() / "environments" / f"{_slug(environment.name)}-{digest[:12]}"
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    inside = str(programs / ("python.exe" if os.name == "nt" else "python"))
    made = Stamp(folder / ".specialize-made", digest)
    if not made.is_fresh():
        step(
            f"Making an environment with {environment.name} (kept for later runs)",
            [str(PYTHON), "-m", "virtualenv", "-q", "--clear", "-p", python, str(folder)],
            mend=_MEND.format(folder),
        )
        install = [inside, "-m", "pip", "install", "-q", *wanted]
        step(f"Installing {environment.name}", install, mend=_MEND.format(folder))
        made.write()
    _put_halves_in(folder, inside)
    return programs


def _put_halves_in(folder: Path, python: str) -> None:
    """Install the kernel half editable, and link the built Lab half."""
    inputs = [KERNEL_HALF / "pyproject.toml", KERNEL_HALF / "etc"]
    stamp = Stamp(folder / ".specialize-halves", digest_of(inputs))
    if not stamp.is_fresh():
        half = ["--no-deps", "--no-build-isolation", "-e", str(KERNEL_HALF)]
        step(
            "Putting the kernel half in",
            [python, "-m", "pip", "install", "-q", *half],
            mend=_MEND.format(folder),
        )
        stamp.write()
    place = folder / "share" / "jupyter" / "labextensions" / "jupyterlab-specialize"
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_symlink():
        place.unlink()
    elif place.exists():
        shutil.rmtree(place)
    try:
        place.symlink_to(BUILT, target_is_directory=True)
    except OSError:  # Windows without the right to link
        shutil.copytree(BUILT, place)


def _slug(name: str) -> str:
    return "-".join(name.lower().replace(",", "").split())
