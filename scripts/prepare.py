# SPDX-License-Identifier: BSD-3-Clause
"""Make everything the two commands need: node_modules, the built extension, .venv with both halves.

In: the lock file, the sources, the two pyproject files. Out: the same, installed. Each step is
skipped while its inputs are unchanged.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tomllib
from typing import TYPE_CHECKING

from console import ROOT, StopError, output, say, step
from stamps import Stamp, digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
UI_TESTS = ROOT / "ui-tests"
BUILT = ROOT / "jupyterlab_specialize" / "labextension"
OLDEST = (3, 11)
NEWEST_READ = (3, 15)  # up to here every state is read, above only names


def prepare(*groups: str) -> None:
    """Bring the checkout up to date.

    groups:  Which lists of `[dependency-groups]` in pyproject.toml .venv shall hold.
    """
    npm_install(ROOT)
    build()
    _make_venv()
    _fill_venv(groups)


def npm_install(folder: Path) -> None:
    """Install what the lock file of *folder* names."""
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    wanted = json.dumps([package.get("dependencies"), package.get("devDependencies")])
    node = output(["node", "--version"]) or ""
    digest = digest_of([folder / "package-lock.json"], wanted, node.partition(".")[0])
    stamp = Stamp(folder / "node_modules" / ".specialize-stamp", digest)
    if stamp.is_fresh():
        return
    # Not `npm ci`: it deletes what is there and takes half a minute each time. `--no-save` leaves
    # the lock file alone.
    where = "" if folder == ROOT else f" of {folder.name}"
    step(
        f"Installing the JavaScript packages{where} (the first time takes about a minute)",
        ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=folder,
        mend="run `npm ci` to begin with empty packages, then the command again",
    )
    stamp.write()


def build() -> None:
    """Compile the sources and bundle the extension."""
    rules = ("package.json", "package-lock.json", "tsconfig.json", "webpack.config.cjs")
    names = ("src", "style", "schema", *rules)
    # The lessons are built in; their sources stand for them, since a run changes a notebook.
    inputs = [*(ROOT / name for name in names), *ROOT.glob("notebooks/*.py")]
    stamp = Stamp(ROOT / "lib" / ".specialize-stamp", digest_of(inputs))
    if stamp.is_fresh() and (BUILT / "package.json").is_file():
        return
    step(
        "Building the extension",
        ["npm", "run", "--silent", "build"],
        mend="mend the sources named there",
    )
    stamp.write()


def _make_venv() -> None:
    """Make .venv, or keep the one that stands there if it serves; a broken one is made anew."""
    version = version_of(PYTHON)
    if version is not None and version >= OLDEST:
        asked = os.environ.get("PYTHON")
        if asked and version_of(asked) != version:
            message = (
                f"PYTHON={asked} is not the version of .venv, which is {_dotted(version)}: "
                "remove .venv (`rm -r .venv`) and run the command again."
            )
            raise StopError(message)
    else:
        version = sys.version_info[:2]
        if importlib.util.find_spec("ensurepip") is None:
            message = (
                f"Python {_dotted(version)} has no ensurepip, so .venv cannot be made: "
                f"`apt install python{_dotted(version)}-venv` mends that."
            )
            raise StopError(message)
        step(
            f"Making .venv with Python {_dotted(version)}",
            [sys.executable, "-m", "venv", "--clear", str(VENV)],
            mend="remove .venv (`rm -r .venv`) and run the command again",
        )
    if version > NEWEST_READ:
        newest = _dotted(NEWEST_READ)
        say(
            f"Note: .venv has Python {_dotted(version)}, but colours need {newest} or older: "
            f"`rm -r .venv`, then `PYTHON=python{newest} npm start`."
        )


def _fill_venv(groups: Sequence[str]) -> None:
    """Install JupyterLab, tools and both halves into .venv and register the extension."""
    half = ROOT / "python_kernel_ext"
    # An editable install copies etc/ and the version, so a change there needs a new one.
    inputs = [ROOT / "pyproject.toml", ROOT / "install.json", half / "pyproject.toml", half / "etc"]
    stamps = {
        group: Stamp(
            VENV / f".specialize-stamp-{group}",
            digest_of(inputs, _package_version(), output([str(PYTHON), "-VV"]) or ""),
        )
        for group in groups
    }
    if all(stamp.is_fresh() for stamp in stamps.values()) and _is_registered():
        return
    if output([str(PYTHON), "-m", "pip", "--version"]) is None:
        step(
            "Adding pip to .venv",
            [str(PYTHON), "-m", "ensurepip"],
            mend="remove .venv and run the command again",
        )
    # Installed through the link below, and refused as a second one when the package is built again.
    (BUILT / "install.json").unlink(missing_ok=True)
    step(
        f"Installing {_title(groups)} and both halves into .venv (a minute, the first time)",
        [
            str(PYTHON),
            "-m",
            "pip",
            "install",
            "-q",
            *requirements(groups),
            "-e",
            str(half),
            "-e",
            str(ROOT),
        ],
        mend="see pip's message above; `rm -r .venv` begins anew",
        # The extension is built already: the editable install's hook need not do it again.
        extra={"HATCH_JUPYTER_BUILDER_SKIP_NPM": "1"},
    )
    step(
        "Registering the extension with JupyterLab",
        [str(PROGRAMS / "jupyter-builder"), "develop", "--overwrite", str(ROOT)],
        mend="run `npm run build`, then the command again",
    )
    for stamp in stamps.values():
        stamp.write()


def _is_registered() -> bool:
    return (
        VENV / "share" / "jupyter" / "labextensions" / "jupyterlab-specialize" / "package.json"
    ).is_file()


def requirements(groups: Sequence[str]) -> list[str]:
    """Return what the lists *groups* of `[dependency-groups]` name, other lists included."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
        "dependency-groups"
    ]
    found: list[str] = []
    for group in groups:
        for entry in listed[group]:
            is_group = isinstance(entry, dict)
            found += requirements([entry["include-group"]]) if is_group else [entry]
    return found


def _title(groups: Sequence[str]) -> str:
    return "JupyterLab, the test tools" if "test" in groups else "JupyterLab"


def _package_version() -> str:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    return json.dumps([package["name"], package["version"]])


def version_of(python: Path | str) -> tuple[int, ...] | None:
    """Return major and minor of the interpreter *python*; None when it does not run."""
    printed = output([str(python), "-c", "import sys; print(*sys.version_info[:2])"])
    return None if printed is None else tuple(map(int, printed.split()))


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
