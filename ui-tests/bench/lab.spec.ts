// SPDX-License-Identifier: BSD-3-Clause
/*
 * What the Lab half costs, in a real JupyterLab. Writes its figures, in ms, as JSON to the file
 * that SPECIALIZE_FIGURES names; asserts nothing about them. `bench/lab.py` runs it.
 */
import { test } from '@jupyterlab/galata';
import type { LabShell } from '@jupyterlab/application';
import type { DecorationSet, EditorView } from '@codemirror/view';
import type { ICodeCellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { HOSTILE, SOURCE } from '../tests/hostileFiles';
import { openNotebook } from '../tests/notebook';
import type { Page } from '../tests/notebook';

const MIME = 'application/vnd.jupyterlab-specialize.v1+json';
/** Sites on one line: a sum, its two products, two names. */
const PER_LINE = 5;
const LINE = '    total = alpha * 2.0 + beta * 3';
const FILE = process.env.SPECIALIZE_FIGURES ?? 'figures.json';
const figures: Record<string, number> = {};

test.afterAll(() => {
  // A test that fails takes the worker with it: the next one goes on with what is written.
  const before = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as object) : {};
  writeFileSync(FILE, JSON.stringify({ ...before, ...figures }));
});

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const spent = { activation: 0, evaluation: 0 };
    type Plugin = { activate: (...args: unknown[]) => unknown };
    type Container = { get: (name: string) => Promise<() => { default: Plugin[] }> };
    const timed = (container: Container): void => {
      const inner = container.get;
      container.get = async name => {
        const factory = await inner(name);
        return () => {
          const began = performance.now();
          const module = factory();
          spent.evaluation += performance.now() - began;
          for (const plugin of name === './extension' ? module.default : []) {
            const { activate } = plugin;
            plugin.activate = (...args) => {
              const start = performance.now();
              const result = activate(...args);
              spent.activation += performance.now() - start;
              return result;
            };
          }
          return module;
        };
      };
    };
    const containers = new Proxy<Record<string, unknown>>(
      {},
      {
        set: (target, key: string, value) => {
          target[key] = value;
          if (key === 'jupyterlab-specialize') {
            const wrapped = { ...(value as Container) };
            timed(wrapped);
            target[key] = wrapped;
          }
          return true;
        }
      }
    );
    Object.assign(window, { _JUPYTERLAB: containers, spent });
  });
});

for (const sites of [100, 5_000, 25_000]) {
  test(`output to painted, ${sites} sites`, async ({ page, tmpPath }) => {
    const { text, payload } = cellOf(sites / PER_LINE);
    await openNotebook(page, tmpPath, [text]);
    const times = await page.evaluate(paintTimes, { payload, mime: MIME, times: 8 });
    const [first = NaN, ...later] = times;
    figures[`first-${sites}`] = first;
    figures[`later-${sites}`] = quantile(later, 0.5);
  });
}

test('typing with 5,000 marks', async ({ page, tmpPath }) => {
  const { text, payload } = cellOf(5_000 / PER_LINE);
  await openNotebook(page, tmpPath, [text]);
  figures['typing-without'] = quantile(await page.evaluate(typingTimes), 0.95);
  await page.evaluate(paintTimes, { payload, mime: MIME, times: 1 });
  figures['typing-with'] = quantile(await page.evaluate(typingTimes), 0.95);
});

test('scrolling 200 cells', async ({ page, tmpPath }) => {
  test.setTimeout(300_000);
  const { text, payload } = cellOf(6);
  await openNotebook(
    page,
    tmpPath,
    Array.from({ length: 200 }, () => text)
  );
  const coloured = { [MIME]: { ...payload, revision: 1 } };
  const plain = {
    'text/plain': '24 of 30 sites specialized (80 %)  6 failed  24 specialized  run [1]'
  };
  for (const [name, data] of [
    ['settling', plain], // JupyterLab makes cells that are out of sight in idle time
    ['before', plain],
    ['with', coloured],
    ['after', plain]
  ] as const) {
    await page.evaluate(putUnderAll, data);
    const passes: number[] = [];
    for (let pass = 0; pass < 6; pass++) {
      passes.push((await page.evaluate(scrollTimes)).reduce((sum, time) => sum + time, 0));
    }
    figures[`scroll-${name}`] = quantile(passes.slice(3), 0.5);
  }
});

