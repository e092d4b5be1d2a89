// SPDX-License-Identifier: BSD-3-Clause
/* Writes the colour tables of src/color for the views of the kernel half: `npm run regenerate`. */
import { writeFileSync } from 'node:fs';
import { runnerImport } from 'vite';

const FILE = new URL('../python_kernel_ext/src/ipyspecialize/views/palette.json', import.meta.url);

const { module } = await runnerImport(new URL('../src/color/css.ts', import.meta.url).pathname);
writeFileSync(FILE, `${JSON.stringify(module.tables(), null, 1)}\n`);
console.log('python_kernel_ext/src/ipyspecialize/views/palette.json written from src/color.');
