// SPDX-License-Identifier: BSD-3-Clause
import { expect } from '@playwright/test';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  PROGRAM,
  PYTHON,
  PYTHONS,
  colourOf,
  lineWith,
  linesOfCard,
  mark,
  pictureOf,
  run,
  specialize,
  test
} from './reports';

const BARE = 'rgba(0, 0, 0, 0)';
const PAGE = 'temperatures.py.html';

for (const [version, python] of Object.entries(PYTHONS)) {
  test(`a page of CPython ${version} colours, explains and walks`, async ({ folder, open }) => {
    specialize(python, folder, PROGRAM);
    const page = await open(PAGE);

    await mark(page, 'a + b').hover();
    const [code, says, opcodes] = await linesOfCard(page);
    expect([code, says]).toEqual(['a + b', expect.stringMatching(/^[×↓~] /)]);
    expect(opcodes).toMatch(/^BINARY_OP/);

    await page.keyboard.press('n');
    const first = page.locator('pre i:focus');
    await expect(first).toBeInViewport();
    await expect(page.locator('.count')).toHaveText(/^1 of \d+ failing$/);
    expect((await linesOfCard(page))[1]).toMatch(/^[×↓] /);
    const place = await first.boundingBox();
    await page.keyboard.press('n');
    expect(await page.locator('pre i:focus').boundingBox()).not.toEqual(place);
    await page.keyboard.press('p');
    expect(await page.locator('pre i:focus').boundingBox()).toEqual(place);

    // It never ran: bare as a rule, red where all sites are shown.
    const bare = page.locator(`${lineWith('nothing to report')} i`).first();
    expect(await colourOf(bare)).toBe(BARE);
    await page.getByRole('button', { name: 'All adaptive sites' }).click();
    expect(await colourOf(bare)).not.toBe(BARE);
    await bare.hover();
    expect((await linesOfCard(page))[1]).toMatch(/^(· Never ran|· Not run|… Ran)/);
  });
}

test('a page begins as it was asked to, and its buttons change that', async ({ folder, open }) => {
  specialize(PYTHON, folder, PROGRAM);
  const page = await open(PAGE);
  const [dark, blue] = ['Dark', 'Blue'].map(name => page.getByRole('button', { name }));
  const look = async (): Promise<string[]> => [
    await colourOf(page.locator('body')),
    await colourOf(mark(page, 'value > found'))
  ];
  const light = await look();

  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(dark!).toHaveAttribute('aria-pressed', 'true');
  const preferred = await look();
  await page.keyboard.press('d');
  await expect(dark!).toHaveAttribute('aria-pressed', 'false');
  expect(await look()).toEqual(light);
  expect(preferred[0]).not.toBe(light[0]);
  await page.keyboard.press('b');
  await expect(blue!).toHaveAttribute('aria-pressed', 'true');
  const [, inBlue] = await look();
  expect(inBlue).not.toBe(light[1]);

  await page.emulateMedia({ colorScheme: 'light' });
  specialize(PYTHON, folder, '-b', '-d', PROGRAM);
  await open(PAGE);
  expect((await look())[0]).toBe(preferred[0]);
  await page.keyboard.press('d');
  expect(await look()).toEqual([light[0], inBlue]);
});

test('the cards say what the shared cases say', async ({ folder, open }) => {
  run(PYTHON, resolve('pages', 'shared_cases.py'), folder);
  const cases = resolve('..', 'payload', 'cases');
  type Place = { line: number; column: number; says: string[] };
  for (const file of readdirSync(cases).filter(name => name.endsWith('.json'))) {
    const { expect: wanted } = JSON.parse(readFileSync(join(cases, file), 'utf-8')) as {
      expect: { cards?: Place[]; gradient: unknown[] };
    };
    const page = await open(file.replace('.json', '.html'));
    for (const { line, column, says } of wanted.cards ?? []) {
      await page.evaluate(
        ([row, at]) => {
          let left = at;
          const found = [...document.querySelectorAll(`#L${row} > :not(a), #L${row}`)]
            .flatMap(element => [...element.childNodes])
            .filter(node => node.nodeName === '#text' && node.parentNode?.nodeName !== 'A')
            .sort((a, b) => (a.compareDocumentPosition(b) & 4 ? -1 : 1))
            .find(node => (left -= node.textContent?.length ?? 0) < 0);
          found?.parentElement?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
        },
        [line, column] as const
      );
      expect(await linesOfCard(page), `${file} ${line}:${column}`).toEqual(says);
    }
  }
});

