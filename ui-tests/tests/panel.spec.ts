// SPDX-License-Identifier: BSD-3-Clause
/* The side panel and the ways through failing code, in a real JupyterLab. */
import { expect, test } from '@jupyterlab/galata';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { EditorView } from '@codemirror/view';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { command, expectMarks, openNotebook, oursIn, run } from './notebook';
import type { Page } from './notebook';

const PICTURES = resolve('test-results', 'pictures');
/** `SPECIALIZE_PICTURES=1` renews the README's picture; the others are only compared by eye. */
const README_PICTURES =
  process.env.SPECIALIZE_PICTURES === '1' ? resolve('..', 'docs', 'pictures') : PICTURES;

/** One function that keeps its types, one that does not. */
const MIXED = [
  '%%specialize',
  'def steady(a, b):',
  '    return a * b',
  'def mixed(a):',
  '    return [a, 1.5][0] + steady(a, 2)',
  'for i in range(60):',
  '    mixed(i)',
  '    mixed(i + 0.5)',
  '    mixed("a")'
].join('\n');
/** Too large for its instructions to be saved along. */
const LARGE = [
  '%%specialize',
  ...Array.from({ length: 20 }, (_, n) => `def f${n}(a, b):\n    return a + b * ${n}`),
  'for i in range(99): f1(1, 2)'
].join('\n');
/** What a person might have: a mix of int and float in one cell, two classes in another. */
const WEEK = `%%specialize
def to_celsius(degrees):
    return (degrees - 32) * 5 / 9

def mean(values):
    total = 0.0
    for value in values:
        total = total + value
    return total / len(values)

week = [60.5, 71.0, 68.25, 75.5, 64.0]
for day in range(60):
    mean([to_celsius(degrees) for degrees in week])`;
const SHAPES = `%%specialize
class Square:
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side * self.side

class Sheet(Square):
    sides = 2

def area_of(shapes):
    return sum(shape.area() for shape in shapes)

for n in range(60):
    area_of([Square(n), Sheet(n), Square(n)])`;
const PLAIN = 'def later(a):\n    return a - 1\nfor i in range(50): later(i)';

const side = (page: Page) => page.locator('.jp-SpecializePanel');
const bytecode = (page: Page) => side(page).locator('.jp-Specialize-bytecode');
const review = (page: Page) => side(page).locator('.jp-Specialize-review');
const row = (part: ReturnType<typeof bytecode>, words: string | RegExp) =>
  part.getByRole('treeitem', { name: words }).first();

/** A row, once the list has been scrolled to it: rows out of sight are not in the page. */
async function scrolledTo(part: ReturnType<typeof bytecode>, words: RegExp) {
  const list = part.getByRole('tree');
  await expect
    .poll(async () => {
      const found = await row(part, words).count();
      if (found === 0) {
        await list.evaluate(node => {
          const atEnd = node.scrollTop + node.clientHeight >= node.scrollHeight - 1;
          node.scrollTop = atEnd ? 0 : node.scrollTop + node.clientHeight / 2;
        });
      }
      return found;
    })
    .toBeGreaterThan(0);
  return row(part, words);
}

async function open(page: Page, folder: string, cells: readonly (string | object)[], ran: number) {
  await openNotebook(page, folder, cells);
  for (let cell = 0; cell < ran; cell++) {
    await run(page, cell);
  }
  await command(page, 'specialize:show-panel');
  await expect(bytecode(page)).toBeVisible();
}

/** The active cell, what is selected in it, and whether its editor has the focus. */
async function cursor(page: Page): Promise<[cell: number, text: string, hasFocus: boolean]> {
  return page.evaluate(() => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
    const { editor } = panel.content.activeCell?.editor as unknown as { editor: EditorView };
    const { from, to } = editor.state.selection.main;
    return [panel.content.activeCellIndex, editor.state.sliceDoc(from, to), editor.hasFocus];
  });
}

/** Make a cell the active one. */
async function activate(page: Page, cell: number) {
  await page.evaluate(index => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
    panel.content.activeCellIndex = index;
  }, cell);
}

test('instructions and source are linked both ways', async ({ page, tmpPath }) => {
  await open(page, tmpPath, [MIXED], 1);
  await activate(page, 0);
  const editor = page.locator('.jp-NotebookPanel:visible .cm-content').first();

  const multiply = await scrolledTo(bytecode(page), /BINARY_OP_MULTIPLY.*\*|BINARY_OP.*, \*/);
  await multiply.hover();
  await expect(editor.locator('.jp-Specialize-outline')).toHaveText(['a ', '*', ' b'].join(''));

  // In the width that JupyterLab gives a side panel, the form is whole; the rest is in the title.
  expect((await side(page).boundingBox())?.width).toBeLessThan(300);
  const form = multiply.locator('.jp-Specialize-live');
  expect(await form.evaluate(node => node.scrollWidth - node.clientWidth)).toBe(0);
  // A long argument takes not even a fraction of a pixel of it, which would cost it its last letters.
  const lost = await multiply.evaluate(row => {
    const [live] = row.getElementsByClassName('jp-Specialize-live');
    const [argument] = row.getElementsByClassName('jp-Specialize-argument');
    const whole = live!.getBoundingClientRect().width;
    argument!.textContent = 'a'.repeat(200);
    return whole - live!.getBoundingClientRect().width;
  });
  expect(lost).toBe(0);
  await expect(form.locator('..')).toHaveAttribute('title', /^at \d+, BINARY_OP_MULTIPLY/);

  await multiply.click();
  expect(await cursor(page)).toEqual([0, 'a * b', false]);

  await editor.locator('.jp-Specialize-mark', { hasText: '+' }).first().click();
  const marked = bytecode(page).locator('[aria-selected="true"]');
  await expect(marked.first()).toHaveAccessibleName(/\+/);
  await expect(multiply).toHaveAttribute('aria-selected', 'false');
});

