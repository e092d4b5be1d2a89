// SPDX-License-Identifier: BSD-3-Clause
/* Put the lessons into a folder of the user: what is there already stays as it is. */
import type * as nbformat from '@jupyterlab/nbformat';
import type { Contents } from '@jupyterlab/services';

/** Name of the folder that is made for the lessons. */
export const FOLDER = 'specialization-tour';

/** One notebook as it is to be written. */
export type Lesson = {
  /** Name of the file, without a folder. */
  readonly name: string;
  readonly content: nbformat.INotebookContent;
};

/** What the copying needs of a contents manager. */
export type Files = Pick<Contents.IManager, 'get' | 'save'>;

/** Where the lessons are now. */
export type Copied = {
  /** Path of their folder. */
  readonly folder: string;
  /** Path of the first lesson. */
  readonly first: string;
  /** Names of the files that were written, in their order. */
  readonly written: readonly string[];
  /** Names of the files that were there before, in their order. */
  readonly kept: readonly string[];
};

/** Why there are no copies; `gone`: the lessons are not where the page looks for them. */
export type CopyFailure = 'gone' | 'not-a-folder' | 'read-only' | 'unreachable' | 'refused';

/** The copying ended early: files that are written stay. */
export class CopyError extends Error {
  /**
   * @param reason Which of the known causes it was.
   * @param detail What the server said; empty where it said nothing.
   */
  constructor(
    readonly reason: CopyFailure,
    readonly detail: string
  ) {
    super(`${reason}: ${detail}`);
  }
}

/**
 * Write those of `lessons` that are missing into the folder `FOLDER` below `parent`, making it
 * where it is missing; into `parent` itself if that is its name. Throws a `CopyError`.
 *
 * @param parent Path of a folder, '' for the server's root.
 */
export async function copyLessons(
  files: Files,
  parent: string,
  lessons: readonly Lesson[]
): Promise<Copied> {
  const folder = folderIn(parent);
  try {
    const there = await namesIn(files, folder);
    if (there === null) {
      await files.save(folder, { type: 'directory' });
    }
    const isThere = ({ name }: Lesson): boolean => there?.has(name) ?? false;
    const missing = lessons.filter(lesson => !isThere(lesson));
    for (const { name, content } of missing) {
      await files.save(`${folder}/${name}`, { type: 'notebook', format: 'json', content });
    }
    return {
      folder,
      first: `${folder}/${lessons[0]?.name ?? ''}`,
      written: missing.map(({ name }) => name),
      kept: lessons.filter(isThere).map(({ name }) => name)
    };
  } catch (error) {
    throw error instanceof CopyError ? error : new CopyError(...causeOf(error));
  }
}

/** Path of the folder for the lessons below `parent`; `parent` itself if it is such a folder. */
function folderIn(parent: string): string {
  if (parent === '' || parent === FOLDER || parent.endsWith(`/${FOLDER}`)) {
    return parent || FOLDER;
  }
  return `${parent}/${FOLDER}`;
}

/** Names of what lies in a folder; null: there is no such folder. */
async function namesIn(files: Files, folder: string): Promise<Set<string> | null> {
  try {
    const found = await files.get(folder, { content: true });
    if (found.type !== 'directory') {
      throw new CopyError('not-a-folder', folder);
    }
    return new Set((found.content as Contents.IModel[]).map(({ name }) => name));
  } catch (error) {
    if (statusOf(error) === 404) {
      return null;
    }
    throw error;
  }
}

function causeOf(error: unknown): [CopyFailure, string] {
  const detail = error instanceof Error ? error.message : String(error);
  switch (statusOf(error)) {
    case null:
      return ['unreachable', detail];
    case 403:
      return ['read-only', detail];
    default:
      return ['refused', detail];
  }
}

/** The status of the server's answer; null: no answer came. */
function statusOf(error: unknown): number | null {
  const response = error instanceof Error && 'response' in error ? error.response : null;
  return response instanceof Response ? response.status : null;
}
