// SPDX-License-Identifier: BSD-3-Clause
import { expect, test } from '@jupyterlab/galata';
import { command, expectMarks, legends, openNotebook, reload, run, setText } from './notebook';
import type { Page } from './notebook';

const mixed = `%%specialize
def to_celsius(degrees):
    above = degrees - 32
    total = above + degrees
    return total + degrees

for i in range(50):
    to_celsius(60.5)`;
const edited = mixed.replace('- 32', '- 32.0').replace('total + degrees', 'total + [degrees][0]');

const frames = (page: Page) => page.locator('.jp-NotebookPanel:visible .jp-Specialize-change');

/** What is framed in the code. */
async function framed(page: Page): Promise<string[][]> {
  return frames(page).evaluateAll((elements: Element[]) =>
    elements.map(element => [
      element.textContent,
      /Specialize-(gained|lost)/.exec(element.classList.value)?.[1] ?? ''
    ])
  );
}

test('an edited cell says what it gained, and frames it in the code', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, [mixed, 'for i in range(900): to_celsius(1j)']);
  await run(page, 0);
  await expectMarks(page, 0);
  await expect(legends(page)).not.toContainText('since run');

  await setText(page, 0, edited);
  await run(page, 0);
  await expect(legends(page)).toContainText(/1 gained, .*since run \[1\]: \d+ % → \d+ %/);
  expect(await framed(page)).toEqual([]);

  const button = legends(page).locator('button', { hasText: 'show in the code' });
  await button.press('Enter');
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await expect(frames(page)).toHaveCount(1);
  expect(await framed(page)).toEqual([['degrees - 32.0', 'gained']]);
  await frames(page).hover();
  await expect(page.locator('.jp-Specialize-card')).toContainText('+ gained since run [1]');

  // A later cell takes the fast forms away again: the update keeps what it is compared with.
  await run(page, 1);
  await expect(legends(page)).toContainText(/lost.* since run \[1\]/);
  await expect(frames(page).first()).toHaveClass(/jp-Specialize-lost/);

  await page.notebook.save();
  await reload(page);
  await expect(legends(page)).toContainText(/lost.* since run \[1\]/);
  await command(page, 'specialize:compare');
  await expect(frames(page)).toHaveCount(0);
});
