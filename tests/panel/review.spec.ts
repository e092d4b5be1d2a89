// SPDX-License-Identifier: BSD-3-Clause
import { describe, expect, it } from 'vitest';
import { entryOf, ordered, rowsOf, total } from '../../src/panel/reviewModel';
import { describeRow } from '../../src/panel/reviewRows';
import { caseOf, payloadOf } from '../cases';
import { trans } from '../editor/cell';

const reviewed = (name: string, index: number, source = caseOf(name).source) =>
  entryOf({ index, id: `cell-${index}`, source, payload: payloadOf(caseOf(name).payload) });

/** The second one has a failing site, the first one none. */
const entries = [reviewed('never-painted', 0), reviewed('nesting', 1)];

describe('the review', () => {
  it('puts what fails most first, or keeps the order of the notebook', () => {
    const indexes = (order: 'failing' | 'place') =>
      ordered(entries, order).map(({ index }) => index);
    expect([indexes('failing'), indexes('place')]).toEqual([
      [1, 0],
      [0, 1]
    ]);
  });

  it('leads to the first failing span', () => {
    const { line, column, endColumn } = entries[1]?.failing ?? {};
    expect([line, column, endColumn, entries[0]?.failing]).toEqual([1, 14, 21, null]);
  });

  it('sums up all cells', () => {
    const { painted, counts, share } = total([reviewed('nesting', 0), reviewed('nesting', 1)]);
    expect([painted, counts.failed, share]).toEqual([6, 2, 33]);
  });

  it('takes the first line of code for a title, and cuts it', () => {
    const titles = [
      '%%specialize\n\n# why\ntotal = 1',
      '%%time\n# nothing else',
      `x = ${'1'.repeat(99)}`
    ];
    expect(titles.map(source => reviewed('nesting', 0, source).title)).toEqual([
      'total = 1',
      '%%time',
      `x = ${'1'.repeat(55)}…`
    ]);
  });

  it('lists the functions of the cells that are open', () => {
    const kinds = rowsOf(entries, new Set(['cell-0'])).map(({ kind }) => kind);
    expect(kinds).toEqual(['cell', 'cell', 'function']);
  });

  it('says each row in words', () => {
    const [, row, part] = rowsOf(entries, new Set(['cell-0']));
    expect([row, part].map(one => one && describeRow(one, trans).label)).toEqual([
      '[1] total = scale(a * 2.0) + b, 33 % specialized, 1 failed, 1 missing',
      'top level of the cell, line 1, 33 % specialized, 1 failed, 1 missing'
    ]);
  });
});
