// SPDX-License-Identifier: BSD-3-Clause
/* Well-known programs and a test run, on each version of CPython: their pages, seen and used. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { PYTHON, PYTHONS, colourOf, linesOfCard, pictureOf, run, test } from './reports';

/** One value of one loop, in the process that is asked. */
const ONCE = '--worker --loops 1 --warmups 0 --values 1 --min-time 0.000001'.split(' ');
const PROGRAMS: Record<string, string[]> = {
  nbody: ['--iterations', '2000'],
  richards: [],
  deltablue: [],
  raytrace: ['--width', '30', '--height', '30'],
  fannkuch: [],
  comprehensions: []
};
const PACKAGE = {
  'pkg/__init__.py': '',
  'pkg/deep/__init__.py': '',
  'pkg/deep/sums.py':
    'def total(values):\n    found = 0\n    for value in values:\n' +
    '        found = found + value\n    return found\n',
  'pkg/names.py': 'def initials(words):\n    return "".join(word[0] for word in words)\n',
  'pkg/idle.py': 'def idle():\n    return 1\n',
  'tests/test_pkg.py':
    'from pkg.deep.sums import total\nfrom pkg.names import initials\n' +
    'def test_total():\n    assert total([1, 2.5, 3] * 99) == 643.5\n' +
    'def test_initials():\n    assert initials(["ab", "cd"] * 99) == "ac" * 99\n'
};
/** Fetches the programs; the folder, then the path of each. */
const FETCH = `
import sys
sys.path[:0] = sys.argv[1:3]
from command.benchmarks import benchmarks, program
folder = benchmarks()
print(folder, *(program(folder, name) for name in sys.argv[3:]), sep="\\n")
`;

/** Where `pyperformance` lies, and its programs by name; null: it could not be fetched. */
function fetched(): { folder: string; paths: Record<string, string> } | null {
  const half = resolve('..', 'python_kernel_ext', 'tests');
  const names = Object.keys(PROGRAMS);
  try {
    const said = run(PYTHON, '-c', FETCH, half, resolve('..', 'scripts'), ...names);
    const [folder = '', ...paths] = said.trim().split('\n');
    return { folder, paths: Object.fromEntries(names.map((name, row) => [name, paths[row]!])) };
  } catch (error) {
    if (String(error).includes('could not be fetched')) {
      return null;
    }
    throw error;
  }
}

/** Look at what is open as a person does: by mouse, by keyboard, dark and blue. */
async function use(page: Page): Promise<void> {
  const marks = page.locator('pre i');
  await marks.first().hover();
  expect((await linesOfCard(page))[1]).toMatch(/^[×↓~○●–…·] /);
  const light = await colourOf(page.locator('body'));
  await page.keyboard.press('d');
  expect(await colourOf(page.locator('body'))).not.toBe(light);
  await page.keyboard.press('b');
  await expect(page.locator('html')).toHaveAttribute('data-hue', 'blue');
  await page.keyboard.press('b');
  await page.keyboard.press('d');
  if ((await page.locator('.count').count()) > 0) {
    await page.keyboard.press('n');
    await expect(page.locator('.count')).toHaveText(/^1 of \d+ failing$/);
    expect((await linesOfCard(page))[1]).toMatch(/^[×↓] /);
    await expect(page.locator('pre i:focus')).toBeInViewport();
  } else {
    await expect(page.getByText('Nothing fails here.')).toBeVisible();
  }
}

for (const [version, python] of Object.entries(PYTHONS)) {
  test(`programs and a test run of CPython ${version} have pages to look at`, async ({
    folder,
    open
  }) => {
    const there = fetched();
    test.skip(there === null, 'pyperformance could not be fetched');
    const { folder: library, paths } = there!;
    for (const [name, text] of Object.entries(PACKAGE)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const command = (env: Record<string, string>, ...words: string[]): Promise<unknown> =>
      promisify(execFile)(python, ['-m', 'ipyspecialize', '-o', ...words], {
        cwd: folder,
        env: { ...process.env, ...env }
      });
    const asked = Object.entries(PROGRAMS).map(([name, words]) => {
      copyFileSync(paths[name]!, join(folder, `${name}.py`));
      return command({ PYTHONPATH: library }, 'out', `${name}.py`, ...ONCE, ...words);
    });
    const pytest = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', 'tests'];
    const lonely = { PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1' };
    await Promise.all([...asked, command(lonely, 'pytest', '-t', 'pkg/**/*.py', ...pytest)]);

    for (const name of Object.keys(PROGRAMS)) {
      const page = await open(`out/${name}.py.html`);
      await use(page);
      await page.screenshot({ path: pictureOf(`${name}-${version}`) });
    }
    const page = await open('pytest/index.html');
    await expect(page.locator('tbody tr')).toHaveCount(4);
    await expect(page.getByText('idle.py')).toBeVisible();
    await page.screenshot({ path: pictureOf(`pytest-${version}`) });
    await page.getByRole('link', { name: 'deep/sums.py' }).click();
    await use(page);
    await page.screenshot({ path: pictureOf(`pytest-sums-${version}`) });
  });
}