test('the panel beside 5,000 sites', async ({ page, tmpPath }) => {
  const { text, payload } = cellOf(5_000 / PER_LINE);
  await openNotebook(page, tmpPath, [text]);
  await page.evaluate(paintTimes, { payload, mime: MIME, times: 1 });
  // The first time its script is loaded, too.
  figures['panel-first'] = await page.evaluate(panelTime, '.jp-Specialize-bytecode');
  figures['panel-again'] = await page.evaluate(panelTime, '.jp-Specialize-bytecode');
});

test('the review of 500 cells', async ({ page, tmpPath }) => {
  const { text, payload } = cellOf(6);
  const output = {
    output_type: 'display_data',
    data: { [MIME]: { ...payload, revision: 1 } },
    metadata: {}
  };
  const cells = Array.from({ length: 500 }, () => ({ source: text, outputs: [output] }));
  await openNotebook(page, tmpPath, cells.slice(0, 1)); // loads the panel's script
  await page.evaluate(panelTime, '.jp-Specialize-review');
  await page.evaluate(hidePanel);
  await openNotebook(page, tmpPath, cells, 'long.ipynb');
  figures.review = await page.evaluate(panelTime, '.jp-Specialize-review');
});

test('hostile payloads', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, [SOURCE]);
  for (const payload of Object.values(HOSTILE)) {
    // As text: Playwright takes minutes to hand over arrays that are hundreds deep.
    await page.evaluate(handOver, JSON.stringify(payload));
    // What JupyterLab does with such an output is no business of ours.
    const plain = await page.evaluate(longestTask, 'application/x-unknown+json');
    const longest = await page.evaluate(longestTask, MIME);
    figures.hostile = Math.max(figures.hostile ?? 0, longest);
    figures['hostile-plain'] = Math.max(figures['hostile-plain'] ?? 0, plain);
  }
});

test('activation', async ({ page }: { page: Page }) => {
  await page.reload();
  const spent = await page.evaluate(() => (window as never as { spent: object }).spent);
  Object.assign(figures, spent);
});

/** Put the payload under the first cell some times; ms until a frame shows the marks. */
async function paintTimes(job: { payload: object; mime: string; times: number }) {
  const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
  const model = panel.content.model?.cells.get(0) as ICodeCellModel;
  const { editor } = panel.content.widgets[0]?.editor as unknown as { editor: EditorView };
  const { decorations } = editor.constructor as typeof EditorView;
  const isOurs = (set: unknown): boolean => {
    const value = typeof set === 'function' ? null : (set as DecorationSet).iter().value;
    return ((value?.spec as { class?: string } | undefined)?.class ?? '').includes('jp-Spec');
  };
  const painted = (): unknown => editor.state.facet(decorations).find(isOurs);
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
  const taken: number[] = [];
  for (let revision = 1; revision <= job.times; revision++) {
    const before = painted();
    const data = { [job.mime]: { ...job.payload, revision } };
    const output = { output_type: 'display_data', data, metadata: {} };
    await frame();
    const began = performance.now();
    if (revision === 1) {
      model.outputs.add(output);
    } else {
      model.outputs.set(0, output);
    }
    do {
      await frame();
    } while (painted() === before || painted() === undefined);
    taken.push(performance.now() - began);
  }
  return taken;
}

/** Have one output, the same, under every cell of the notebook. */
function putUnderAll(data: object): void {
  const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
  for (const model of panel.content.model?.cells ?? []) {
    const { outputs } = model as ICodeCellModel;
    outputs.clear();
    outputs.add({ output_type: 'display_data', data: data as never, metadata: {} });
  }
}

/** Ms of each of 100 frames in which the notebook is scrolled by 100 pixels, from its top. */
async function scrollTimes(): Promise<number[]> {
  const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
  const outer = panel.node.querySelector('.jp-WindowedPanel-outer');
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
  const taken: number[] = [];
  outer?.scrollTo(0, 0);
  await frame();
  for (let n = 0; n < 100; n++) {
    const began = performance.now();
    outer?.scrollBy(0, 100);
    await frame();
    taken.push(performance.now() - began);
  }
  return taken;
}

