// SPDX-License-Identifier: BSD-3-Clause
/* Damaged notebooks, and kernels that answer late, twice, never or with rubbish. */
import { expect, test } from '@jupyterlab/galata';
import type { NotebookPanel } from '@jupyterlab/notebook';
import {
  command,
  labelOf,
  legends,
  openNotebook,
  oursIn,
  reload,
  run,
  setText,
  statesOf
} from './notebook';
import type { Page } from './notebook';

const PLAIN = 'def add(a, b):\n    return a + b\nfor i in range(50): add(1, 2)';
const MAGIC = `%%specialize\n${PLAIN}`;
/** Replaces what answers the toolbar's question. */
const answering = (body: string): string =>
  `import time, ipyspecialize.ipython as ours\ninner = ours.bundle_for\n` +
  `def answer(cell_id):\n    ${body}\nours.bundle_for = answer`;
const RUBBISH =
  "return ours.Bundle({'application/vnd.jupyterlab-specialize.v1+json': {'version': 1, " +
  "'spans': 7}, 'application/javascript': 'window.hacked = true'})";

async function press(page: Page, cell: number) {
  await page.evaluate(index => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
    if (panel) {
      panel.content.activeCellIndex = index;
    }
  }, cell);
  await command(page, 'specialize:annotate');
}

const dialog = (page: Page) => page.locator('.jp-Dialog');
const pending = (page: Page) => page.locator('.jp-Specialize-pending');

test('two cells that share an id show each its own colours', async ({ page, tmpPath }) => {
  const other = MAGIC.replaceAll('add', 'plus').replace('a + b', 'a - b').replace('50', '3');
  const shared = (source: string) => ({ source, id: 'shared' });
  await openNotebook(page, tmpPath, [shared(MAGIC), shared(other), 'plus(2.5, 1.5)\n'.repeat(90)]);
  await run(page, 0);
  const first = await labelOf(page, 0);
  await run(page, 1);
  expect(await labelOf(page, 0)).toEqual(first);
  await run(page, 2);

  await expect.poll(() => statesOf(page, 1, ['a - b'])).toEqual(['specialized']);
  expect([await labelOf(page, 0), await statesOf(page, 0, ['a + b'])]).toEqual([
    first,
    ['specialized']
  ]);
});

test('an id that is none is refused with the way out, and nothing runs', async ({
  page,
  tmpPath
}) => {
  const id = "');__import__('builtins').hacked=1#";
  await openNotebook(page, tmpPath, [
    { source: PLAIN, id },
    "print('hacked' in dir(__builtins__))"
  ]);
  await run(page, 0);
  await press(page, 0);

  await expect(dialog(page)).toContainText('copy the cell');
  await dialog(page).getByRole('button', { name: 'Ok' }).click();
  await run(page, 1);
  await expect(page.locator('.jp-OutputArea-output').last()).toHaveText('False');
});

test('a kernel that answers rubbish is told of, and leaves nothing', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, [PLAIN, answering(RUBBISH)]);
  await run(page, 0);
  await run(page, 1);
  await press(page, 0);

  await expect(dialog(page)).toContainText('damaged');
  expect([await oursIn(page, 0), await page.evaluate(() => 'hacked' in window)]).toEqual([
    0,
    false
  ]);
});

test('a kernel that answers late is asked once, and a run meanwhile wins', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, [PLAIN, answering('time.sleep(2)\n    return inner(cell_id)')]);
  await run(page, 0);
  await run(page, 1);
  await press(page, 0);
  await press(page, 0);
  await expect(pending(page)).toHaveCount(1);
  await setText(page, 0, MAGIC);
  await run(page, 0);

  await expect(pending(page)).toHaveCount(0);
  await expect(legends(page)).toHaveText(/run \[3\]/);
  expect([await oursIn(page, 0), await statesOf(page, 0, ['a + b'])]).toEqual([1, ['specialized']]);
});

test('a kernel that answers twice is shown once', async ({ page, tmpPath }) => {
  let doubled = 0;
  await page.routeWebSocket(/\/api\/kernels\/[^/]+\/channels/, socket => {
    const server = socket.connectToServer();
    server.onMessage(message => {
      socket.send(message);
      if (message.includes('"execute_reply"')) {
        doubled++;
        socket.send(message);
      }
    });
  });
  await page.reload(); // sockets are routed in pages that are loaded from here on
  await openNotebook(page, tmpPath, [PLAIN, MAGIC.replaceAll('add', 'plus')]);
  await run(page, 0);
  await press(page, 0);
  await expect(legends(page)).toHaveCount(1);
  await run(page, 1);
  await expect(legends(page)).toHaveCount(2);

  expect(doubled).toBeGreaterThan(2);
  expect([await oursIn(page, 0), await oursIn(page, 1)]).toEqual([1, 1]);
  await expect(dialog(page)).toHaveCount(0);
});

test('a kernel that has not loaded the magic is helped, and told of', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, ['%unload_ext ipyspecialize', MAGIC]);
  await run(page, 0);
  await run(page, 1).catch(() => undefined);
  await expect(page.locator('.Toastify__toast')).toContainText('It is loaded now: run the cell');

  await run(page, 1);
  await expect(legends(page)).toHaveText(/run \[3\]/);
});

test.describe('a real restart', () => {
  // Galata stands between the page and the kernels, and takes a restart for a start.
  test.use({ kernels: null });

  test('a kernel that never answers can be restarted, and the notebook goes on', async ({
    page,
    tmpPath
  }) => {
    await openNotebook(page, tmpPath, [PLAIN, answering('time.sleep(3600)')]);
    await run(page, 0);
    await run(page, 1);
    await press(page, 0);
    await expect(pending(page)).toHaveCount(1);

    await page.evaluate(async () => {
      const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
      await panel?.sessionContext.session?.kernel?.restart();
    });

    await expect(pending(page)).toHaveCount(0);
    await expect(dialog(page)).toHaveCount(0);
    await run(page, 0);
    await press(page, 0);
    await expect(legends(page)).toHaveText(/1 of 1|specialized/);
  });
});

test('updates that come twice, out of order or from nowhere change nothing', async ({
  page,
  tmpPath
}) => {
  const again =
    'import copy\npublisher = get_ipython().display_pub\nsent = []\n' +
    'get_ipython()._ipyspecialize._publish = lambda **m: (sent.append(copy.deepcopy(m)), ' +
    'publisher.publish(**m))';
  const replay =
    'for message in [*sent, sent[0], sent[-1]]:\n' +
    '    publisher.publish(**{**message, "update": True})\n' +
    'lost = copy.deepcopy(sent[-1])\n' +
    'payload = next(d for k, d in lost["data"].items() if k.startswith("application/"))\n' +
    'payload["id"], payload["revision"] = "specialize:nobody", 10**6\n' +
    'publisher.publish(**{**lost, "transient": {"display_id": "none"}, "update": True})';
  const later = 'for i in range(20): add(1.5, 2.5)';
  await openNotebook(page, tmpPath, [again, MAGIC, later, replay]);
  for (const cell of [0, 1, 2]) {
    await run(page, cell);
  }
  await expect.poll(() => statesOf(page, 1, ['a + b'])).toEqual(['missing']);
  const before = await labelOf(page, 1);
  // Without JupyterLab's own memory of displays, as after a reload.
  await page.notebook.save();
  await reload(page);
  await expect(legends(page)).toHaveCount(1);
  await run(page, 3);

  expect([await labelOf(page, 1), await oursIn(page, 1)]).toEqual([before, 1]);
});
