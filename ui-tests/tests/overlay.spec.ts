// SPDX-License-Identifier: BSD-3-Clause
import { expect, test } from '@jupyterlab/galata';
import {
  command,
  expectMarks,
  hueOf,
  legends,
  mark,
  marksOf,
  openNotebook,
  reload,
  run,
  see,
  setText,
  statesOf
} from './notebook';

const mixed = `%%specialize
def to_celsius(degrees):
    above = degrees - 32
    return above * 5 / 9

def to_fahrenheit(degrees):
    return degrees * 9 / 5 + 32

for i in range(50):
    to_fahrenheit(to_celsius(60.5))`;
const floats = mixed
  .replace('- 32', '- 32.0')
  .replace('* 5 / 9', '* 5.0 / 9.0')
  .replace('* 9 / 5 + 32', '* 9.0 / 5.0 + 32.0');
const plain = mixed.replace('%%specialize\n', '');

test('a cell is coloured in its own editor, and turns green after the edit', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, [mixed]);
  await run(page, 0);
  await expectMarks(page, 0);

  expect(await statesOf(page, 0, ['degrees - 32', 'above * 5', '/ 9'])).toEqual([
    'failed',
    'failed',
    ''
  ]);
  expect(hueOf((await see(page, 'degrees - 32')).line)).toBe('red');

  await setText(page, 0, floats);
  await run(page, 0);

  const edited = ['degrees - 32.0', 'above * 5.0', 'degrees * 9.0'];
  await expect
    .poll(() => statesOf(page, 0, edited))
    .toEqual(['specialized', 'specialized', 'specialized']);
  expect(hueOf((await see(page, 'degrees - 32.0')).line)).toBe('green');
});

test('the legend counts the states in words, on one line', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, [mixed]);
  await run(page, 0);

  await expect(legends(page)).toHaveText(
    /2 of 6 sites specialized \(33 %\).*4 failed.*2 specialized.*2 unsupported.*run \[1\]/
  );
  const leftOf = (selector: string): Promise<number> =>
    page
      .locator(`.jp-NotebookPanel:visible ${selector}`)
      .first()
      .evaluate(node => {
        const text = document.createRange();
        text.selectNodeContents(node);
        return Math.round(text.getBoundingClientRect().left);
      });
  expect(await leftOf('.jp-Specialize-legendHead')).toBe(await leftOf('.cm-line'));
});

test('dark, high contrast and blue: the colours follow, the text keeps its own', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, [mixed]);
  await run(page, 0);
  await expectMarks(page, 0);
  const grounds: string[] = [];
  for (const theme of ['JupyterLab Light', 'JupyterLab Dark', 'JupyterLab Dark High Contrast']) {
    await page.theme.setTheme(theme);
    await expect(page.locator('body')).toHaveAttribute('data-jp-theme-name', theme);
    const { line, ground } = await see(page, 'degrees - 32');
    expect(hueOf(line)).toBe('red');
    grounds.push(ground.join());
  }
  expect(new Set(grounds).size).toBe(3);

  await page.theme.setLightTheme();
  await command(page, 'specialize:set-mode', { palette: 'blue' });
  await expect(page.locator('body')).toHaveAttribute('data-jp-specialize-palette', 'blue');
  expect(hueOf((await see(page, 'to_celsius(60.5)')).line)).toBe('blue');
});

test('a cell can ask for blue and dark by itself', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, [floats.replace('%%specialize', '%%specialize -b -d'), floats]);
  await run(page, 0);
  await expectMarks(page, 0);

  const { line, ground } = await see(page, 'degrees - 32.0');

  expect(hueOf(line)).toBe('blue');
  expect(Math.max(...ground)).toBeLessThan(90);
});

test('a selection shows through the marks', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, [mixed]);
  await run(page, 0);
  await expectMarks(page, 0);
  const before = (await see(page, 'degrees - 32')).ground;

  await page.notebook.enterCellEditingMode(0);
  await page.keyboard.press('ControlOrMeta+a');
  const after = (await see(page, 'degrees - 32')).ground;

  const distance = Math.hypot(...before.map((value, i) => value - (after[i] ?? 0)));
  expect(distance).toBeGreaterThan(20);
});

test('the button colours a cell that ran before, and takes the colours away', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, [`${plain}\nprint('kept')`]);
  await run(page, 0);
  await page.notebook.selectCells(0);
  const button = page.locator(
    '.jp-NotebookPanel:visible jp-button[data-command="specialize:annotate"]'
  );

  await button.click();
  await expectMarks(page, 0);
  await expect(legends(page)).toHaveCount(1);
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  expect(await page.notebook.getCellTextOutput(0)).toContain('kept\n');
  expect(
    await page.locator('.jp-NotebookPanel:visible .jp-InputPrompt').first().textContent()
  ).toBe('[1]:');

  await button.click();
  await expect(legends(page)).toHaveCount(0);
  expect(await marksOf(page, 0)).toEqual([]);
  expect(await page.notebook.getCellTextOutput(0)).toEqual(['kept\n']);
});

