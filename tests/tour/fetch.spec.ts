// SPDX-License-Identifier: BSD-3-Clause
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CopyError } from '../../src/tour/copy';
import { fetchLessons } from '../../src/tour/fetch';

const NAMES = ['01-fahrenheit.ipynb', '02-warming-up.ipynb'];

const server = createServer(({ url = '' }, response) => {
  if (url === '/login') {
    response.end('<!doctype html><title>Who are you?</title>');
  } else if (url === '/array') {
    response.end('[]');
  } else if (NAMES.includes(url.slice(1))) {
    response.end(readFileSync(`notebooks${url}`));
  } else {
    response.writeHead(404).end();
  }
});
let base = '';

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

const fetched = (...paths: string[]) =>
  fetchLessons(paths.map(path => ({ name: path, address: `${base}/${path}` })));

describe('fetching the lessons', () => {
  it('brings them in their order, without what a run left', async () => {
    const lessons = await fetched(...NAMES);

    expect(lessons.map(({ name }) => name)).toEqual(NAMES);
    const code = lessons.flatMap(({ content }) =>
      content.cells.filter(({ cell_type: type }) => type === 'code')
    );
    expect(code.length).toBeGreaterThan(0);
    expect(new Set(code.map(({ outputs }) => JSON.stringify(outputs)))).toEqual(new Set(['[]']));
    expect(new Set(code.map(({ execution_count: count }) => count))).toEqual(new Set([null]));
  });

  it.each([
    ['a file that is missing', 'nothing', '404'],
    ['a page in its place', 'login', 'JSON'],
    ['JSON that is no notebook', 'array', 'TypeError']
  ])('says that they are gone where it meets %s', async (_, path, said) => {
    const failure = await fetched(path).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(CopyError);
    expect(failure).toMatchObject({
      reason: 'gone',
      detail: expect.stringContaining(said) as string
    });
  });

  it('says that the server does not answer', async () => {
    const lessons = fetchLessons([{ name: 'a', address: 'http://127.0.0.1:1/a' }]);

    await expect(lessons).rejects.toMatchObject({ reason: 'unreachable' });
  });
});
