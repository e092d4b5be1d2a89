// SPDX-License-Identifier: BSD-3-Clause
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jupyterlab/galata';
import { openNotebook, run } from './notebook';
import type { Page } from './notebook';

const cell = `def to_celsius(degrees):
    above = degrees - 32
    return above + degrees

%specialize --warm-up 20 to_celsius(60.5)`;

const film = (page: Page) => page.locator('.jp-NotebookPanel:visible .jp-Specialize-warmUp');
const slider = (page: Page) => film(page).locator('input[type=range]');

/** The marks of the film, in words. */
async function marksOf(page: Page): Promise<string[]> {
  const marks = film(page).locator('.cm-content .jp-Specialize-mark');
  return marks.evaluateAll((elements: Element[]) =>
    elements.map(element => {
      const look = /jp-Specialize-s\d jp-Specialize-(\w+)/.exec(element.classList.value);
      return look?.[1] ?? '';
    })
  );
}

test('a slider walks through the calls, by keyboard too', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, [cell]);
  await run(page, 0);
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^call 20 of 20: 1 of 2 sites/);
  expect(new Set(await marksOf(page))).toEqual(new Set(['failed', 'specialized']));

  await slider(page).press('Home');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^call 1 of 20: no site has been/);
  expect(await marksOf(page)).toEqual([]);

  // 3.11: the eighth call makes the code hot.
  for (let call = 1; call < 8; call++) {
    await slider(page).press('ArrowRight');
  }
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^call 8 of 20: 1 of 2 sites/);
  expect(await marksOf(page)).not.toEqual([]);

  const next = film(page).locator('button', { hasText: 'Next change' });
  await next.press('Enter');
  await expect(slider(page)).toHaveValue('1');
  await next.press('Space');
  await expect(slider(page)).toHaveValue('8');
});

test('a saved film plays without a kernel, and is looked into with the pointer', async ({
  page,
  tmpPath
}) => {
  const saved = JSON.parse(
    readFileSync(join(__dirname, '../../payload/warm-ups/two-sites.json'), 'utf8')
  ) as { wire: object };
  const data = { 'application/vnd.jupyterlab-specialize.warm-up.v1+json': saved.wire };
  const output = { output_type: 'display_data', data, metadata: {} };
  await openNotebook(page, tmpPath, [{ source: 'f(1.5)', outputs: [output] }]);

  await film(page).locator('button', { hasText: 'Play' }).click();
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^call 5 of 5: 0 of 2 sites/);
  await expect(film(page)).toContainText('call 5 of 20 was left by ValueError');

  await film(page).locator('.jp-Specialize-mark', { hasText: 'x + x' }).first().hover();
  await expect(page.locator('.jp-Specialize-card')).toContainText('its guard missed');
});
