// SPDX-License-Identifier: BSD-3-Clause
/** What the extension's bundle needs beside JupyterLab's own rules: notebooks are JSON. */
module.exports = { module: { rules: [{ test: /\.ipynb$/, type: 'json' }] } };
