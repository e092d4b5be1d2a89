// SPDX-License-Identifier: BSD-3-Clause
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formTables } from '../../src/editor/forms';
import {
  detailWords,
  opcodeWords,
  staleWords,
  stateWord,
  verdictWords
} from '../../src/editor/words';
import { STATES } from '../../src/payload/states';
import type { Verdict } from '../../src/payload/types';
import { trans } from './cell';

const verdict = (fields: Partial<Verdict>): Verdict => ({
  op: 'BINARY_OP',
  form: null,
  operator: null,
  state: 'failed',
  attempts: null,
  executions: null,
  exact: false,
  misses: null,
  next: null,
  compiled: false,
  reason: null,
  ...fields
});

type Case = {
  python: string;
  verdict: Partial<Verdict>;
  says: string;
  opcodes: string;
  details: string[];
};

const file = new URL('../../payload/words/verdicts.json', import.meta.url);
const CASES = JSON.parse(readFileSync(file, 'utf-8')) as Case[];

describe('a verdict in words', () => {
  it.each(CASES)('$python: $says', ({ python, verdict: fields, says, opcodes, details }) => {
    const one = verdict(fields);
    expect({
      says: verdictWords(one, python, trans),
      opcodes: opcodeWords(one),
      details: detailWords(one, trans)
    }).toEqual({ says, opcodes, details });
  });

  it('has a word of its own for each state', () => {
    expect(new Set(STATES.map(state => stateWord(state, trans))).size).toBe(STATES.length);
  });

  it('says that a cell was edited, with the run if it is known', () => {
    expect([staleWords(7, trans), staleWords(null, trans)]).toEqual([
      'From run [7]; the cell was edited since: run it again.',
      'The cell was edited after it ran: run it again.'
    ]);
  });

  it('gives the kernel half the same table of forms: npm run regenerate', () => {
    const views = '../../python_kernel_ext/src/ipyspecialize/views/forms.json';
    const written: unknown = JSON.parse(readFileSync(new URL(views, import.meta.url), 'utf-8'));
    expect(written).toEqual(formTables(trans));
  });
});
