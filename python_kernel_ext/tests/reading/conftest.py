# SPDX-License-Identifier: BSD-3-Clause
"""Which files hold for the running interpreter: the others are not collected at all."""

from __future__ import annotations

import sys

collect_ignore = (
    ["test_states_since_3_12.py"] if sys.version_info < (3, 12) else ["test_states_3_11.py"]
)
