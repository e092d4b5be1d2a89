// SPDX-License-Identifier: BSD-3-Clause
import { describe, expect, it } from 'vitest';
import { paint } from '../../src/model/paint';
import type { PaintOptions } from '../../src/model/paint';
import { CASES, caseOf, linesOf, payloadOf } from '../cases';
import type { Case } from '../cases';

describe('painting by the shared cases', () => {
  it.each(CASES)('$name: $sentence', ({ source, payload, expect: wanted }) => {
    const all = wanted.gradient_all !== undefined;
    expect({
      gradient: rowsOf(payload, source, { blend: 'gradient', showAll: false }),
      sharp: rowsOf(payload, source, { blend: 'sharp', showAll: false }),
      ...(all && { gradient_all: rowsOf(payload, source, { blend: 'gradient', showAll: true }) }),
      ...(all && { sharp_all: rowsOf(payload, source, { blend: 'sharp', showAll: true }) })
    }).toEqual({ ...wanted, summary: undefined, cards: undefined, changes: undefined });
  });
});

describe('painting some states only', () => {
  const { payload, source }: Case = caseOf('nesting');

  it('leaves out spans without a site in one of them', () => {
    const failed = { blend: 'gradient', showAll: false, states: ['failed'] } as const;
    expect(rowsOf(payload, source, failed)).toEqual([[1, 14, 21, 0, 1, 'failed']]);
  });

  it('paints nothing when none is chosen', () => {
    expect(rowsOf(payload, source, { blend: 'gradient', showAll: true, states: [] })).toEqual([]);
  });
});

function rowsOf(raw: unknown, source: string, options: PaintOptions): unknown[] {
  return paint(payloadOf(raw), linesOf(source), options).map(run => [
    run.line,
    run.column,
    run.endColumn,
    run.level,
    run.strength,
    run.state
  ]);
}