test('menus and palette leave a notebook alone that lies behind another tab', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, [mixed]);
  await run(page, 0);
  await expectMarks(page, 0);
  const enabled = (): Promise<boolean[]> =>
    page.evaluate(() =>
      ['annotate', 'annotate-all', 'clear', 'clear-all', 'show-details', 'next-failing'].map(name =>
        window.jupyterapp.commands.isEnabled(`specialize:${name}`)
      )
    );
  const all = (isEnabled: boolean): boolean[] => Array.from({ length: 6 }, () => isEnabled);
  await command(page, 'specialize:show-panel');
  await expect(page.locator('.jp-SpecializePanel [role=tree]').first()).toBeFocused();
  expect(await enabled()).toEqual(all(true));

  await page.contents.uploadContent('x = 1', 'text', `${tmpPath}/spam.py`);
  await page.filebrowser.open(`${tmpPath}/spam.py`);

  await expect.poll(enabled).toEqual(all(false));
});

test('a cell that never ran says so and offers to run', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, [plain]);
  await page.notebook.selectCells(0);

  await command(page, 'specialize:annotate');
  const dialog = page.locator('.jp-Dialog');
  await expect(dialog).toContainText('This cell has not run yet');
  await dialog.locator('button', { hasText: 'Run Cell and Show' }).click();

  await expectMarks(page, 0);
});

test('a kernel without the package says what to install and where', async ({ page, tmpPath }) => {
  const hide = [
    'import sys',
    '%unload_ext ipyspecialize',
    'for name in [n for n in sys.modules if n.startswith("ipyspecialize")]: sys.modules[name] = None',
    'sys.modules["ipyspecialize"] = None'
  ].join('\n');
  await openNotebook(page, tmpPath, [hide]);
  await run(page, 0);
  await page.notebook.selectCells(0);

  await command(page, 'specialize:annotate');

  const dialog = page.locator('.jp-Dialog');
  await expect(dialog).toContainText('does not have the package ipyspecialize');
  await expect(dialog).toContainText('%pip install ipyspecialize');
  await dialog.locator('button').first().click();
});

test('the saved colours are there after a reload', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, [mixed]);
  await run(page, 0);
  await expectMarks(page, 0);
  const before = await marksOf(page, 0);
  await page.notebook.save();

  await reload(page);

  expect(await marksOf(page, 0)).toEqual(before);
});

test('a later cell that changes the code changes its colours', async ({ page, tmpPath }) => {
  const define = '%%specialize\ndef add(a, b):\n    return a + b\nfor i in range(30): add(1, 2)';
  await openNotebook(page, tmpPath, [define, 'for i in range(200): add([1], [2])']);
  await run(page, 0);
  await expect.poll(() => statesOf(page, 0, ['a + b'])).toEqual(['specialized']);

  await run(page, 1);

  await expect.poll(() => statesOf(page, 0, ['a + b'])).not.toEqual(['specialized']);
});

test('an edit pales the overlay, and the text that ran brings it back', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, [mixed]);
  await run(page, 0);
  await expectMarks(page, 0);
  const before = await marksOf(page, 0);
  const editor = page.locator('.jp-NotebookPanel:visible .jp-CodeCell .cm-editor').first();

  await page.notebook.enterCellEditingMode(0);
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type(' ');
  await expect(editor).toHaveClass(/jp-Specialize-stale/);
  await page.keyboard.press('Backspace');

  await expect(editor).not.toHaveClass(/jp-Specialize-stale/);
  expect(await marksOf(page, 0)).toEqual(before);
});

test('the card says the verdict, the opcode and the counts', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, [mixed.replace('range(50)', 'range(20)')]);
  await run(page, 0);
  await expectMarks(page, 0);

  await mark(page, 'degrees - 32').hover();

  const card = page.locator('.jp-Specialize-card');
  await expect(card).toContainText(/Tried 4 times, no fast form fitted/);
  await expect(card).toContainText('BINARY_OP');
  await expect(card).toContainText(/ran 13 times/);
});

test('the card opens at the cursor, and Escape closes it', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, [mixed]);
  await run(page, 0);
  await expectMarks(page, 0);
  await page.notebook.enterCellEditingMode(0);
  await mark(page, 'above * 5').click();

  await command(page, 'specialize:show-details');
  const card = page.locator('.jp-Specialize-card');
  await expect(card).toContainText('no fast form fitted');
  await page.keyboard.press('Escape');

  await expect(card).toHaveCount(0);
});

const MIME = 'application/vnd.jupyterlab-specialize.v1+json';

for (const [what, payload, said] of [
  ['of another version', { version: 7 }, 'another version'],
  ['that is damaged', { version: 1, id: 3 }, 'damaged'],
  ['that is huge', { version: 1, strings: 'x'.repeat(3_000_000) }, 'too large'],
  ['that is none', ['<img src=x onerror=alert(1)>'], 'not a specialization payload']
] as const) {
  test(`a payload ${what} leaves the cell as it is and says why`, async ({ page, tmpPath }) => {
    const output = { output_type: 'display_data', data: { [MIME]: payload }, metadata: {} };
    await openNotebook(page, tmpPath, [{ source: 'a + b', outputs: [output] }]);

    await expect(legends(page)).toContainText(said);

    expect(await marksOf(page, 0)).toEqual([]);
    await expect(page.locator('.jp-Specialize-legend img')).toHaveCount(0);
  });
}
