# SPDX-License-Identifier: BSD-3-Clause
"""Three ways to a `Reading`: of a cell's code, of live objects, of what was saved.

Nothing here changes what it reads, and nothing but `load` opens a file.
"""

from __future__ import annotations

from ipyspecialize.describe.flow import Known, Reading, describe
from ipyspecialize.describe.live import inspect
from ipyspecialize.describe.saved import load

__all__ = ["Known", "Reading", "describe", "inspect", "load"]
