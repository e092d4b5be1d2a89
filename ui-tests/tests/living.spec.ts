// SPDX-License-Identifier: BSD-3-Clause
/* Everything a notebook does to a cell, each followed by an update from a later cell. */
import { expect, galata, test } from '@jupyterlab/galata';
import type { ConsolePanel } from '@jupyterlab/console';
import type { NotebookPanel } from '@jupyterlab/notebook';
import {
  command,
  labelOf,
  legends,
  marksOf,
  openNotebook,
  openPath,
  oursIn,
  reload,
  run,
  setText,
  statesOf
} from './notebook';
import type { Page } from './notebook';

/** A cell that runs its function once, so that later cells change it. */
const ADD = '%%specialize\ndef add(a, b):\n    return a + b\nadd(1, 2)';
/** Later cells, each of which changes what is painted, in this order. */
const LATER = [
  'for i in range(99): add(1, 2)',
  'for i in range(20): add(1.5, 2.5)',
  'for i in range(2000): add([], [])'
];
const STATES = ['specialized', 'missing', 'deoptimized'];

/** Run later cell `step`; expect that cell `cell` shows a newer revision, painted accordingly. */
async function expectUpdate(page: Page, step: number, { cell = 0, first = 1 } = {}) {
  const before = await labelOf(page, cell);
  await run(page, first + step);
  await expect
    .poll(async () => (await labelOf(page, cell))?.revision ?? 0)
    .toBeGreaterThan(before?.revision ?? 0);
  const after = await labelOf(page, cell);
  expect(after?.session).toBe(before?.session);
  expect(after?.changedBy).toBe(await countOf(page, first + step));
  await expect.poll(() => statesOf(page, cell, ['a + b'])).toEqual([STATES[step] ?? '']);
}

async function countOf(page: Page, cell: number): Promise<number | null> {
  return page.evaluate(index => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
    const model = panel?.content.model?.cells.get(index);
    return model && 'executionCount' in model ? (model.executionCount as number) : null;
  }, cell);
}

async function openAdd(page: Page, folder: string, more: readonly (string | object)[] = []) {
  await openNotebook(page, folder, [ADD, ...LATER, ...more]);
  await run(page, 0);
  await expect(legends(page)).toHaveCount(1);
}

async function select(page: Page, cell: number) {
  await page.evaluate(index => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
    if (panel) {
      panel.content.activeCellIndex = index;
      panel.content.mode = 'command';
    }
  }, cell);
}

const isFaded = (page: Page, cell: number) =>
  page
    .locator('.jp-NotebookPanel:visible .jp-CodeCell')
    .nth(cell)
    .locator('.cm-editor.jp-Specialize-stale')
    .count();

test('a later cell changes the colours, and the legend says which run it was', async ({
  page,
  tmpPath
}) => {
  await openAdd(page, tmpPath);
  await expectUpdate(page, 0);
  await expect(legends(page)).toHaveText(/run \[1\]changed by run \[2\]/);
  await expectUpdate(page, 1);
  await expectUpdate(page, 2);
  expect(await oursIn(page, 0)).toBe(1);
});

test('the page is loaded again', async ({ page, tmpPath }) => {
  await openAdd(page, tmpPath);
  await expectUpdate(page, 0);
  await page.notebook.save();
  await reload(page);
  await expectUpdate(page, 1);
});

test('the notebook is closed and opened again', async ({ page, tmpPath }) => {
  await openAdd(page, tmpPath);
  await page.notebook.save();
  await page.notebook.close(false);
  await openPath(page, `${tmpPath}/cells.ipynb`);
  await expectUpdate(page, 0);
});

test('the cell is moved', async ({ page, tmpPath }) => {
  await openAdd(page, tmpPath);
  await select(page, 0);
  await command(page, 'notebook:move-cell-down');
  await expect.poll(() => oursIn(page, 1)).toBe(1);
  await select(page, 0); // now the first later cell
  const before = await labelOf(page, 1);
  await run(page, 0);
  await expect
    .poll(async () => (await labelOf(page, 1))?.revision ?? 0)
    .toBeGreaterThan(before?.revision ?? 0);
  expect(await statesOf(page, 1, ['a + b'])).toEqual(['specialized']);
});

test('the cell is split, and the split is undone', async ({ page, tmpPath }) => {
  await openAdd(page, tmpPath);
  await expectUpdate(page, 0);
  await page.notebook.enterCellEditingMode(0);
  await page.evaluate(() => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
    panel?.content.activeCell?.editor?.setCursorPosition({ line: 2, column: 0 });
  });
  await command(page, 'notebook:split-cell-at-cursor');
  await expect.poll(() => page.notebook.getCellCount()).toBe(5);
  await select(page, 0);
  await command(page, 'notebook:undo-cell-action');
  await expect.poll(() => page.notebook.getCellCount()).toBe(4);
  await expectUpdate(page, 1);
});