test('a large cell is asked of the kernel; what is filtered out is counted', async ({
  page,
  tmpPath
}) => {
  await open(page, tmpPath, [LARGE, 'import time; time.sleep(4)'], 1);
  await activate(page, 0);
  await expect(bytecode(page).getByRole('button', { name: /neutral/ })).toBeVisible();

  await bytecode(page)
    .getByRole('button', { name: /neutral/ })
    .click();
  await expect(bytecode(page).getByRole('button', { name: /^\d+ hidden: show all/ })).toBeVisible();
  await bytecode(page)
    .getByRole('button', { name: /hidden: show all/ })
    .click();
  await expect(bytecode(page).getByRole('button', { name: /hidden/ })).toHaveCount(0);

  // An update is a new payload: its instructions are asked for again, behind what is running.
  await page.evaluate(() => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
    panel.content.widgets[1]?.model.sharedModel.setSource('f2(1, 2); import time; time.sleep(3)');
  });
  await run(page, 1);
  await activate(page, 0);
  await expect(row(bytecode(page), /^f2,/)).toBeVisible();
});

test.describe('a real kernel that restarts', () => {
  test.use({ kernels: null, sessions: null });

  test('a busy kernel is waited for, and one that ended is said', async ({ page, tmpPath }) => {
    await open(page, tmpPath, [LARGE, 'import time; time.sleep(4)'], 1);
    await page.evaluate(() => {
      const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
      panel.content.activeCellIndex = 1;
    });
    await command(page, 'notebook:run-cell');
    await page.waitForFunction(() => {
      const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
      return panel.sessionContext.session?.kernel?.status === 'busy';
    });
    await page.evaluate(() => {
      const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
      const outputs = panel.content.widgets[0]?.model as unknown as {
        outputs: { toJSON(): object[]; fromJSON(all: object[]): void };
      };
      outputs.outputs.fromJSON(outputs.outputs.toJSON());
    });
    await activate(page, 0);
    await expect(bytecode(page)).toContainText('Waiting for the kernel');
    await expect(bytecode(page).getByRole('button', { name: /neutral/ })).toBeVisible();

    await page.evaluate(async () => {
      const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
      await panel.sessionContext.session?.kernel?.restart();
      const outputs = panel.content.widgets[0]?.model as unknown as {
        outputs: { toJSON(): object[]; fromJSON(all: object[]): void };
      };
      outputs.outputs.fromJSON(outputs.outputs.toJSON());
    });
    await expect(bytecode(page)).toContainText('The kernel that ran the cell has ended');
    await expect(row(bytecode(page), /^f1,/)).toBeVisible();

    await page.evaluate(async () => {
      const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
      await panel.sessionContext.shutdown();
    });
    await expect(bytecode(page)).toContainText('Without a kernel nobody knows the others');
  });
});

test('the review lists cells and functions, leads to them, and follows', async ({
  page,
  tmpPath
}) => {
  await open(page, tmpPath, [LARGE, MIXED, PLAIN, 'for i in range(99): f2(i, i)'], 3);
  const first = review(page).getByRole('treeitem').first();
  await expect(first).toHaveAccessibleName(/^\[2\] def steady/);
  // In the width that JupyterLab gives a side panel, many kinds of trouble leave the share its room.
  const beyond = await first.evaluate(node => {
    const [counts] = node.getElementsByClassName('jp-Specialize-trouble');
    const [share] = node.getElementsByClassName('jp-Specialize-share');
    counts!.textContent = '× 210  ~ 30  ○ 20';
    return share!.getBoundingClientRect().right - node.getBoundingClientRect().right;
  });
  expect(beyond).toBeLessThanOrEqual(0);
  await review(page).getByRole('button', { name: 'Notebook Order' }).click();
  await expect(first).toHaveAccessibleName(/^\[1\] def f0/);

  await row(review(page), /^mixed, line 4/).click();
  await expect.poll(async () => (await cursor(page))[0]).toBe(1);
  expect((await cursor(page))[1]).toContain('a');
  expect((await cursor(page))[2]).toBe(false);

  await scrolledTo(review(page), /^f2, line 6, nothing/);
  await run(page, 3);
  await scrolledTo(review(page), /^f2, line 6, 100 %/);

  await review(page).getByRole('button', { name: 'Annotate All Cells That Ran' }).click();
  await expect.poll(() => oursIn(page, 2)).toBe(1);
  await scrolledTo(review(page), /^\[3\] def later/);
  await review(page).getByRole('button', { name: 'Clear All' }).click();
  await expect(review(page)).toContainText('No cell of this notebook shows');
  expect([await oursIn(page, 0), await oursIn(page, 1)]).toEqual([0, 0]);
});

