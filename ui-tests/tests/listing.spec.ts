// SPDX-License-Identifier: BSD-3-Clause
/* The list of source files below a cell: a file opens in place, or as a page of its own. */
import { expect, test } from '@jupyterlab/galata';
import { openNotebook, run } from './notebook';

const SPAM = 'def add(a, b):\n    return a + b\n';
const WARM = 'import spam\nfor i in range(99): spam.add(i, 1)';

test('a file opens below the cell, and as a page beside the notebook', async ({
  page,
  tmpPath
}) => {
  await page.contents.uploadContent(SPAM, 'text', `${tmpPath}/spam.py`);
  await openNotebook(page, tmpPath, [
    `%%specialize -t 'spam.py'\n${WARM}`,
    "%specialize -t 'spam.py' -o pages"
  ]);
  await run(page, 0);
  const listed = page.locator('.jp-OutputArea-output details');
  await listed.locator('summary').click();
  await expect(listed.locator('pre')).toContainText('return a + b');

  await run(page, 1);
  await page.locator('.jp-OutputArea-output a', { hasText: 'spam.py' }).click();
  const opened = page.locator('.jp-HTMLViewer iframe').first();
  await expect(opened).toBeVisible();
  await expect(opened.contentFrame().locator('pre').first()).toContainText('return');
});