test('the cell is merged with the next, and the merge is undone', async ({ page, tmpPath }) => {
  await openAdd(page, tmpPath);
  await expectUpdate(page, 0);
  await select(page, 0);
  await command(page, 'notebook:merge-cell-below');
  await expect.poll(() => page.notebook.getCellCount()).toBe(3);
  await command(page, 'notebook:undo-cell-action');
  await expect.poll(() => page.notebook.getCellCount()).toBe(4);
  await expectUpdate(page, 1);
});

test('the cell is duplicated: both copies follow, neither gets a second output', async ({
  page,
  tmpPath
}) => {
  await openAdd(page, tmpPath);
  await select(page, 0);
  await command(page, 'notebook:duplicate-below');
  await expect.poll(() => page.notebook.getCellCount()).toBe(5);
  await expectUpdate(page, 0, { first: 2 });
  await expectUpdate(page, 1, { cell: 1, first: 2 });
  expect(await Promise.all([oursIn(page, 0), oursIn(page, 1)])).toEqual([1, 1]);
});

test('the cell is deleted, and the deletion is undone', async ({ page, tmpPath }) => {
  await openAdd(page, tmpPath);
  await select(page, 0);
  await command(page, 'notebook:delete-cell');
  await expect.poll(() => page.notebook.getCellCount()).toBe(3);
  await command(page, 'notebook:undo-cell-action');
  await expect.poll(() => page.notebook.getCellCount()).toBe(4);
  await expectUpdate(page, 0);
});

test('an update for a cell that is gone changes nothing', async ({ page, tmpPath }) => {
  await openAdd(page, tmpPath);
  await select(page, 0);
  await command(page, 'notebook:delete-cell');
  await expect.poll(() => page.notebook.getCellCount()).toBe(3);
  await run(page, 0);
  await expect(legends(page)).toHaveCount(0);
});

test('the cell becomes text and code again, and is coloured when it runs', async ({
  page,
  tmpPath
}) => {
  await openAdd(page, tmpPath);
  await select(page, 0);
  await command(page, 'notebook:change-cell-to-markdown');
  await expect(legends(page)).toHaveCount(0);
  await command(page, 'notebook:change-cell-to-code');
  await run(page, 1);
  expect(await oursIn(page, 0)).toBe(0);

  await run(page, 0);
  await expect(legends(page)).toHaveCount(1);
  await expectUpdate(page, 0);
});

test('the whole text is replaced, and put back', async ({ page, tmpPath }) => {
  await openAdd(page, tmpPath);
  await expectUpdate(page, 0);
  await setText(page, 0, 'print("something else")');
  expect(await isFaded(page, 0)).toBe(1);
  const edited = page.locator('.jp-Specialize-legendEdited');
  await expect(edited).toBeVisible();
  await setText(page, 0, ADD);
  await expect(edited).toBeHidden();
  await expect.poll(() => isFaded(page, 0)).toBe(0);
  await expectUpdate(page, 1);
});

test('outputs that were cleared stay cleared, until the cell runs again', async ({
  page,
  tmpPath
}) => {
  await openAdd(page, tmpPath);
  await select(page, 0);
  await command(page, 'notebook:clear-cell-output');
  await expect(legends(page)).toHaveCount(0);
  await run(page, 1);
  expect([await oursIn(page, 0), await marksOf(page, 0)]).toEqual([0, []]);

  await run(page, 0);
  await expectUpdate(page, 0);
});

test('collapsed outputs are kept up to date', async ({ page, tmpPath }) => {
  await openAdd(page, tmpPath);
  await select(page, 0);
  await command(page, 'notebook:hide-cell-outputs');
  await expect(legends(page)).toBeHidden();
  await expectUpdate(page, 0);
  await select(page, 0);
  await command(page, 'notebook:show-cell-outputs');
  await expect(legends(page)).toHaveText(/changed by run \[2\]/);
});

test('two views of the notebook show the same', async ({ page, tmpPath }) => {
  await openAdd(page, tmpPath);
  await command(page, 'docmanager:clone');
  await expect(page.locator('.jp-NotebookPanel')).toHaveCount(2);
  await expectUpdate(page, 0);
  await expect(
    page.locator('.jp-NotebookPanel .jp-Specialize-legend', { hasText: 'changed by run [2]' })
  ).toHaveCount(2);
  expect(await oursIn(page, 0)).toBe(1);
});