test('a page is walked with the keyboard alone, and said to those who listen', async ({
  folder,
  open
}) => {
  specialize(PYTHON, folder, PROGRAM);
  const page = await open(PAGE);
  const status = page.getByRole('status');
  const focused = page.locator('pre i:focus');

  // One stop for the whole source, however many marks and numbers it has.
  expect(
    await page
      .locator('pre :is(a, i)')
      .evaluateAll(
        all => all.map(one => (one as HTMLElement).tabIndex).filter(index => index >= 0).length
      )
  ).toBe(1);
  await page.locator('summary').focus();
  while ((await focused.count()) === 0) {
    await page.keyboard.press('Tab');
  }
  await expect(status).toHaveText(/^line \d+, .+: .+/);
  const text = await focused.textContent();
  await page.keyboard.press('ArrowRight');
  expect(await focused.textContent()).not.toBe(text);
  await page.keyboard.press('ArrowLeft');
  expect(await focused.textContent()).toBe(text);
  const lineOf = (): Promise<string> => focused.evaluate(element => element.closest('b')?.id ?? '');
  const line = await lineOf();
  await page.keyboard.press('ArrowDown');
  expect(await lineOf()).not.toBe(line);
  await page.keyboard.press('ArrowUp');
  expect(await lineOf()).toBe(line);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tooltip')).toBeHidden();
  await page.keyboard.press('n');
  await expect(status).toHaveText(/^\d+ of \d+ failing, line \d+, .+: .+/);
  // With a modifier a key is the browser's.
  const before = await status.textContent();
  await page.keyboard.press('Alt+n');
  await page.keyboard.press('Control+d');
  expect([
    await status.textContent(),
    await page.locator('html').getAttribute('data-mode')
  ]).toEqual([before, null]);
  expect(
    await page.getByRole('button').evaluateAll(all => all.filter(one => !one.textContent.trim()))
  ).toEqual([]);
  await expect(page.getByRole('main')).toHaveCount(1);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('temperatures.py');
});

test('a card stays while the pointer goes to it', async ({ folder, open }) => {
  specialize(PYTHON, folder, PROGRAM);
  const page = await open(PAGE);
  const card = page.getByRole('tooltip');
  await mark(page, 'a + b').hover();
  await expect(card).toBeVisible();
  await card.hover();
  await page.waitForTimeout(400);
  await expect(card).toBeVisible();
  await page.locator('h1').hover();
  await expect(card).toBeHidden();
});

test('text of a card that a key opened can be selected', async ({ folder, open }) => {
  specialize(PYTHON, folder, PROGRAM);
  const page = await open(PAGE);
  await page.keyboard.press('n');
  const card = page.getByRole('tooltip');
  await card.getByText('BINARY_OP').dblclick({ position: { x: 8, y: 8 } });
  await page.waitForTimeout(400);

  await expect(card).toBeVisible();
  expect((await page.evaluate(() => String(getSelection()))).trim()).toBe('BINARY_OP');
});

test('the next failing code is looked for from the line that a link led to', async ({
  folder,
  open
}) => {
  specialize(PYTHON, folder, PROGRAM);
  const page = await open(PAGE);
  const lineOfFocus = () => page.evaluate(() => document.activeElement?.closest('b')?.id);
  await page.getByRole('row', { name: 'to_celsius' }).getByRole('link').click();
  await page.keyboard.press('n');
  const inside = await lineOfFocus();
  await page.locator(`${lineWith('def report')} > a`).click();
  await page.keyboard.press('n');

  expect([inside, await lineOfFocus()].map(id => `#${id}`)).toEqual([
    lineWith('degrees - 32'),
    lineWith('i * 0.5')
  ]);
});

test('a card stays while the page scrolls under a resting pointer', async ({ folder, open }) => {
  specialize(PYTHON, folder, PROGRAM);
  const page = await open(PAGE);
  await page.setViewportSize({ width: 900, height: 360 });
  await mark(page, 'value > found').hover();
  // Above the middle, where the failing code comes to stand, with its card below it.
  await page.mouse.move(200, 100);
  for (const key of ['n', 'n', 'p']) {
    const before = await page.evaluate(() => scrollY);
    await page.keyboard.press(key);
    await page.waitForTimeout(400);
    expect(await page.evaluate(() => scrollY)).not.toBe(before);
    expect((await linesOfCard(page))[1]).toMatch(/^[×↓] /);
  }
});