function hidePanel(): void {
  (window.jupyterapp.shell as LabShell).collapseRight();
}

/** Ms from the command that opens the panel to the frame that shows rows in `part` of it. */
async function panelTime(part: string): Promise<number> {
  const { commands, shell } = window.jupyterapp;
  (shell as LabShell).collapseRight();
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
  await frame();
  const began = performance.now();
  void commands.execute('specialize:show-panel');
  do {
    await frame();
  } while (document.querySelector(`${part} [role="treeitem"]`)?.checkVisibility() !== true);
  return performance.now() - began;
}

/** Keep the payload for `longestTask`, in a task that is over before the measured one begins. */
function handOver(json: string): void {
  Object.assign(window, { payload: JSON.parse(json) as object });
}

/** The longest stretch in ms for which the page could not answer while the payload was put in. */
async function longestTask(mime: string): Promise<number> {
  const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
  const model = panel.content.model?.cells.get(0) as ICodeCellModel;
  const { payload } = window as never as { payload: object };
  let longest = 0;
  const observer = new PerformanceObserver(list => {
    longest = Math.max(longest, ...list.getEntries().map(({ duration }) => duration));
  });
  observer.observe({ type: 'longtask' });
  model.outputs.clear();
  const data = { [mime]: payload } as never;
  model.outputs.add({ output_type: 'display_data', data, metadata: {} });
  await new Promise(resolve => setTimeout(resolve, 1_000));
  observer.disconnect();
  return longest;
}

/** Ms of one transaction that types a character, 200 times; each the mean of 10. */
function typingTimes(): number[] {
  const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
  const { editor } = panel.content.widgets[0]?.editor as unknown as { editor: EditorView };
  const taken: number[] = [];
  let length = 0; // looked at, so that the state is really made
  for (let n = 0; n < 200; n++) {
    const from = Math.floor((editor.state.doc.length * n) / 200);
    const began = performance.now();
    for (let k = 0; k < 10; k++) {
      length += editor.state.update({ changes: { from, insert: 'x' } }).state.doc.length;
    }
    taken.push((performance.now() - began) / 10);
  }
  return length > 0 ? taken : [];
}

function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? NaN;
}

/** A text, and a payload with five sites on each of its lines, one of them failing. */
function cellOf(lines: number): { text: string; payload: object } {
  const text = Array.from({ length: lines }, () => LINE).join('\n');
  const spans = [
    [12, 22],
    [12, 11],
    [12, 5],
    [26, 8],
    [26, 4]
  ];
  const rows = Array.from({ length: lines }, (_, line) =>
    spans.map(span => [line, ...span])
  ).flat();
  const column = (values: readonly unknown[]) => values.join(',');
  const payload = {
    version: 1,
    id: 'specialize:bench',
    session: '0123456789abcdef',
    python: '3.11.7',
    cell_id: 'bench',
    execution_count: 1,
    source: { length: text.length, crc32: crc32(text) },
    options: { mode: null, palette: null },
    strings: 'f\nBINARY_OP\nBINARY_OP_ADD_FLOAT\nspecialized\nfailed',
    codes: { name: '0', line: '1' },
    spans: {
      line: column(rows.map((_, row) => (row % PER_LINE === 0 ? 1 : 0))),
      column: column(rows.map(([, start]) => start)),
      end: column(rows.map(([, , width]) => width)),
      neutral: column(rows.map(() => 1))
    },
    verdicts: { op: '1,1', form: '2,', state: '3,4' },
    sites: {
      span: column(rows.map((_, row) => (row === 0 ? 0 : 1))),
      code: column(rows.map(() => 0)),
      offset: column(rows.map((_, row) => 2 * row)),
      verdict: column(rows.map((_, row) => (row % PER_LINE === 3 ? 1 : 0)))
    },
    reasons: [],
    elsewhere: [],
    warnings: [],
    cut: null
  };
  return { text, payload };
}

function crc32(text: string): number {
  let crc = ~0;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  }
  return ~crc >>> 0;
}
