// SPDX-License-Identifier: BSD-3-Clause
import { describe, expect, it } from 'vitest';
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
  state: 'failed',
  attempts: null,
  executions: null,
  exact: false,
  misses: null,
  compiled: false,
  reason: null,
  ...fields
});

describe('a verdict in words', () => {
  it.each<[string, Partial<Verdict>]>([
    ['Specialized', { state: 'specialized' }],
    ['Fast form, but its guard missed at least 12 times', { state: 'missing', misses: 12 }],
    ['Fast form, but its guard missed', { state: 'missing' }],
    ['Caches only the kind of callee', { state: 'general' }],
    ['Tried 4 times, no fast form fitted', { attempts: 4, exact: true }],
    ['Tried at least 4 times, no fast form fitted', { attempts: 4 }],
    ['Tried once, no fast form fitted', { attempts: 1, exact: true }],
    ['Tried, no fast form fitted', {}],
    ['Was specialized, fell back', { state: 'deoptimized' }],
    ['No fast form for this in 3.11', { state: 'unsupported' }],
    ['Ran, not tried yet', { state: 'waiting' }],
    ['Not run since this code became hot', { state: 'cold' }],
    ['Hidden by a tracer, debugger or coverage tool', { state: 'hidden' }],
    ['State not known for Python 3.11', { state: 'unknown' }]
  ])('%s', (words, fields) => {
    expect(verdictWords(verdict(fields), '3.11.7', trans)).toBe(words);
  });

  it('knows that later versions remember every run', () => {
    expect(verdictWords(verdict({ state: 'cold' }), '3.13.0', trans)).toBe('Never ran');
  });

  it('names the base opcode and the form in its place', () => {
    const specialized = verdict({ form: 'BINARY_OP_ADD_INT' });
    expect([opcodeWords(verdict({})), opcodeWords(specialized)]).toEqual([
      'BINARY_OP',
      'BINARY_OP → BINARY_OP_ADD_INT'
    ]);
  });

  it('adds the numbers that its sentence does not say', () => {
    const counts = { attempts: 2, executions: 40, misses: 1, compiled: true };
    expect([
      detailWords(verdict({ ...counts, state: 'specialized', exact: true }), trans),
      detailWords(verdict({ ...counts, state: 'missing' }), trans),
      detailWords(verdict({ attempts: 2 }), trans)
    ]).toEqual([
      ['ran 40 times', 'tried 2 times', 'guard missed at least once', 'in a JIT trace'],
      ['ran at least 40 times', 'tried at least 2 times', 'in a JIT trace'],
      []
    ]);
  });

  it('has a word of its own for each state', () => {
    expect(new Set(STATES.map(state => stateWord(state, trans))).size).toBe(STATES.length);
  });

  it('says that a cell was edited, with the run if it is known', () => {
    expect([staleWords(7, trans), staleWords(null, trans)]).toEqual([
      'From run [7]; the cell was edited since.',
      'The cell was edited after it ran.'
    ]);
  });
});
