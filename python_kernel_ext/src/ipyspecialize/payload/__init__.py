# SPDX-License-Identifier: BSD-3-Clause
"""The wire format of ``payload/PAYLOAD.md``: findings to a JSON-able dict, and back."""

from __future__ import annotations

from ipyspecialize.payload.read import PayloadError, parse
from ipyspecialize.payload.write import LIMIT, Payload, build, characters, checksum

__all__ = ["LIMIT", "MIME", "Payload", "PayloadError", "build", "characters", "checksum", "parse"]

#: Type of a payload in an output's MIME bundle.
MIME = "application/vnd.jupyterlab-specialize.v1+json"
