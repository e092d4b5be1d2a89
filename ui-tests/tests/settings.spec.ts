// SPDX-License-Identifier: BSD-3-Clause
/* What the settings do to open notebooks, and what becomes of values that make no sense. */
import { expect, test } from '@jupyterlab/galata';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { ECHO, command, expectMarks, legends, marksOf, openNotebook, run, set } from './notebook';
import type { Page } from './notebook';

const ADD = 'def add(a, b):\n    return a + b\nfor i in range(50): add(1, 2)';
const FAIL = 'def less(a, b):\n    return a - b\nfor i in range(50): less({1}, {2})';

const paintedStates = async (page: Page, cell: number): Promise<string[]> => [
  ...new Set((await marksOf(page, cell)).map(({ state }) => state))
];

test('chosen states are painted alone, and lines have a sign with words when asked for', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, [`%%specialize\n${ADD}\n${FAIL}`, 'plain = 1']);
  await run(page, 0);
  await expectMarks(page, 0);
  const before = (await paintedStates(page, 0)).sort();

  await set(page, 'states', ['failed']);
  await expect.poll(() => paintedStates(page, 0)).toEqual(['failed']);
  await set(page, 'gutter', true);
  const signs = page.locator('.jp-NotebookPanel:visible .jp-Specialize-gutter span');

  await expect(signs).toHaveText(['×']);
  await expect(signs.first()).toHaveAttribute('title', 'failed');
  await expect(page.locator('.jp-NotebookPanel:visible .cm-gutters')).toHaveCount(1);
  expect(before).toEqual(['failed', 'specialized']);
});

test.describe('every cell', () => {
  // Galata stands between the page and the kernels, and takes a restart for a start.
  test.use({ kernels: null, sessions: null });

  test('is coloured when the setting asks for it, after a restart too, until it is taken back', async ({
    page,
    tmpPath
  }) => {
    await openNotebook(page, tmpPath, [ADD, '%unload_ext ipyspecialize', 'x = 1']);
    await set(page, 'annotateAll', true);
    await run(page, 0);
    await expectMarks(page, 0);

    await page.evaluate(async () => {
      const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
      await panel?.sessionContext.restartKernel();
    });
    await run(page, 0);
    await expect(legends(page)).toHaveText(/specialized.*run \[1\]/);
    await set(page, 'annotateAll', false);
    await run(page, 0);

    await expect(legends(page)).toHaveCount(0);
    expect(await marksOf(page, 0)).toEqual([]);
  });

  test('is coloured again after the kernel has died and come back by itself', async ({
    page,
    tmpPath
  }) => {
    await openNotebook(page, tmpPath, [ADD, 'import os\nos.kill(os.getpid(), 9)']);
    await set(page, 'annotateAll', true);
    await run(page, 0);
    await expectMarks(page, 0);

    await run(page, 1);
    await page.locator('.jp-Dialog').getByRole('button', { name: 'Ok' }).click();
    await expect(legends(page)).toContainText('ended');
    await run(page, 0);

    await expect(legends(page)).toHaveText(/specialized.*run \[1\]/);
    await expect(legends(page)).not.toContainText('ended');
  });

  test('is left alone by a kernel of another language, and the command says why', async ({
    page,
    tmpPath
  }) => {
    await openNotebook(page, tmpPath, ['words', 'asked'], 'cells.ipynb', ECHO);
    const button = page.locator('jp-button[data-command="specialize:annotate"]:visible');
    await expect(button).toHaveAttribute('title', /code cells of a Python kernel/);
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await set(page, 'annotateAll', true);
    await run(page, 0);
    await command(page, 'specialize:annotate-all');
    await expect(page.locator('.jp-Dialog')).toContainText('runs echo. Specialization is a matter');
    await page.keyboard.press('Escape');
    await run(page, 1);

    expect(await page.notebook.getCellTextOutput(1)).toEqual(["['words']"]);
    await expect(legends(page)).toHaveCount(0);
  });

  test('is left alone by a kernel without the package', async ({ page, tmpPath }) => {
    const hide =
      'import sys\n%unload_ext ipyspecialize\nsys.modules["ipyspecialize.ipython"] = None';
    await openNotebook(page, tmpPath, [hide, `${ADD}\nprint("ran")`]);
    await run(page, 0);
    await set(page, 'annotateAll', true);
    await run(page, 1);

    expect(await page.notebook.getCellTextOutput(1)).toEqual(['ran\n']);
    await expect(page.locator('.jp-Dialog, .Toastify__toast')).toHaveCount(0);
  });
});

test('nonsense of an overrides file costs that setting alone, and the editor takes none', async ({
  page
}) => {
  // What is saved below passes galata by, and is there in the next run.
  const own = 'lab/api/settings/jupyterlab-specialize:state';
  expect((await page.request.put(own, { data: { raw: '{}' } })).ok()).toBe(true);
  // As jupyterlab_server puts an overrides file into the schema: unchecked.
  await page.route(/\/api\/settings/, async route => {
    const response = await route.fetch();
    const text = await response.text();
    const asked = text
      .replace(/("title": "Colours".*?"default": )"auto"/s, '$1"sepia"')
      .replace(/("title": "Palette".*?"default": )"green"/s, '$1"blue"');
    await route.fulfill({ response, body: asked });
  });
  await page.reload();
  await page.locator('.jp-Launcher').waitFor();
  await command(page, 'settingeditor:open', { query: 'Specialization' });

  const editor = page.locator('.jp-SettingsPanel');
  await expect(editor).toContainText('ask for "sepia", which is not possible');
  await expect(page.locator('body')).toHaveAttribute('data-jp-specialize-palette', 'blue');

  await command(page, 'settingeditor:open-json', { query: 'Specialization' });
  await page.locator('.jp-PluginList:visible').getByText('Specialization', { exact: true }).click();
  const user = page.locator('.jp-SettingsRawEditor-user .cm-content');
  await user.fill('{ "mode": "sepia" }');
  await expect(page.locator('.jp-SettingsRawEditor')).toContainText(/must (be|match)/);
  await user.fill('{ "palette": "green" }');
  await command(page, 'settingeditor:save');
  await expect(page.locator('body')).toHaveAttribute('data-jp-specialize-palette', 'green');
});
