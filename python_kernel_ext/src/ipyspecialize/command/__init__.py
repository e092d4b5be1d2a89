# SPDX-License-Identifier: BSD-3-Clause
"""The command `specialize`: run a program as Python would, then show what was made of it.

The program's own outcome stands: its exception, its exit status, what it prints. Only a share
below ``--fail-under``, or a report that cannot be written, makes a failure of a success.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

from ipyspecialize.command.options import parse
from ipyspecialize.command.program import hide_our_frames
from ipyspecialize.command.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(words: Sequence[str] | None = None) -> NoReturn:
    """Run the command with *words*, by default those of the process, and end the process."""
    session = Session(parse(sys.argv[1:] if words is None else words))
    try:
        session.run()
    except SystemExit as end:
        status = session.report()
        if end.code is None or (isinstance(end.code, int) and not end.code):
            raise SystemExit(status) from None
        raise
    except BaseException:
        session.report()
        hide_our_frames()
        raise
    raise SystemExit(session.report())
