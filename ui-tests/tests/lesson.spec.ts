// SPDX-License-Identifier: BSD-3-Clause
import { expect, test } from '@jupyterlab/galata';
import { mkdirSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { command, expectMarks, legends, mark, openPath, statesOf } from './notebook';
import type { Page } from './notebook';

/** `SPECIALIZE_PICTURES=1` renews the README's pictures; otherwise they are only compared by eye. */
const pictures =
  process.env.SPECIALIZE_PICTURES === '1'
    ? resolve('..', 'docs', 'pictures')
    : resolve('test-results', 'pictures');

test.use({ viewport: { width: 1000, height: 900 } });

test('the first lesson colours as its text says, in every mode', async ({ page, tmpPath }) => {
  mkdirSync(pictures, { recursive: true });
  const lesson = resolve('..', 'notebooks', '01-fahrenheit.ipynb');
  await page.contents.uploadFile(lesson, `${tmpPath}/01-fahrenheit.ipynb`);
  await openPath(page, `${tmpPath}/01-fahrenheit.ipynb`);
  const [mixed, floats, folded] = [1, 3, 5];

  await command(page, 'notebook:run-all-cells');
  await expectMarks(page, folded);

  const failing = ['degrees - 32', 'above_freezing * 5'];
  expect(await statesOf(page, mixed, failing)).toEqual(failing.map(() => 'failed'));
  const green = failing.map(text => `${text}.0`);
  expect(await statesOf(page, floats, green)).toEqual(green.map(() => 'specialized'));
  const constants = ['degrees - 32.0', ') * (5.0 / 9.0)'];
  expect(await statesOf(page, folded, constants)).toEqual(['specialized', 'specialized']);

  await page.sidebar.close('left');
  await page.notebook.selectCells(mixed);
  const panel = page.locator('.jp-NotebookPanel:visible');
  const shoot = async (name: string): Promise<void> => {
    await mark(page, 'degrees - 32').scrollIntoViewIfNeeded();
    await page.waitForTimeout(500);
    await panel.screenshot({ path: `${pictures}/${name}.png` });
  };
  await shoot('overlay-light');
  await mark(page, 'degrees - 32').hover();
  await page.locator('.jp-Specialize-card').waitFor();
  await shoot('card');
  await page.mouse.move(5, 5);
  await page.theme.setDarkTheme();
  await shoot('overlay-dark');
  await page.theme.setTheme('JupyterLab Dark High Contrast');
  await shoot('overlay-contrast');
  await page.theme.setLightTheme();
  await command(page, 'specialize:set-mode', { palette: 'blue' });
  await shoot('overlay-blue');
});

/** What a whole run of the current notebook left: cells that are still to run, errors, magics. */
async function outcome(page: Page) {
  return page.evaluate(() => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
    const cells = [...(panel?.content.model?.cells ?? [])].map(model => model.toJSON());
    const code = cells.filter(({ cell_type: type }) => type === 'code');
    const errors = code.flatMap(({ outputs }) =>
      (outputs as { output_type: string }[]).filter(output => output.output_type === 'error')
    );
    return {
      left: code.filter(({ execution_count: count }) => count === null).length,
      errors: errors.length,
      magics: code.filter(({ source }) => /^%%?specialize/m.test(String(source))).length
    };
  });
}

test('the tour copies every lesson, and each runs from its top to its end', async ({
  page,
  tmpPath
}) => {
  test.setTimeout(240_000); // six kernels, one after the other: half a minute on an idle machine
  await page.setViewportSize({ width: 1000, height: 4700 });
  const folder = `${tmpPath}/specialization-tour`;
  const lessonFiles = /jupyterlab-specialize\/static\/.*\.ipynb$/;
  await page.route(lessonFiles, route => route.fulfill({ status: 404 }));
  await command(page, 'specialize:open-tour', { cwd: tmpPath });
  await page.getByText('Reload the page and try again').first().waitFor();
  expect(await page.contents.directoryExists(folder)).toBe(false);
  await page.unroute(lessonFiles);

  await command(page, 'specialize:open-tour', { cwd: tmpPath });
  await page.getByText(`6 notebooks are in ${folder} now.`).first().waitFor();
  const lessons = await page.evaluate(async path => {
    const found = await window.jupyterapp.serviceManager.contents.get(path);
    return (found.content as { name: string }[]).map(({ name }) => name).sort();
  }, folder);
  const sources = readdirSync(resolve('..', 'notebooks')).filter(name => name.endsWith('.ipynb'));
  expect(lessons).toEqual(sources.sort());

  await page.sidebar.close('left');
  for (const lesson of lessons) {
    await openPath(page, `${folder}/${lesson}`);
    expect((await outcome(page)).left).toBeGreaterThan(0);
    await command(page, 'notebook:run-all-cells');
    await expect.poll(() => outcome(page), { timeout: 30_000 }).toMatchObject({ left: 0 });
    const { errors, magics } = await outcome(page);
    expect(errors).toBe(0);
    await expect(legends(page)).toHaveCount(magics);
    await page.locator('.jp-NotebookPanel:visible').screenshot({
      path: `test-results/pictures/${lesson.replace('.ipynb', '.png')}`
    });
  }
});

/** Kernels of other versions, as `npm test` made them: the name of the kernelspec by version. */
const kernels = JSON.parse(process.env.SPECIALIZE_KERNELS ?? '{}') as Record<string, string>;

/** From there on there are forms for int with float. */
const mixes = (version: string): boolean => Number(version.split('.')[1]) >= 14;

for (const [version, kernel] of Object.entries(kernels)) {
  test(`the first lesson colours as its text says on CPython ${version}`, async ({
    page,
    tmpPath
  }) => {
    mkdirSync(pictures, { recursive: true });
    const lesson = resolve('..', 'notebooks', '01-fahrenheit.ipynb');
    await page.contents.uploadFile(lesson, `${tmpPath}/01-fahrenheit.ipynb`);
    await openPath(page, `${tmpPath}/01-fahrenheit.ipynb`);
    await page.evaluate(async name => {
      const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
      await panel?.sessionContext.changeKernel({ name });
    }, kernel);
    const [mixed, floats, folded] = [1, 3, 5];

    await command(page, 'notebook:run-all-cells');
    await expect(legends(page)).toHaveCount(4, { timeout: 60_000 });
    await expectMarks(page, folded);

    const operations = ['degrees - 32', 'above_freezing * 5'];
    const first = mixes(version) ? 'specialized' : 'failed';
    expect(await statesOf(page, mixed, operations)).toEqual(operations.map(() => first));
    const green = operations.map(text => `${text}.0`);
    expect(await statesOf(page, floats, green)).toEqual(green.map(() => 'specialized'));
    const division = mixes(version) ? 'failed' : '';
    expect(await statesOf(page, floats, ['/ 9.0'])).toEqual([division]);

    await page.sidebar.close('left');
    await page.notebook.selectCells(mixed);
    await mark(page, 'degrees - 32').scrollIntoViewIfNeeded();
    await page.waitForTimeout(500);
    const panel = page.locator('.jp-NotebookPanel:visible');
    await panel.screenshot({ path: `${pictures}/lesson-${version}.png` });
    await mark(page, 'degrees - 32.0').scrollIntoViewIfNeeded();
    await page.waitForTimeout(500);
    await panel.screenshot({ path: `${pictures}/lesson-${version}-floats.png` });
  });
}