test.describe('real kernels and sessions', () => {
  // Galata stands between the page and these, and takes a restart for a start.
  test.use({ kernels: null, sessions: null });

  test('a console linked to the kernel changes the colours', async ({ page, tmpPath }) => {
    await openAdd(page, tmpPath);
    const before = await labelOf(page, 0);
    await page.evaluate(async code => {
      const app = window.jupyterapp;
      const notebook = app.shell.currentWidget?.id ?? '';
      const created: unknown = await app.commands.execute('notebook:create-console');
      const { console: linked, sessionContext } = created as ConsolePanel;
      await sessionContext.ready;
      await linked.inject(code ?? '');
      app.shell.activateById(notebook);
    }, LATER[0]);
    await expect
      .poll(async () => (await labelOf(page, 0))?.revision ?? 0, { timeout: 20_000 })
      .toBeGreaterThan(before?.revision ?? 0);
    expect(await statesOf(page, 0, ['a + b'])).toEqual(['specialized']);
  });

  test('after a restart the colours fade and stay, and follow again after a run', async ({
    page,
    tmpPath
  }) => {
    await openAdd(page, tmpPath);
    await expectUpdate(page, 0);
    await page.evaluate(async () => {
      const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
      await panel?.sessionContext.session?.kernel?.restart();
    });
    await expect.poll(() => isFaded(page, 0)).toBe(1);
    await expect(legends(page)).toHaveText(/its kernel has ended/);
    expect(await statesOf(page, 0, ['a + b'])).toEqual(['specialized']);

    await run(page, 0);
    await expect.poll(() => isFaded(page, 0)).toBe(0);
    await expect(legends(page)).not.toHaveText(/its kernel has ended/);
    await expectUpdate(page, 0);
  });
});

test('after a change of kernel the colours fade and stay', async ({ page, tmpPath }) => {
  await openAdd(page, tmpPath);
  await page.evaluate(async () => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
    await panel?.sessionContext.changeKernel({ name: 'python3' });
  });
  await expect.poll(() => isFaded(page, 0)).toBe(1);
  await run(page, 0);
  await expect.poll(() => isFaded(page, 0)).toBe(0);
  await expectUpdate(page, 0);
});

test('an untrusted notebook shows its colours, and follows', async ({ page, tmpPath }) => {
  await openAdd(page, tmpPath);
  await page.notebook.save();
  const saved = await page.evaluate(() => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
    return JSON.stringify(panel?.content.model?.toJSON());
  });
  const script = '<img src=x onerror="window.hacked = true">';
  const cells = (JSON.parse(saved) as { cells: { outputs: object[]; id: string }[] }).cells;
  cells[0]?.outputs.push({
    output_type: 'display_data',
    data: { 'text/html': script },
    metadata: {}
  });
  await openNotebook(page, tmpPath, cells, 'from-elsewhere.ipynb');
  await expect(legends(page)).toHaveCount(1);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);

  await run(page, 0);
  await expectUpdate(page, 0);
});

test('a read-only notebook shows its colours, and follows', async ({ page, tmpPath }) => {
  await openAdd(page, tmpPath);
  await expectUpdate(page, 0);
  await page.notebook.save();
  await page.notebook.close();
  // As a server answers for a file that this user may not write.
  await page.route(/\/api\/contents\/.*cells\.ipynb/, async route => {
    const response = await route.fetch();
    const text = await response.text();
    await route.fulfill({ response, body: text.replace(/"writable": ?true/, '"writable": false') });
  });
  await openPath(page, `${tmpPath}/cells.ipynb`);
  const isReadOnly = await page.evaluate(() => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
    return panel?.context.contentsModel?.writable === false;
  });
  expect([isReadOnly, await statesOf(page, 0, ['a + b'])]).toEqual([true, ['specialized']]);

  await run(page, 0);
  await expectUpdate(page, 0);
});

test('a cell that calls the functions of another names them, and one click colours it', async ({
  page,
  tmpPath
}) => {
  const calling = `%%specialize\n${LATER[0]}`;
  await openNotebook(page, tmpPath, [ADD.replace('%%specialize\n', ''), calling]);
  await run(page, 0);
  await run(page, 1);
  await expect(legends(page)).toHaveText(/add in \[1\] changed: annotate/);

  await page.getByRole('button', { name: 'annotate' }).click();

  await expect(legends(page)).toHaveCount(2);
  expect(await statesOf(page, 0, ['a + b'])).toEqual(['specialized']);
});

const TRACKER = '@jupyterlab/notebook-extension:tracker';

for (const windowingMode of ['full', 'contentVisibility', 'defer', 'none']) {
  test.describe(`200 cells, windowing mode ${windowingMode}`, () => {
    test.use({
      mockSettings: {
        ...galata.DEFAULT_SETTINGS,
        [TRACKER]: { ...(galata.DEFAULT_SETTINGS[TRACKER] as object), windowingMode }
      }
    });

    test('a cell far out of sight follows', async ({ page, tmpPath }) => {
      const filler = Array.from({ length: 196 }, (_, n) => `filler = ${n}`);
      await openNotebook(page, tmpPath, [ADD, ...filler, ...LATER]);
      await run(page, 0);
      await expect(legends(page)).toHaveCount(1);
      const before = await labelOf(page, 0);

      await run(page, 197);
      await expect
        .poll(async () => (await labelOf(page, 0))?.revision ?? 0)
        .toBeGreaterThan(before?.revision ?? 0);

      await page.evaluate(async () => {
        const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
        await panel?.content.scrollToItem(0, 'start');
      });
      await expect(legends(page)).toHaveText(/changed by run \[2\]/);
      await expect.poll(() => statesOf(page, 0, ['a + b'])).toEqual(['specialized']);
    });
  });
}
