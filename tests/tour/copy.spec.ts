// SPDX-License-Identifier: BSD-3-Clause
import { describe, expect, it } from 'vitest';
import { copyLessons, CopyError, FOLDER } from '../../src/tour/copy';
import type { Files, Lesson } from '../../src/tour/copy';

const LESSONS: Lesson[] = ['01-a.ipynb', '02-b.ipynb'].map(name => ({
  name,
  content: { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 }
}));

/** What the server answers with where it refuses. */
function refusal(status: number): Error {
  return Object.assign(new Error(`status ${status}`), { response: new Response(null, { status }) });
}

/** Files in memory: null is a folder, a text a file. */
function drive(files: Record<string, string | null>) {
  const store = new Map(Object.entries(files));
  const get = (path: string) => {
    const found = store.get(path);
    if (found === undefined) {
      return Promise.reject(refusal(404));
    }
    const inside = [...store.keys()].filter(name => name.startsWith(`${path}/`));
    const content = inside.map(name => ({ name: name.slice(path.length + 1) }));
    return Promise.resolve({ type: found === null ? 'directory' : 'file', content });
  };
  const save = (path: string, { type }: { type?: string } = {}) => {
    store.set(path, type === 'directory' ? null : 'a lesson');
    return Promise.resolve({});
  };
  return { store, files: { get, save } as unknown as Files };
}

const folder = `work/${FOLDER}`;

describe('copying the lessons', () => {
  it('makes the folder and writes every lesson', async () => {
    const { store, files } = drive({});

    const copied = await copyLessons(files, 'work', LESSONS);

    expect(copied.written).toEqual(['01-a.ipynb', '02-b.ipynb']);
    expect([...store.keys()]).toEqual([folder, `${folder}/01-a.ipynb`, `${folder}/02-b.ipynb`]);
  });

  it('leaves a copy that is there as it is, and writes what is missing', async () => {
    const { store, files } = drive({ [folder]: null, [`${folder}/01-a.ipynb`]: 'my notes' });

    const copied = await copyLessons(files, 'work', LESSONS);

    expect(copied).toEqual({
      folder,
      first: `${folder}/01-a.ipynb`,
      written: ['02-b.ipynb'],
      kept: ['01-a.ipynb']
    });
    expect(store.get(`${folder}/01-a.ipynb`)).toBe('my notes');
  });

  it('makes no tour inside the tour', async () => {
    const { files } = drive({ [folder]: null });

    expect((await copyLessons(files, folder, LESSONS)).folder).toBe(folder);
  });

  it.each([
    ['read-only', refusal(403)],
    ['refused', refusal(500)],
    ['unreachable', new TypeError('Failed to fetch')]
  ])('says that the folder is %s', async (reason, error) => {
    const { files } = drive({});

    const copied = copyLessons({ ...files, save: () => Promise.reject(error) }, '', LESSONS);

    await expect(copied).rejects.toEqual(new CopyError(reason as 'refused', error.message));
  });

  it('says that a file has the name of the folder', async () => {
    const { files } = drive({ [FOLDER]: 'a file' });

    await expect(copyLessons(files, '', LESSONS)).rejects.toThrow('not-a-folder');
  });
});
