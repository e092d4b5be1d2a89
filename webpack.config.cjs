// SPDX-License-Identifier: BSD-3-Clause
/**
 * What the extension's bundle needs beside JupyterLab's own rules: notebooks are files of their
 * own, fetched when the tour is asked for. An import gives the address.
 */
module.exports = {
  module: {
    rules: [
      {
        test: /\.ipynb$/,
        type: 'asset/resource',
        generator: { filename: '[name].[contenthash:16][ext]' }
      }
    ]
  }
};
