// SPDX-License-Identifier: BSD-3-Clause
/*
 * What must hold in every JupyterLab and Notebook: the overlay, the legend, an update after a
 * reload, the button, the panel, the tour. Without galata, whose helpers are for one version.
 */
import { expect, test } from '@playwright/test';
import { command, expectMarks, labelOf, legends, run, statesOf } from './notebook';
import type { AnyPage } from './notebook';
import type { Page } from '@playwright/test';

const ADD = 'def add(a, b):\n    return a + b\nadd(1, 2)';
const CELLS = [`%%specialize\n${ADD}`, 'for i in range(99): add(1, 2)', 'add([], [])\n'.repeat(99)];
/** A line of a stack in one of our files. */
const OURS = /extensions\/jupyterlab-specialize\//;
const APP = process.env.SPECIALIZE_APP ?? 'lab';

async function open(page: AnyPage, name: string): Promise<void> {
  await page.goto(APP === 'lab' ? `lab/tree/${name}` : `notebooks/${name}`);
  await page.locator('.jp-NotebookPanel .jp-CodeCell .cm-content').first().waitFor();
  await page.waitForFunction(
    () => {
      const panel = window.jupyterapp.shell.currentWidget as Partial<IPanel> | null;
      return panel?.sessionContext?.session?.kernel?.status === 'idle';
    },
    undefined,
    { timeout: 60_000 }
  );
}

interface IPanel {
  sessionContext: { session: { kernel: { status: string } | null } | null };
}

test('a cell is coloured, followed after a reload, coloured by the button, listed; the tour opens', async ({
  page,
  request
}) => {
  const errors: string[] = [];
  // Notebook 7.6 has one of its own at each start.
  page.on('pageerror', ({ stack = '' }) => errors.push(...(OURS.test(stack) ? [stack] : [])));
  const name = `smoke-${Date.now()}.ipynb`;
  const cells = CELLS.map((source, index) => ({
    cell_type: 'code',
    id: `cell-${index}`,
    metadata: {},
    outputs: [],
    execution_count: null,
    source
  }));
  const kernelspec = { name: 'python3', display_name: 'Python 3', language: 'python' };
  const content = { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  const made = await request.put(`api/contents/${name}`, {
    data: { type: 'notebook', format: 'json', content }
  });
  expect(made.ok()).toBe(true);

  await open(page, name);
  await run(page, 0);
  await expect(legends(page)).toHaveText(/run \[1\]/);
  await run(page, 1);
  await expect.poll(() => statesOf(page, 0, ['a + b'])).toEqual(['specialized']);
  await expect(legends(page)).toHaveText(/changed by run \[2\]/);

  await command(page, 'docmanager:save');
  await expect
    .poll(async () => {
      const saved = await request.get(`api/contents/${name}?content=1`);
      return /"changed_by": ?2/.test(await saved.text());
    })
    .toBe(true);
  await page.reload();
  await open(page, name);
  await expectMarks(page, 0);
  const before = await labelOf(page, 0);
  await run(page, 2);
  await expect
    .poll(async () => (await labelOf(page, 0))?.revision ?? 0)
    .toBeGreaterThan(before?.revision ?? 0);

  await command(page, 'specialize:annotate'); // the cell that ran last
  await expect(legends(page)).toHaveCount(2);

  await openPanel(page);
  const panel = page.locator('.jp-SpecializePanel');
  await expect(panel.getByRole('tree').first()).toBeFocused();
  const first = panel.locator('.jp-Specialize-review').getByRole('treeitem').first();
  await expect(first).toHaveAccessibleName(/^\[\d\] (def add|add)/);
  await page.screenshot({
    path: `test-results/pictures/smoke-${APP}-${await versionOf(page)}.png`
  });
  await page.keyboard.press('Escape');
  await expect(page.locator('.jp-Notebook :focus, .jp-Notebook:focus')).toHaveCount(1);

  const opened = openedAt(page, 'specialization-tour/01-fahrenheit.ipynb');
  await command(page, 'specialize:open-tour', { cwd: '' });
  await expect((await opened).locator('.jp-NotebookPanel h1').first()).toBeVisible();
  expect(errors).toEqual([]);
});

/** Open the side panel as a person would who knows no key: through the menu. */
async function openPanel(page: Page): Promise<void> {
  const item = (label: string) =>
    page.locator('.lm-MenuBar-item, .lm-Menu-item').getByText(label, { exact: true });
  await item('View').click();
  await item('Specialization').hover();
  await item('Bytecode and Review').click();
}

/** The page that shows a notebook: Notebook 7 opens each in a tab of its own. */
async function openedAt(page: Page, path: string): Promise<Page> {
  if (APP === 'lab') {
    return page;
  }
  const opened = await page.context().waitForEvent('page');
  await opened.waitForURL(`**/notebooks/${path}*`);
  return opened;
}

const versionOf = (page: Page): Promise<string> => page.evaluate(() => window.jupyterapp.version);
