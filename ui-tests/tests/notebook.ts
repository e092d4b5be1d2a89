// SPDX-License-Identifier: BSD-3-Clause
/* What the specs do with a notebook, and how they look at a cell's editor. */
import { expect } from '@jupyterlab/galata';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Page as PlainPage } from '@playwright/test';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { EditorView } from '@codemirror/view';

export type Page = IJupyterLabPageFixture;

/** The part of a page that needs no helper of galata's. */
export type AnyPage = Pick<PlainPage, 'evaluate' | 'goto' | 'locator' | 'waitForFunction'>;

/** A painted stretch: its text, its state and its level. */
export type Mark = { text: string; state: string; level: number };

const PYTHON = { name: 'python3', display_name: 'Python 3 (ipykernel)', language: 'python' };

/** A kernel of another language: it prints what it is asked to run, `asked` all of that. */
export const ECHO = { name: 'echo', display_name: 'Echo', language: 'echo' };

/** Make a notebook of these cells, open it, and wait for its kernel. */
export async function openNotebook(
  page: Page,
  folder: string,
  cells: readonly (string | object)[],
  name = 'cells.ipynb',
  kernelspec = PYTHON
): Promise<void> {
  const notebook = {
    cells: cells.map((cell, index) => ({
      cell_type: 'code',
      id: `cell-${index}`,
      metadata: {},
      outputs: [],
      execution_count: null,
      ...(typeof cell === 'string' ? { source: cell } : cell)
    })),
    metadata: { kernelspec, language_info: { name: kernelspec.language } },
    nbformat: 4,
    nbformat_minor: 5
  };
  await page.contents.uploadContent(JSON.stringify(notebook), 'text', `${folder}/${name}`);
  await openPath(page, `${folder}/${name}`);
}

/** Open a notebook of the server and wait until its kernel is idle. */
export async function openPath(page: Page, path: string): Promise<void> {
  await page.evaluate(async name => {
    await window.jupyterapp.commands.execute('docmanager:open', { path: name });
  }, path);
  await page.locator('.jp-NotebookPanel:visible .jp-CodeCell .cm-content').first().waitFor();
  await kernelIsIdle(page);
}

async function kernelIsIdle(page: AnyPage): Promise<void> {
  await page.waitForFunction(
    () => {
      const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
      return panel?.sessionContext.session?.kernel?.status === 'idle';
    },
    undefined,
    { timeout: 60_000 }
  );
}

/**
 * Load the page again and wait until its kernel is idle: a cell that is run before is not run.
 * The launcher that galata would wait for does not come back.
 */
export async function reload(page: Page): Promise<void> {
  await page.reload({ waitForIsReady: false } as object);
  await page.locator('.jp-NotebookPanel:visible .jp-Specialize-mark').first().waitFor();
  await kernelIsIdle(page);
}

/** Replace the text of a cell at once: typing it would indent and close brackets by itself. */
export async function setText(page: AnyPage, cell: number, text: string): Promise<void> {
  await page.evaluate(
    ([index, source]) => {
      const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
      panel?.content.widgets[index]?.model.sharedModel.setSource(source);
    },
    [cell, text] as const
  );
}

/** Run one cell of the current notebook, and wait until it has ended. */
export async function run(page: AnyPage, cell: number): Promise<void> {
  await page.evaluate(async index => {
    const app = window.jupyterapp;
    const panel = app.shell.currentWidget as NotebookPanel | null;
    if (panel !== null) {
      panel.content.activeCellIndex = index;
      panel.content.mode = 'command';
      await app.commands.execute('notebook:run-cell');
    }
  }, cell);
}

/** Run a command of JupyterLab; does not wait for dialogs it opens. */
export async function command(page: AnyPage, id: string, args: object = {}): Promise<void> {
  await page.evaluate(
    ([name, values]) => {
      void window.jupyterapp.commands.execute(name, values as never);
    },
    [id, args] as const
  );
}

/** Change one of our settings as the settings editor would; resolves when it is saved. */
export async function set(page: AnyPage, name: string, value: unknown): Promise<void> {
  await page.evaluate(
    async ([key, wanted]) => {
      const registry = await window.galata.getPlugin('@jupyterlab/apputils-extension:settings');
      await registry?.set('jupyterlab-specialize:state', key, wanted as string);
    },
    [name, value] as const
  );
}

