# SPDX-License-Identifier: BSD-3-Clause
"""The wire format of ``payload/PAYLOAD.md``: findings to a JSON-able dict, and back."""

from __future__ import annotations

from ipyspecialize.payload.read import PayloadError, parse
from ipyspecialize.payload.warmup import build_warm_up
from ipyspecialize.payload.write import (
    LIMIT,
    MOST_ASKED,
    Payload,
    build,
    checksum,
)

__all__ = [
    "LIMIT",
    "MIME",
    "MOST_ASKED",
    "WARM_UP_MIME",
    "Payload",
    "PayloadError",
    "build",
    "build_warm_up",
    "checksum",
    "parse",
]

#: Type of a payload in an output's MIME bundle.
MIME = "application/vnd.jupyterlab-specialize.v1+json"

#: Type of a warm-up.
WARM_UP_MIME = "application/vnd.jupyterlab-specialize.warm-up.v1+json"
