// SPDX-License-Identifier: BSD-3-Clause
/* Pages as the command makes them, and what may never happen while one is looked at. */
import { expect, test as base } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Interpreters with the kernel half, by version, as `npm test` names them. */
export const PYTHONS = (JSON.parse(process.env.SPECIALIZE_PYTHON_OF ?? 'null') as Record<
  string,
  string
> | null) ?? { '.venv': resolve('..', '.venv', 'bin', 'python') };

/** The one that everything else is seen on. */
export const PYTHON = Object.values(PYTHONS)[0]!;

/** Run a Python program; its standard output. */
export const run = (python: string, ...words: string[]): string =>
  execFileSync(python, words, { encoding: 'utf-8', stdio: ['ignore', 'pipe', 'pipe'] });

/** Run `specialize` with `words`, pages below `folder`. */
export function specialize(python: string, folder: string, ...words: string[]): string {
  return run(python, '-m', 'ipyspecialize', '-o', folder, ...words);
}

export const PROGRAM = resolve('pages', 'temperatures.py');

/** Selector of the first line of the program that holds `code`. */
export const lineWith = (code: string): string =>
  `#L${readFileSync(PROGRAM, 'utf-8').slice(0, -1).split(code)[0]!.split('\n').length}`;

const LOOKED_AT = resolve('test-results', 'pictures');
/** `SPECIALIZE_PICTURES=1` renews the pictures of the documentation. */
const SHOWN =
  process.env.SPECIALIZE_PICTURES === '1' ? resolve('..', 'docs', 'pictures') : LOOKED_AT;

/** Where the picture `name` goes; `page` is in the documentation. */
export const pictureOf = (name: string): string =>
  join(name === 'page' ? SHOWN : LOOKED_AT, `${name}.png`);

type Fixtures = {
  /** A folder that is removed afterwards. */
  folder: string;
  /** Open a page of that folder. */
  open: (name: string) => Promise<Page>;
};

/** A test that fails when a page says something on the console, or asks for anything but itself. */
export const test = base.extend<Fixtures>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'specialize-pages-'));
    await use(folder);
    rmSync(folder, { recursive: true });
  },
  open: async ({ page, folder }, use) => {
    const asked: string[] = [];
    const said: string[] = [];
    page.on('request', request => {
      if (!request.isNavigationRequest()) {
        asked.push(request.url());
      }
    });
    page.on('console', message => said.push(message.text()));
    page.on('pageerror', error => said.push(error.message));
    page.on('dialog', dialog => {
      said.push(dialog.message());
      void dialog.dismiss();
    });
    await use(async name => {
      await page.goto(pathToFileURL(join(folder, name)).href);
      return page;
    });
    expect([said, asked]).toEqual([[], []]);
  }
});

/** The first mark whose text is `text`. */
export const mark = (page: Page, text: string): Locator =>
  page
    .locator('pre i')
    .filter({ hasText: new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) })
    .first();

/** Lines of the card, once it is there. */
export async function linesOfCard(page: Page): Promise<string[]> {
  const card = page.getByRole('tooltip');
  await expect(card).toBeVisible();
  return card.evaluate(element =>
    [...element.querySelectorAll(':not(li) > code, p, li')].map(part => part.textContent)
  );
}

/** Background of an element: what a person sees as its colour. */
export const colourOf = (locator: Locator): Promise<string> =>
  locator.evaluate(element => getComputedStyle(element).backgroundColor);
