// SPDX-License-Identifier: BSD-3-Clause
/*
 * Notebooks that somebody has written to do harm: markup and script in every string, tables that
 * are huge, deep, negative, fractional or point nowhere. The cell stays, nothing of it is markup,
 * the page goes on.
 */
import { expect, test } from '@jupyterlab/galata';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { HOSTILE, MIME, SOURCE } from './hostileFiles';
import { command, legends, openNotebook } from './notebook';
import type { Page } from './notebook';

/** Note errors from now on. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const errors: string[] = [];
    Object.assign(window, { seenErrors: errors });
    window.addEventListener('error', ({ message }) => errors.push(message));
    window.addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));
  });
}

test('hostile notebooks change no cell, run nothing, and throw nothing', async ({
  page,
  tmpPath
}) => {
  const cells = Object.values(HOSTILE).map(data => ({
    source: SOURCE,
    outputs: [{ output_type: 'display_data', data: { [MIME]: data }, metadata: {} }]
  }));
  await openNotebook(page, tmpPath, ['0']);
  await watch(page);
  await openNotebook(page, tmpPath, cells, 'hostile.ipynb');
  await expect(legends(page).first()).toBeVisible();

  // Each cell comes into view, is painted, and is asked for its card at its sum.
  for (const index of cells.keys()) {
    await page.evaluate(async at => {
      const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
      const cell = panel?.content.widgets[at];
      if (panel && cell) {
        panel.content.activeCellIndex = at;
        await panel.content.scrollToItem(at);
        await cell.ready;
        cell.editor?.setCursorPosition({ line: 0, column: 14 });
      }
    }, index);
    await command(page, 'specialize:show-details');
  }

  const sources = await page.evaluate(() => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
    return [...(panel?.content.model?.cells ?? [])].map(({ sharedModel }) => sharedModel.source);
  });
  const { hacked, errors } = await page.evaluate(() => ({
    hacked: 'hacked' in window,
    errors: (window as unknown as { seenErrors: string[] }).seenErrors
  }));
  expect(sources).toEqual(cells.map(() => SOURCE));
  expect([hacked, errors]).toEqual([false, []]);
  const ours = page.locator('.jp-Specialize-legend, .jp-Specialize-card');
  await expect(ours.locator('img, script')).toHaveCount(0);
});
