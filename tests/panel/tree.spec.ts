// SPDX-License-Identifier: BSD-3-Clause
// @vitest-environment jsdom
import { Widget } from '@lumino/widgets';
import { afterEach, describe, expect, it } from 'vitest';
import { Tree } from '../../src/panel/tree';

type Row = { name: string; level: 1 | 2; isOpen: boolean | null };
const parent = (name: string, isOpen = true): Row => ({ name, level: 1, isOpen });
const child = (name: string): Row => ({ name, level: 2, isOpen: null });

const done: string[] = [];
let tree: Tree<Row> | null = null;

function show(...rows: Row[]): Tree<Row> {
  done.length = 0;
  const label = 'rows';
  tree = new Tree<Row>(
    {
      label,
      idOf: ({ name }) => name,
      shapeOf: ({ level }) => ({ level, lines: level }),
      describe: ({ name, isOpen }) => ({
        isOpen,
        isMarked: name === 'marked',
        label: `row ${name}`,
        classes: '',
        draw: () => []
      })
    },
    {
      activate: ({ name }, byKey) => done.push(`${byKey ? 'key' : 'click'} ${name}`),
      open: ({ name }, isOpen) => done.push(`${isOpen ? 'open' : 'close'} ${name}`),
      point: row => done.push(`point ${row?.name ?? 'nothing'}`)
    }
  );
  Widget.attach(tree, document.body);
  tree.setRows(rows);
  return tree;
}

const press = (...keys: string[]): void => {
  for (const key of keys) {
    tree?.node.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  }
};

const active = (): string | null => {
  const id = tree?.node.getAttribute('aria-activedescendant') ?? '';
  return document.getElementById(id)?.getAttribute('aria-label') ?? null;
};

afterEach(() => {
  tree?.dispose();
});

describe('a tree', () => {
  it('is one stop for the tab key, and names the active row', () => {
    show(parent('a'), child('b'), child('c'));
    press('ArrowDown', 'ArrowDown');
    expect([tree?.node.tabIndex, tree?.node.getAttribute('role'), active()]).toEqual([
      0,
      'tree',
      'row b'
    ]);
  });

  it('goes to both ends and never beyond', () => {
    show(parent('a'), child('b'), child('c'));
    press('End', 'ArrowDown');
    const last = active();
    press('Home', 'ArrowUp');
    expect([last, active()]).toEqual(['row c', 'row a']);
  });

  it('closes an open row with the left key and opens a closed one with the right key', () => {
    show(parent('a'), child('b'), parent('c', false));
    press('Home', 'ArrowLeft', 'End', 'ArrowRight');
    expect(done.filter(one => !one.startsWith('point'))).toEqual(['close a', 'open c']);
  });

  it('steps from a row to its parent with the left key, and back with the right key', () => {
    show(parent('a'), child('b'), child('c'));
    press('End', 'ArrowLeft');
    const up = active();
    press('ArrowRight');
    expect([up, active()]).toEqual(['row a', 'row b']);
  });

  it('activates by click, Enter and the space bar, and says which', () => {
    show(parent('a'), child('b'));
    document.querySelector<HTMLElement>('[aria-label="row b"]')?.click();
    press('Enter', ' ');
    expect(done.filter(one => !one.startsWith('point'))).toEqual(['click b', 'key b', 'key b']);
  });

  it('leaves keys of the application alone', () => {
    show(parent('a'));
    const event = new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, cancelable: true });
    tree?.node.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
  });

  it('keeps the active row when rows come before it', () => {
    show(parent('a'), child('b'));
    press('End');
    tree?.setRows([parent('new'), parent('a'), child('b')]);
    expect(active()).toBe('row b');
  });

  it('says which rows are open, which are marked, and how deep they lie', () => {
    show(parent('a', false), child('marked'));
    const rows = [...document.querySelectorAll('[role="treeitem"]')];
    const said = rows.map(row =>
      ['aria-level', 'aria-expanded', 'aria-selected'].map(name => row.getAttribute(name))
    );
    expect(said).toEqual([
      ['1', 'false', 'false'],
      ['2', null, 'true']
    ]);
  });

  it('says where a row stands among its siblings, those out of the page included', () => {
    const children = Array.from({ length: 900 }, (_, n) => child(String(n)));
    show(parent('a'), ...children, parent('b'));
    const rankOf = (label: string) =>
      ['aria-posinset', 'aria-setsize'].map(name =>
        document.querySelector(`[aria-label="row ${label}"]`)?.getAttribute(name)
      );
    expect([rankOf('a'), rankOf('0'), rankOf('1')]).toEqual([
      ['1', '2'],
      ['1', '900'],
      ['2', '900']
    ]);
  });

  it('puts no more rows into the page than are seen', () => {
    show(...Array.from({ length: 15_000 }, (_, n) => child(String(n))));
    expect(document.querySelectorAll('[role="treeitem"]').length).toBeLessThan(60);
  });

  it('is no tree without rows', () => {
    show();
    expect(tree?.isHidden).toBe(true);
  });
});
