# SPDX-License-Identifier: BSD-3-Clause
"""The server of the browser tests: no token, its own root folder, the app open to the tests."""

from jupyterlab.galata import configure_jupyter_server

configure_jupyter_server(c)  # noqa: F821 - Jupyter's configuration object
c.LabApp.news_url = None  # noqa: F821 - no news toast over the cells
c.JupyterNotebookApp.expose_app_in_browser = True  # noqa: F821 - Notebook 7
