// SPDX-License-Identifier: BSD-3-Clause
/*
 * Notebooks that somebody has written to do harm: markup and script in every string, tables that
 * are huge, deep, negative, fractional or point nowhere. The cell stays, nothing of it is markup,
 * the page goes on.
 */
import { expect, test } from '@jupyterlab/galata';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { FILM_MIME, HOSTILE, HOSTILE_FILMS, MIME, SOURCE } from './hostileFiles';
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

/** Open a notebook with one output of each of `bundles`, once errors are noted. */
async function openAll(page: Page, folder: string, bundles: readonly object[]): Promise<void> {
  const outputsOf = (data: object) => [{ output_type: 'display_data', data, metadata: {} }];
  const cells = bundles.map(data => ({ source: SOURCE, outputs: outputsOf(data) }));
  await openNotebook(page, folder, ['0']);
  await watch(page);
  await openNotebook(page, folder, cells, 'hostile.ipynb');
}

/** Bring a cell into view, its cursor at the sum. */
async function goTo(page: Page, cell: number): Promise<void> {
  await page.evaluate(async at => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
    const cell = panel?.content.widgets[at];
    if (panel && cell) {
      panel.content.activeCellIndex = at;
      await panel.content.scrollToItem(at);
      await cell.ready;
      cell.editor?.setCursorPosition({ line: 0, column: 14 });
    }
  }, cell);
}

/** Expect that no cell has another text, nothing ran or was thrown, and nothing is markup. */
async function expectNoHarm(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
    const models = [...(panel?.content.model?.cells ?? [])];
    return {
      sources: [...new Set(models.map(({ sharedModel }) => sharedModel.source))],
      isHacked: 'hacked' in window,
      errors: (window as unknown as { seenErrors: string[] }).seenErrors
    };
  });
  expect(seen).toEqual({ sources: [SOURCE], isHacked: false, errors: [] });
  const ours = page.locator(
    '.jp-Specialize-legend, .jp-Specialize-card, .jp-Specialize-warmUp, .jp-SpecializePanel'
  );
  await expect(ours.locator('img, script')).toHaveCount(0);
}

test('hostile notebooks change no cell, run nothing, and throw nothing', async ({
  page,
  tmpPath
}) => {
  const bundles = Object.values(HOSTILE).map(data => ({ [MIME]: data }));
  await openAll(page, tmpPath, bundles);
  await expect(legends(page).first()).toBeVisible();
  await command(page, 'specialize:show-panel');

  // Each cell comes into view, is painted, is asked for its card at its sum, and is listed.
  for (const index of bundles.keys()) {
    await goTo(page, index);
    await command(page, 'specialize:show-details');
  }

  await expect(page.locator('.jp-Specialize-review [role=treeitem]').first()).toBeVisible();
  await expectNoHarm(page);
});

test('hostile films of warm-ups can be walked through, and do no harm either', async ({
  page,
  tmpPath
}) => {
  const bundles = Object.values(HOSTILE_FILMS).map(data => ({ [FILM_MIME]: data }));
  await openAll(page, tmpPath, bundles);
  const said: string[] = [];
  for (const index of bundles.keys()) {
    await goTo(page, index);
    const film = page.locator('.jp-NotebookPanel:visible .jp-Cell').nth(index);
    const shown = film.locator('.jp-Specialize-warmUp');
    await expect(shown).not.toBeEmpty();
    const slider = shown.locator('input');
    if ((await slider.count()) === 1) {
      await slider.press('Home');
      await shown.getByRole('button', { name: 'Next change' }).press('Enter');
      said.push((await slider.getAttribute('aria-valuetext')) ?? '');
    }
  }

  expect(said.length).toBeGreaterThan(2);
  await expectNoHarm(page);
});
