// SPDX-License-Identifier: BSD-3-Clause
/*
 * Fetch the lessons from where the extension's scripts lie, without their outputs: who predicts
 * must not see them, and those of another session would be shown as stale.
 */
import type * as nbformat from '@jupyterlab/nbformat';
import { CopyError } from './copy';
import type { Lesson } from './copy';

/** Where one notebook is to be had. */
export type LessonFile = {
  /** Name of the file, without a folder. */
  readonly name: string;
  /** Of a file that the server has beside the extension's scripts. */
  readonly address: string;
};

/**
 * The contents of `files`, in their order. Throws a `CopyError`: `unreachable`, or `gone` where
 * the server answers with anything but a notebook.
 */
export async function fetchLessons(files: readonly LessonFile[]): Promise<Lesson[]> {
  return Promise.all(files.map(fetchLesson));
}

async function fetchLesson({ name, address }: LessonFile): Promise<Lesson> {
  // As the scripts came: without a token, which a server of static files would not know.
  const response = await fetch(address).catch((error: unknown) => {
    throw new CopyError('unreachable', String(error));
  });
  if (!response.ok) {
    throw new CopyError('gone', `${name}: ${response.status} ${response.statusText}`);
  }
  try {
    return { name, content: unrun((await response.json()) as nbformat.INotebookContent) };
  } catch (error) {
    // Such as a proxy's page, which asks for a name and a password.
    throw new CopyError('gone', `${name}: ${String(error)}`);
  }
}

function unrun(notebook: nbformat.INotebookContent): nbformat.INotebookContent {
  const cells = notebook.cells.map(cell =>
    cell.cell_type === 'code' ? { ...cell, execution_count: null, outputs: [] } : cell
  );
  return { ...notebook, cells };
}
