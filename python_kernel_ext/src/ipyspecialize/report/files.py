# SPDX-License-Identifier: BSD-3-Clause
"""Code objects of one source file in, its reading out.

A reading is of the code that ran, never of a fresh copy; the text comes from the disk, and what
does not fit it has no place in it.
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from importlib.util import decode_source
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ipyspecialize.describe import Known, describe
from ipyspecialize.reading import Unit
from ipyspecialize.reading.columns import FileSource
from ipyspecialize.records import Caution, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import CodeType

    from ipyspecialize.describe import Reading
    from ipyspecialize.records import Site


class Look(NamedTuple):
    """How readings are asked for.

    palette, mode:  As in `Label`.
    assume:         Version whose rules are to be taken; None: the running one's.
    """

    palette: str | None = None
    mode: str | None = None
    assume: tuple[int, int] | None = None


class Share(NamedTuple):
    """How many sites have the form they could have.

    specialized:  Sites in state ``specialized``.
    failed:       Sites in state ``failed``.
    """

    specialized: int
    failed: int

    @property
    def percent(self) -> float | None:
        """Specialized of both, 0 to 100; None if there are none."""
        both = self.specialized + self.failed
        return 100 * self.specialized / both if both else None


def share(sites: Iterable[Site]) -> Share:
    """Return the share of *sites*."""
    states = Counter(site.state for site in sites)
    return Share(states["specialized"], states["failed"])


def text_of(path: Path | str) -> str | Caution:
    """Return the text of a source file, or why it cannot be had."""
    try:
        text = decode_source(_bytes_of(Path(path)))
    except OSError as error:
        why = error.strerror or str(error)
    except (SyntaxError, UnicodeError) as error:  # its coding line, or not what that says
        why = str(error)
    else:
        if "\0" not in text:
            return text
        why = "it is no text"
    return Caution(
        "source-missing",
        f"The source of {path} could not be read ({why}), so its sites have no place in it. "
        "Restore the file and run the program again.",
    )


def _bytes_of(path: Path) -> bytes:
    """Return what is in a file, which may lie in a ZIP file."""
    try:
        return path.read_bytes()
    except NotADirectoryError:
        from zipimport import ZipImportError, zipimporter  # noqa: PLC0415 - rarely

        for folder in path.parents:
            with suppress(ZipImportError):
                return zipimporter(str(folder)).get_data(str(path))
        raise


def read_file(
    codes: Sequence[CodeType], text: str | Caution, look: Look, cautions: Sequence[Caution] = ()
) -> Reading:
    """Return the reading of the outermost *codes* of one file.

    text:      Of the file as it is now, or the reason why there is none.
    cautions:  What else limits the picture.
    """
    source = None if isinstance(text, Caution) else FileSource(text)
    name = os.urandom(8).hex()
    label = Label(f"specialize:{name}", name, mode=look.mode, palette=look.palette)  # type: ignore[arg-type]
    return describe(
        [Unit(code, source, doubted=True) for code in codes],
        None if source is None else source.text,
        label,
        Known([*cautions, *([text] if isinstance(text, Caution) else [])], assume=look.assume),
    )
