# SPDX-License-Identifier: BSD-3-Clause
"""Where the prebuilt JupyterLab extension lies; there is no Python code in this half."""

from __future__ import annotations


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jupyterlab-specialize"}]
