// SPDX-License-Identifier: BSD-3-Clause
/* Pages and index, in each of their looks, held against axe-core's rules. */
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAM, PYTHON, linesOfCard, mark, run, specialize, test } from './reports';

/** What axe-core finds wrong with `page`, in lines. */
async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id}: ${node.html} ${node.failureSummary}`)
  );
}

test('axe finds nothing wrong with a page in any of its looks', async ({ folder, open }) => {
  specialize(PYTHON, folder, PROGRAM);
  const page = await open('temperatures.py.html');
  const found: Record<string, string[]> = {};
  for (const look of ['light', 'dark', 'dark blue', 'blue']) {
    const wanted = look.split(' ');
    for (const [key, name] of [
      ['d', 'dark'],
      ['b', 'blue']
    ] as const) {
      const button = page.locator(`[data-do="${name}"]`);
      if (((await button.getAttribute('aria-pressed')) === 'true') !== wanted.includes(name)) {
        await page.keyboard.press(key);
      }
    }
    await mark(page, 'a + b').hover();
    await linesOfCard(page);
    found[look] = await violationsOf(page);
    await page.keyboard.press('a');
    found[`${look}, all sites`] = await violationsOf(page);
    await page.keyboard.press('a');
  }
  await page.emulateMedia({ media: 'print' });
  found['print'] = await violationsOf(page);

  expect(Object.keys(found)).toHaveLength(9);
  expect(Object.fromEntries(Object.entries(found).filter(([, lines]) => lines.length))).toEqual({});
});

test('axe finds nothing wrong with a page without its script, nor with an index', async ({
  folder,
  open
}) => {
  specialize(PYTHON, folder, PROGRAM);
  const path = join(folder, 'temperatures.py.html');
  const bare = readFileSync(path, 'utf-8').replace(/<script type="module">[^]*?<\/script>/, '');
  writeFileSync(join(folder, 'bare.html'), bare);
  const page = await open('bare.html');
  await expect(page.getByRole('button')).toHaveCount(0);
  expect(await violationsOf(page)).toEqual([]);

  const library = run(PYTHON, '-c', 'import json; print(json.__path__[0])').trim();
  const work = 'import json\nfor i in range(99): json.dumps({i: [i]}, indent=1)';
  specialize(PYTHON, folder, '-t', join(library, '*.py'), '-c', work);
  await open('index.html');
  await expect(page.locator('tbody tr').first()).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('d');
  expect(await violationsOf(page)).toEqual([]);
});
