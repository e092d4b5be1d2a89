// SPDX-License-Identifier: BSD-3-Clause
import { expect, test } from '@jupyterlab/galata';

test('JupyterLab loads the extension', async ({ page }) => {
  await page.notebook.createNew();

  const isThere = await page.evaluate(() =>
    window.jupyterapp.commands.hasCommand('specialize:annotate')
  );

  expect(isThere).toBe(true);
});
