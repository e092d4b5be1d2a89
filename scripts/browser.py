# SPDX-License-Identifier: BSD-3-Clause
"""Find a Chromium for the browser tests, or install one.

In: the machine. Out: the path of a browser that starts, remembered in .cache/. The order:
$CHROMIUM_PATH, an installed one, Debian's package (as root), Playwright's own, the one that the
npm package @sparticuz/chromium ships.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from console import ROOT, StopError, output, say, step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REMEMBERED = ROOT / ".cache" / "browser"
SPARTICUZ = ROOT / ".cache" / "sparticuz"

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
_PATH_IN_PLAYWRIGHT = "process.stdout.write(require('@playwright/test').chromium.executablePath())"
_PATH_IN_SPARTICUZ = (
    "import('@sparticuz/chromium').then(m => m.default.executablePath()).then(console.log)"
)


def find_browser(ui_tests: Path) -> str:
    """Return the path of a Chromium that starts; `StopError` when none is to be had.

    ui_tests:  The folder whose node_modules hold Playwright.
    """
    if named := os.environ.get("CHROMIUM_PATH"):
        if _starts(named):
            return named
        message = (
            f"CHROMIUM_PATH={named} does not start: correct it, "
            "or `unset CHROMIUM_PATH` to have a browser looked for."
        )
        raise StopError(message)
    if REMEMBERED.is_file() and _starts(known := REMEMBERED.read_text(encoding="utf-8")):
        return known
    for path in _candidates(ui_tests):
        if _starts(path):
            REMEMBERED.parent.mkdir(exist_ok=True)
            REMEMBERED.write_text(path, encoding="utf-8")
            return path
    message = (
        "No Chromium is to be had for the browser tests: install one "
        "(`sudo apt install chromium`, `brew install --cask chromium`) "
        "or name it with `CHROMIUM_PATH=/path/to/chromium npm test`."
    )
    raise StopError(message)


def _candidates(ui_tests: Path) -> Iterator[str]:
    yield from _installed()
    for install in (_from_debian, _from_playwright, _from_npm):
        yield from _attempt(install, ui_tests)


def _installed() -> Iterator[str]:
    yield from filter(None, map(shutil.which, _NAMES))
    yield from (place for place in _PLACES if Path(place).is_file())


def _attempt(install: Callable[[Path], Iterator[str]], ui_tests: Path) -> Iterator[str]:
    try:
        yield from install(ui_tests)
    except StopError as stop:
        say(f"  {stop}\n  Trying the next way to a browser.")


def _from_debian(_ui_tests: Path) -> Iterator[str]:
    if not shutil.which("apt-get") or getattr(os, "geteuid", lambda: 1)() != 0:
        return
    mend = "install chromium by hand"
    step("Reading Debian's list of packages", ["apt-get", "-qq", "update"], mend=mend)
    step(
        "Installing Debian's chromium for the browser tests (a minute or two)",
        ["apt-get", "-qq", "-y", "install", "chromium"],
        mend=mend,
        extra={"DEBIAN_FRONTEND": "noninteractive"},
    )
    yield from _installed()


def _from_playwright(ui_tests: Path) -> Iterator[str]:
    step(
        "Downloading Playwright's chromium for the browser tests",
        ["npx", "playwright", "install", "chromium"],
        cwd=ui_tests,
        mend="install a chromium by hand",
    )
    yield output(["node", "-e", _PATH_IN_PLAYWRIGHT], cwd=ui_tests) or ""


def _from_npm(_ui_tests: Path) -> Iterator[str]:
    SPARTICUZ.mkdir(parents=True, exist_ok=True)
    step(
        "Installing the chromium of @sparticuz/chromium for the browser tests",
        [
            "npm",
            "install",
            "--prefix",
            str(SPARTICUZ),
            "@sparticuz/chromium@138",
        ],
        mend="install a chromium by hand",
    )
    yield output(["node", "-e", _PATH_IN_SPARTICUZ], cwd=SPARTICUZ) or ""


def _starts(path: str) -> bool:
    """Tell whether *path* is a browser with all its libraries."""
    return bool(path) and output([path, "--headless", "--no-sandbox", "--version"]) is not None
