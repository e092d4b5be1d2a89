// SPDX-License-Identifier: BSD-3-Clause
/* Nothing by colour alone, nothing by mouse alone; what is ours is held against axe-core's rules. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@jupyterlab/galata';
import { command, expectMarks, mark, openNotebook, run, set } from './notebook';
import type { Page } from './notebook';

/** A failing product inside a call inside a sum, and a specialized sum. */
const NESTED = `%%specialize
def scale(x):
    return x
def f(a, b):
    return scale(a * 2) + b
for i in range(60): f(1.5, 2.5)
def shaky(a, b):
    return a + b
for i in range(60): shaky(1, 2)
for i in range(9): shaky(1.5, 2.5)`;

/**
 * What is ours on the page. The text under the marks has the colours of JupyterLab's theme, the
 * toolbar's button is JupyterLab's own element.
 */
const OURS = [
  '.jp-Specialize-legend',
  '.jp-Specialize-card',
  '.jp-Specialize-gutter span',
  '.jp-Specialize-bytecode',
  '.jp-Specialize-review'
];

async function open(page: Page, folder: string): Promise<void> {
  await openNotebook(page, folder, [NESTED]);
  await run(page, 0);
  await expectMarks(page, 0);
}

async function showCardAt(page: Page, text: string): Promise<void> {
  await page.notebook.enterCellEditingMode(0);
  await mark(page, text).click();
  await command(page, 'specialize:show-details');
  await page.locator('.jp-Specialize-card').waitFor();
}

test('axe finds nothing wrong with what is ours, in light, dark and high contrast', async ({
  page,
  tmpPath
}) => {
  await open(page, tmpPath);
  await set(page, 'gutter', true);
  await command(page, 'specialize:show-panel');
  const panel = page.locator('.jp-SpecializePanel');
  await panel.getByRole('treeitem', { name: /^f, / }).first().waitFor();
  // One switch off, one function open: every look that there is.
  await panel.getByRole('button', { name: /neutral/ }).click();
  const instructions = panel.getByRole('treeitem', { name: /^at \d+/ });
  await panel.getByRole('treeitem', { name: /^f, / }).first().click();
  await expect(instructions.first()).toBeVisible();
  const found: string[] = [];
  for (const theme of ['JupyterLab Light', 'JupyterLab Dark', 'JupyterLab Dark High Contrast']) {
    await page.theme.setTheme(theme);
    await showCardAt(page, 'a * 2');
    const there = await Promise.all(OURS.map(selector => page.locator(selector).count()));
    expect(there.map(count => count > 0)).toEqual(OURS.map(() => true));
    const axe = new AxeBuilder({ page }).setLegacyMode();
    OURS.forEach(selector => axe.include(selector));
    const { violations } = await axe.analyze();
    found.push(
      ...violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${theme}: ${id}: ${html} ${failureSummary ?? ''}`)
      )
    );
    await page.keyboard.press('Escape');
  }
  expect(found).toEqual([]);
});

test('the card is opened, read out and closed by keyboard, and the focus stays in the code', async ({
  page,
  tmpPath
}) => {
  await open(page, tmpPath);
  await page.notebook.enterCellEditingMode(0);
  await page.keyboard.press('ControlOrMeta+Home');
  for (let line = 0; line < 4; line++) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('End');
  for (let column = 0; column < 'a * 2) + b'.length; column++) {
    await page.keyboard.press('ArrowLeft');
  }

  await command(page, 'specialize:show-details');

  const panel = page.locator('.jp-NotebookPanel:visible');
  await expect(page.locator('.jp-Specialize-card [class$="code"]').first()).toHaveText('a * 2');
  await expect(panel.locator('.cm-announced')).toContainText(/^a \* 2: Tried.* no fast form/);
  await expect(panel.locator('.cm-content').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('.jp-Specialize-card')).toHaveCount(0);
  await expect(panel.locator('.cm-content').first()).toBeFocused();
});

type Drawn = { line: string; color: string; background: string; moves: string };

/** How the browser draws the mark on a text. */
async function drawnOn(page: Page, text: string): Promise<Drawn> {
  return mark(page, text).evaluate(element => {
    const style = getComputedStyle(element);
    return {
      line: style.textDecorationStyle,
      color: style.textDecorationColor,
      background: style.backgroundColor,
      moves: `${style.transitionDuration} ${style.animationName}`
    };
  });
}

const isOpaque = (color: string): boolean => !/[,/] ?0?\.\d+\)$/.test(color);

test('states can be told apart without hue, in forced colours, more contrast and no motion', async ({
  page,
  tmpPath
}) => {
  await open(page, tmpPath);
  const styles = async (): Promise<string[]> =>
    Promise.all(['a * 2', 'scale', 'a + b'].map(async text => (await drawnOn(page, text)).line));
  const plain = await styles();

  await page.emulateMedia({ contrast: 'more', reducedMotion: 'reduce' });
  const contrast = await drawnOn(page, 'scale');
  await page.emulateMedia({ forcedColors: 'active', contrast: 'no-preference' });
  const forced = await drawnOn(page, 'a * 2');
  const inForced = await styles();
  await showCardAt(page, 'a * 2');
  const card = page.locator('.jp-Specialize-card');
  const border = await card.evaluate(element => getComputedStyle(element).borderTopStyle);
  await command(page, 'specialize:show-panel');
  const bars = page.locator('.jp-Specialize-barPart');
  await expect(bars.first()).toBeVisible();
  const shares = await bars.evaluateAll((parts: Element[]) =>
    parts.map(part => getComputedStyle(part).backgroundColor)
  );

  expect(plain).toEqual(['wavy', 'solid', 'dotted']);
  expect(inForced).toEqual(plain);
  expect([isOpaque(contrast.color), contrast.moves]).toEqual([true, '0s none']);
  expect([forced.background, border]).toEqual([expect.stringMatching(/, 0\)$/), 'solid']);
  await expect(card).toContainText('×');
  // The parts of a bar have nothing but their ground: it keeps its hue.
  expect(new Set(shares).size).toBeGreaterThan(1);
});
