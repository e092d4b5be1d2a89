// SPDX-License-Identifier: BSD-3-Clause
/* Empty states: each says what this is and what to do next. */
import { describe, expect, it } from 'vitest';
import { cellAdvice, missingAdvice, reviewAdvice } from '../../src/panel/advice';
import type { Situation } from '../../src/panel/advice';
import { listingOf } from '../../src/panel/instructions';
import type { Answer } from '../../src/kernel/ask';
import { MIME } from '../../src/payload/mime';
import { caseOf, payloadOf } from '../cases';
import { trans } from '../editor/cell';

const good: Situation = { kernel: 'python', language: 'python', cell: 'ran' };
const said = (situation: Partial<Situation>) => {
  const { text, acts } = cellAdvice({ ...good, ...situation }, null, trans);
  return [text, acts.map(({ command }) => command)];
};

describe('an empty panel', () => {
  it.each<[Partial<Situation>, string, string[]]>([
    [{ kernel: null, cell: 'none' }, 'Open a notebook with a Python kernel', []],
    [{ kernel: 'none' }, 'no kernel', ['notebook:change-kernel']],
    [{ kernel: 'dead' }, 'has died', ['notebook:restart-kernel']],
    [{ kernel: 'other', language: 'R' }, 'runs R', ['notebook:change-kernel']],
    [{ cell: 'not-code' }, 'Select a code cell', []],
    [{ cell: 'fresh' }, 'has not run yet', ['specialize:annotate']],
    [{ cell: 'ran' }, 'shows no specialization yet', ['specialize:annotate']]
  ])('%j', (situation, text, commands) => {
    expect(said(situation)).toEqual([expect.stringContaining(text), commands]);
  });

  it('says what is wrong with what the cell shows', () => {
    const { text } = cellAdvice(good, { ok: false, why: 'damaged' }, trans);
    expect(text).toContain('damaged: run the cell again');
  });

  it('offers to annotate all cells where none is', () => {
    const { acts } = reviewAdvice(good, trans);
    expect(acts.map(({ command }) => command)).toEqual(['specialize:annotate-all']);
  });
});

describe('instructions that do not come', () => {
  const shown = payloadOf(caseOf('nesting').payload);
  const answer = (fields: object): Answer => ({
    kind: 'bundle',
    bundle: {
      [MIME]: { ...(caseOf('instructions').payload as object), id: shown.id, ...fields }
    }
  });
  const whyOf = (one: Answer) => {
    const listing = listingOf(one, shown);
    return listing.kind === 'missing' ? listing.why : listing.kind;
  };

  it.each<[string, Answer, string]>([
    ['of this run', answer({}), 'whole'],
    ['of another run', answer({ execution_count: 8 }), 'changed'],
    ['of another kernel', answer({ session: 'f'.repeat(16) }), 'changed'],
    ['of another text', answer({ source: { length: 1, crc32: 1 } }), 'changed'],
    ['of another cell', answer({ id: 'specialize:other' }), 'changed'],
    ['without any', answer({ instructions: undefined, places: undefined }), 'too-many'],
    ['damaged', answer({ instructions: 7 }), 'changed'],
    ['never run', { kind: 'not-run' }, 'forgotten'],
    ['interrupted', { kind: 'aborted' }, 'cancelled'],
    ['older', { kind: 'error', text: 'AttributeError' }, 'old']
  ])('%s', (_, one, why) => {
    expect(whyOf(one)).toBe(why);
  });

  it('says why, and offers to ask again where that may help', () => {
    const acts = (['ended', 'cancelled', 'none'] as const).map(why => {
      const { text, acts: offered } = missingAdvice(why, trans);
      return [text.startsWith('Only the adaptive instructions'), offered.map(act => act.command)];
    });
    expect(acts).toEqual([
      [true, []],
      [true, ['retry']],
      [true, ['notebook:change-kernel']]
    ]);
  });
});
