# SPDX-License-Identifier: BSD-3-Clause
"""Environments for the versions that the suites must hold on, each made once and kept.

In: which versions. Out: the programs of an environment that holds them, with this checkout's
halves in it. They lie in the user's cache folder, so that a fresh clone finds them made.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from console import ROOT, output, step
from prepare import BUILT, requirements, version_of
from stamps import Stamp, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator

KERNEL_HALF = ROOT / "python_kernel_ext"
_BUILD_TOOLS = ("hatchling>=1.27", "editables>=0.5")
_MEND = "remove {} and run the command again"


class Environment(NamedTuple):
    """What one environment holds.

    name:      For people: ``CPython 3.12, IPython 8.37, ipykernel 6.29``.
    python:    Major and minor; None: the version of the interpreter that runs this.
    packages:  What pip is to install besides the tools of the tests.
    """

    name: str
    python: tuple[int, int] | None
    packages: tuple[str, ...]


def _kernel(python: tuple[int, int], ipython: str, ipykernel: str) -> Environment:
    name = f"CPython {python[0]}.{python[1]}, IPython {ipython}, ipykernel {ipykernel}"
    return Environment(name, python, (f"ipython=={ipython}.*", f"ipykernel=={ipykernel}.*"))


#: The oldest and newest that are promised, and what lies between.
KERNELS = (
    _kernel((3, 11), "9", "7"),
    _kernel((3, 11), "8.12", "6.29"),
    _kernel((3, 12), "9", "7"),
    _kernel((3, 12), "8.37", "6.29"),
    _kernel((3, 13), "9", "7"),
)

#: Servers of the smoke tests; the newest JupyterLab is .venv's.
SERVERS = {
    "JupyterLab 4.2": ("lab", Environment("JupyterLab 4.2", None, ("jupyterlab==4.2.*",))),
    "JupyterLab 4.4": ("lab", Environment("JupyterLab 4.4", None, ("jupyterlab==4.4.*",))),
    "Notebook 7.2": ("notebook", Environment("Notebook 7.2", None, ("notebook==7.2.*",))),
    "Notebook 7.6": ("notebook", Environment("Notebook 7.6", None, ("notebook==7.6.*",))),
}


def make(environment: Environment, *groups: str) -> Path | None:
    """Return the folder of *environment*'s programs; None if no interpreter is to be had.

    groups:  Lists of `[dependency-groups]` in pyproject.toml that it shall hold, too.
    """
    python = find_python(environment.python or sys.version_info[:2])
    if python is None:
        return None
    wanted = [*environment.packages, *requirements(groups), *_BUILD_TOOLS]
    digest = digest_of([], *wanted, output([python, "-VV"]) or "")
    folder = _cache() / f"{_slug(environment.name)}-{digest[:12]}"
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    inside = str(programs / ("python.exe" if os.name == "nt" else "python"))
    made = Stamp(folder / ".specialize-made", digest)
    if not made.is_fresh():
        step(
            f"Making an environment with {environment.name} (kept for later runs)",
            [python, "-m", "venv", "--clear", str(folder)],
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


def find_python(version: tuple[int, int]) -> str | None:
    """Return an interpreter of *version*: named, running this, on the path, or of pyenv."""
    candidates = (path for path in _interpreters(version) if path and version_of(path) == version)
    return next(candidates, None)


def _interpreters(version: tuple[int, int]) -> Iterator[str | None]:
    yield from os.environ.get("SPECIALIZE_PYTHONS", "").split(os.pathsep)
    if sys.version_info[:2] == version:
        yield sys.executable
    name = f"{version[0]}.{version[1]}"
    yield shutil.which(f"python{name}")
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = pyenv.glob(f"versions/{name}.*/bin/python{name}")
    yield from map(str, sorted(found, key=_patch, reverse=True))


def _patch(python: Path) -> int:
    """Return the patch number in ``versions/3.12.10/bin/python3.12``; 0 for a pre-release."""
    patch = python.parts[-3].rpartition(".")[2]
    return int(patch) if patch.isdigit() else 0


def _cache() -> Path:
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(named or Path.home() / ".cache") / "specialize" / "environments"


def _slug(name: str) -> str:
    return "-".join(name.lower().replace(",", "").split())