test('a file of 6,000 lines is a small page whose unseen lines are not laid out', async ({
  folder,
  open
}) => {
  const source = run(PYTHON, '-c', 'import _pydecimal; print(_pydecimal.__file__)').trim();
  const work =
    'import _pydecimal\nfor i in range(99): str((_pydecimal.Decimal(i) / 7).sqrt() ** 2)';
  specialize(PYTHON, folder, '-t', source, '-c', work);
  const page = await open('_pydecimal.py.html');

  const [made, own] = [join(folder, '_pydecimal.py.html'), source].map(
    path => readFileSync(path).length
  );
  expect(made).toBeLessThanOrEqual(3 * own! + 100_000);
  expect(await page.locator('pre b').count()).toBeGreaterThan(6000);
  const isLaidOut = (line: string): Promise<boolean> =>
    page
      .locator(line)
      .evaluate(element => element.checkVisibility({ contentVisibilityAuto: true }));
  expect([await isLaidOut('#L1'), await isLaidOut('#L6000')]).toEqual([true, false]);
  await page.keyboard.press('p');
  await expect(page.locator('pre i:focus')).toBeInViewport();
  await page.evaluate(() => {
    location.hash = '#L6000';
  });
  await expect(page.locator('#L6000')).toBeInViewport();
  await page.evaluate(() => {
    history.replaceState(null, '', '#');
  });
});

test('the index leads to each page and back, what fails most first', async ({ folder, open }) => {
  const files = ['decoder', 'scanner', 'encoder'].map(name =>
    run(PYTHON, '-c', `import json.${name} as m; print(m.__file__)`).trim()
  );
  const work =
    'import json.decoder\njson.decoder.c_scanner = None\nimport json.scanner as s\n' +
    's.make_scanner = s.py_make_scanner\nd = json.JSONDecoder()\n' +
    'd.scan_once = s.py_make_scanner(d)\n' +
    'import json.encoder\njson.encoder.c_make_encoder = None\n' +
    'for i in range(300): d.decode(json.dumps([i, {"a": i * 1.5, "b": [None, True, "x"]}], indent=1))';
  specialize(PYTHON, folder, ...files.flatMap(file => ['-t', file]), '-c', work);
  const page = await open('index.html');

  const rows = page.locator('tbody tr');
  await expect(rows).toHaveCount(3);
  const failed = (await rows.locator('td:nth-child(4)').allTextContents()).map(Number);
  expect(failed).toEqual([...failed].sort((a, b) => b - a));
  await page.screenshot({ path: pictureOf('index') });
  await rows.first().getByRole('link').click();
  await expect(page.locator('pre b').first()).toBeVisible();
  await page.getByRole('link', { name: 'All files' }).click();
  await expect(rows).toHaveCount(3);
});

test('a page can be read and printed without its script', async ({ browser, folder }) => {
  specialize(PYTHON, folder, PROGRAM);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`file://${join(folder, PAGE)}`);

  await expect(page.locator(lineWith('return a + b'))).toContainText('return a + b');
  expect(await colourOf(mark(page, 'value > found'))).not.toBe(BARE);
  await expect(page.getByRole('button')).toHaveCount(0);
  await expect(page.locator('.hint')).toBeHidden();
  await page.locator(`tbody a[href="${lineWith('def add')}"]`).click();
  expect(page.url()).toMatch(new RegExp(`${lineWith('def add')}$`));
  await context.close();
});

test('what is printed has the colours and no controls', async ({ folder, open }) => {
  specialize(PYTHON, folder, '-d', PROGRAM);
  const page = await open(PAGE);
  await page.emulateMedia({ media: 'print' });

  await expect(page.getByRole('button', { name: 'Dark' })).toBeHidden();
  await expect(page.locator(lineWith('print(report'))).toBeVisible();
  expect(await colourOf(page.locator('body'))).toBe('rgb(255, 255, 255)');
  expect(await colourOf(mark(page, 'value > found'))).not.toBe(BARE);
});

test('pictures', async ({ folder, open }) => {
  specialize(PYTHON, folder, PROGRAM);
  const page = await open(PAGE);
  await page.setViewportSize({ width: 1000, height: 1120 });
  const shoot = (name: string): Promise<Buffer> => page.screenshot({ path: pictureOf(name) });
  await mark(page, 'degrees - 32').hover();
  await linesOfCard(page);
  await shoot('page');
  await page.keyboard.press('d');
  await shoot('page-dark');
  await page.keyboard.press('b');
  await shoot('page-blue');
  await page.keyboard.press('a');
  await shoot('page-all');
});