/** The marks in the editor of a cell, read from the state of the editor, not from the page. */
export async function marksOf(page: AnyPage, cell: number): Promise<Mark[]> {
  return page.evaluate(index => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
    const { editor } = panel?.content.widgets[index]?.editor as unknown as { editor: EditorView };
    const { decorations } = editor.constructor as typeof EditorView;
    const marks: { text: string; state: string; level: number }[] = [];
    for (const provided of editor.state.facet(decorations)) {
      const set = typeof provided === 'function' ? provided(editor) : provided;
      const cursor = set.iter();
      while (cursor.value !== null) {
        const { class: classes = '' } = cursor.value.spec as { class?: string };
        const look = /jp-Specialize-l(\d) jp-Specialize-s\d jp-Specialize-(\w+)/.exec(classes);
        const [, level, state] = look ?? [];
        if (state !== undefined) {
          const text = editor.state.sliceDoc(cursor.from, cursor.to);
          marks.push({ text, state, level: Number(level) });
        }
        cursor.next();
      }
    }
    return marks;
  }, cell);
}

/** Which payload a cell shows. */
export type Label = { session: string; revision: number; changedBy: number | null };

/** Which payload a cell shows, from its model; null: none of ours. */
export async function labelOf(page: AnyPage, cell: number): Promise<Label | null> {
  return page.evaluate(index => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
    const outputs = panel?.content.model?.cells.get(index).toJSON().outputs as
      { data?: Record<string, Record<string, unknown>> }[] | undefined;
    const type = 'application/vnd.jupyterlab-specialize.v1+json';
    const payload = outputs?.map(({ data }) => data?.[type]).find(raw => raw !== undefined);
    return payload === undefined
      ? null
      : {
          session: String(payload.session),
          revision: Number(payload.revision),
          changedBy: payload.changed_by as number | null
        };
  }, cell);
}

/** The number of outputs of a cell that are ours. */
export async function oursIn(page: AnyPage, cell: number): Promise<number> {
  return page.evaluate(index => {
    const panel = window.jupyterapp.shell.currentWidget as NotebookPanel | null;
    const model = panel?.content.model?.cells.get(index);
    const outputs = (model?.toJSON().outputs ?? []) as { data?: object }[];
    return outputs.filter(({ data }) =>
      Object.keys(data ?? {}).some(type => type.includes('jupyterlab-specialize'))
    ).length;
  }, cell);
}

/** The state in which each of `texts` is painted in a cell; '' where it is not. */
export async function statesOf(
  page: AnyPage,
  cell: number,
  texts: readonly string[]
): Promise<string[]> {
  const marks = await marksOf(page, cell);
  return texts.map(text => marks.find(mark => mark.text === text)?.state ?? '');
}

/** Wait until a cell has marks. */
export async function expectMarks(page: AnyPage, cell: number): Promise<void> {
  await expect.poll(async () => (await marksOf(page, cell)).length).toBeGreaterThan(0);
}

/** The legend lines of the current notebook, in words. */
export function legends(page: AnyPage) {
  return page.locator('.jp-NotebookPanel:visible .jp-Specialize-legend');
}

/** A mark of the current notebook that holds this text. */
export function mark(page: Page, text: string) {
  return page.locator('.jp-NotebookPanel:visible .jp-Specialize-mark', { hasText: text }).first();
}

/** Red, green, blue: 0 to 255. */
export type Color = [number, number, number];

/** What the browser really drew in a box. */
export type Seen = {
  /** The pixel with the strongest colour: the line below the text. */
  line: Color;
  /** The most frequent pixel: the ground behind the text. */
  ground: Color;
};

/** Take a picture of a mark, with the line below it, and look at its pixels. */
export async function see(page: Page, text: string): Promise<Seen> {
  const box = await mark(page, text).boundingBox();
  if (box === null) {
    throw new Error(`There is no mark on ${text}`);
  }
  const clip = { x: box.x, y: box.y, width: box.width, height: box.height + 3 };
  const png = (await page.screenshot({ clip })).toString('base64');
  return page.evaluate(async (base64): Promise<Seen> => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const data = context?.getImageData(0, 0, image.width, image.height).data ?? [];
    const count = new Map<string, number>();
    let line: Color = [0, 0, 0];
    let strongest = -1;
    for (let i = 0; i < data.length; i += 4) {
      const [red = 0, green = 0, blue = 0] = data.slice(i, i + 3);
      const pixel: Color = [red, green, blue];
      count.set(pixel.join(), (count.get(pixel.join()) ?? 0) + 1);
      // The line lies in the lower quarter: above it the syntax has colours of its own.
      const isBelow = Math.floor(i / 4 / image.width) > image.height * 0.75;
      const chroma = Math.max(...pixel) - Math.min(...pixel);
      if (isBelow && chroma > strongest) {
        [line, strongest] = [pixel, chroma];
      }
    }
    const [ground = ''] = [...count.entries()].sort((a, b) => b[1] - a[1])[0] ?? [];
    const [red = 0, green = 0, blue = 0] = ground.split(',').map(Number);
    return { line, ground: [red, green, blue] };
  }, png);
}

/** Whether a colour is rather green, red or blue. */
export function hueOf([red, green, blue]: Color): string {
  const most = Math.max(red, green, blue);
  return most === red ? 'red' : most === green ? 'green' : 'blue';
}
