// SPDX-License-Identifier: BSD-3-Clause
/* Writes what the views of the kernel half take from src: `npm run regenerate`. */
import { writeFileSync } from 'node:fs';
import { runnerImport } from 'vite';

const VIEWS = new URL('../python_kernel_ext/src/ipyspecialize/views/', import.meta.url);
const ENGLISH = { __: text => text };

const load = async path =>
  (await runnerImport(new URL(`../src/${path}`, import.meta.url).pathname)).module;
const write = (name, data) => {
  writeFileSync(new URL(name, VIEWS), `${JSON.stringify(data, null, 1)}\n`);
  console.log(`python_kernel_ext/src/ipyspecialize/views/${name} written from src.`);
};

write('palette.json', (await load('color/css.ts')).tables());
write('forms.json', (await load('editor/forms.ts')).formTables(ENGLISH));
