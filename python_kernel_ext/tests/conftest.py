# SPDX-License-Identifier: BSD-3-Clause
"""Random examples may take as long as the machine needs: a busy one fails no test."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