test('F8 goes from failing code to failing code, across cells and around', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, [PLAIN, MIXED, '# words', MIXED]);
  for (const cell of [0, 1, 3]) {
    await run(page, cell);
  }
  await expectMarks(page, 3);
  await activate(page, 0);
  await page.evaluate(() => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
    panel.content.mode = 'command';
    panel.content.activate();
  });
  const cells: number[] = [];
  for (let step = 0; step < 20 && cells.filter(cell => cell === 1).length < 9; step++) {
    await page.keyboard.press('F8');
    await expect(page.locator('.jp-Specialize-card')).toContainText(/fitted|fell back/);
    cells.push((await cursor(page))[0]);
    if (cells.includes(3) && cells.at(-1) === 1) {
      break;
    }
  }
  expect([cells[0], cells.includes(3), cells.at(-1)]).toEqual([1, true, 1]);
  await expect(page.locator('.Toastify')).toContainText('continued at the top');
  expect((await cursor(page))[2]).toBe(true);
  await page.keyboard.press('Shift+F8');
  await expect.poll(async () => (await cursor(page))[0]).toBe(3);
});

test('the keyboard alone: to the panel, through its rows, into the code, and back', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, [MIXED]);
  await run(page, 0);
  await expectMarks(page, 0);
  await activate(page, 0);
  await page.keyboard.press('Alt+Shift+F8');
  const tree = bytecode(page).getByRole('tree');
  await expect(tree).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(row(bytecode(page), /^top level/)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const active = await tree.getAttribute('aria-activedescendant');
  await expect(page.locator(`#${active ?? 'none'}`)).toHaveAccessibleName(/^at 0, /);
  for (let n = 0; n < 3; n++) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await cursor(page))[2]).toBe(true);
  expect((await cursor(page))[1]).not.toBe('');

  // Focus goes from the switches to the list, on to the review, and Escape back to the notebook.
  await page.keyboard.press('Alt+Shift+F8');
  await expect(tree).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(bytecode(page).getByRole('button', { name: /neutral/ })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(bytecode(page).getByRole('button', { name: /neutral/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(bytecode(page).getByRole('button', { name: /hidden: show all/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(tree).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(side(page).locator(':focus')).toHaveText('Notebook Review');
  await page.keyboard.press('Tab');
  await expect(review(page).getByRole('button', { name: 'Failing First' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('.jp-NotebookPanel:visible .jp-Notebook :focus')).toHaveCount(1);
});

test('empty states say what to do, and the panel survives a reload', async ({ page, tmpPath }) => {
  await open(page, tmpPath, ['x = 1', { cell_type: 'markdown', source: 'words' }], 0);
  await activate(page, 0);
  await expect(bytecode(page)).toContainText('has not run yet');
  await activate(page, 1);
  await expect(bytecode(page)).toContainText('Select a code cell');
  await page.evaluate(async () => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
    await panel.sessionContext.shutdown();
  });
  await expect(review(page)).toContainText('has no kernel');
  await page.notebook.close(false);
  await expect(bytecode(page)).toContainText('Open a notebook');

  await page.waitForTimeout(1500); // the layout is saved after a second of rest
  await page.reload({ waitForIsReady: false } as object);
  await expect(bytecode(page)).toBeVisible();
});

for (const [picture, theme, palette] of [
  [`${README_PICTURES}/panel.png`, 'JupyterLab Light', 'green'],
  [`${PICTURES}/panel-dark.png`, 'JupyterLab Dark', 'green'],
  [`${PICTURES}/panel-blue.png`, 'JupyterLab Light', 'blue'],
  [`${PICTURES}/panel-contrast.png`, 'JupyterLab Dark High Contrast', 'green']
] as const) {
  test(`${theme}, ${palette}`, async ({ page, tmpPath }) => {
    mkdirSync(PICTURES, { recursive: true });
    await page.setViewportSize({ width: 1100, height: 720 });
    await open(page, tmpPath, [WEEK, SHAPES], 2);
    await page.sidebar.close('left');
    await page.sidebar.setWidth(400, 'right');
    await page.theme.setTheme(theme);
    await command(page, 'specialize:set-mode', { palette });
    await activate(page, 0);
    await (await scrolledTo(bytecode(page), /BINARY_OP.*, -/)).hover();
    await expect(page.locator('.jp-Specialize-outline').first()).toBeVisible();
    await page.screenshot({ path: picture });
  });
}
