// SPDX-License-Identifier: BSD-3-Clause
/* Our keys against those of JupyterLab's own schemas, as they are installed. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CommandIDs } from '../src/tokens';

type Shortcut = { command: string; selector: string } & Record<string, unknown>;
type Item = { command?: string; submenu?: { items: Item[] } };
type Schema = {
  'jupyter.lab.shortcuts'?: Shortcut[];
  'jupyter.lab.menus'?: { main?: { items: Item[] }[]; context?: Item[] };
};

const ROOT = join(import.meta.dirname, '..');
const LAB = join(ROOT, '.venv/share/jupyter/lab/schemas/@jupyterlab');
const read = (path: string): Schema => JSON.parse(readFileSync(path, 'utf-8')) as Schema;

const ours = read(join(ROOT, 'schema/commands.json'));
const shortcuts = ours['jupyter.lab.shortcuts'] ?? [];

/** All keys of a shortcut, of every system; a chord as its first stroke. */
const keysOf = (shortcut: Shortcut): string[] =>
  ['keys', 'macKeys', 'winKeys', 'linuxKeys']
    .map(name => shortcut[name])
    .filter((keys): keys is string[] => Array.isArray(keys) && keys.length > 0)
    .map(([first = '']) => first.split(' ').sort().join(' '));

describe('shortcuts', () => {
  it('shadow none of JupyterLab, wherever it holds', () => {
    const taken = new Set(
      readdirSync(LAB, { recursive: true, encoding: 'utf-8' })
        .filter(file => file.endsWith('.json'))
        .flatMap(file => read(join(LAB, file))['jupyter.lab.shortcuts'] ?? [])
        .flatMap(keysOf)
    );
    expect(taken.size).toBeGreaterThan(80);
    expect(shortcuts.flatMap(keysOf).filter(keys => taken.has(keys))).toEqual([]);
  });

  it('are four, no two alike', () => {
    expect(new Set(shortcuts.flatMap(keysOf)).size).toBe(4);
  });

  it('and menus call commands that there are', () => {
    const inMenu = (items: Item[] = []): string[] =>
      items.flatMap(({ command, submenu }) => [
        ...(command === undefined ? [] : [command]),
        ...inMenu(submenu?.items)
      ]);
    const { main = [], context = [] } = ours['jupyter.lab.menus'] ?? {};
    const called = [
      ...shortcuts.map(({ command }) => command),
      ...main.flatMap(({ items }) => inMenu(items)),
      ...inMenu(context)
    ];
    const known: string[] = Object.values(CommandIDs);
    expect(called.filter(command => !known.includes(command))).toEqual([]);
  });
});
