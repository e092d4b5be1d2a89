// SPDX-License-Identifier: BSD-3-Clause
import { describe, expect, it } from 'vitest';
import { chosenBy, countsOf, kindOf, listOf, partsOf } from '../../src/panel/bytecodeModel';
import type { Kind } from '../../src/panel/bytecodeModel';
import { describeRow } from '../../src/panel/bytecodeRows';
import { readPayload } from '../../src/payload/read';
import type { Payload } from '../../src/payload/types';
import { caseOf, payloadOf } from '../cases';
import { trans } from '../editor/cell';

/** Two statements at the top level with a function between them, all instructions listed. */
const raw = {
  ...(caseOf('instructions').payload as Record<string, unknown>),
  strings: [
    ...['<module>', 'f', 'LOAD_NAME', 'BINARY_OP', 'BINARY_OP_ADD_INT'],
    ...['specialized', 'failed', 'x', 'RETURN_VALUE', '+']
  ].join('\n'),
  codes: { name: '0,1,0', line: '1,2,4' },
  verdicts: {
    op: '3,3',
    form: '4,',
    state: '5,6',
    attempts: ',4',
    executions: ',19',
    operator: '9,9'
  },
  sites: { span: '0,1', code: '1,2', offset: '2,4', verdict: '0,1' },
  places: { line: '1,0', column: '8,14', end: '18,7' },
  instructions: {
    offset: '0,0,2,0,4',
    op: '2,2,3,8,3',
    code: ',1,,1,',
    live: ',,4,,',
    words: '7,,9,,9',
    place: '0,,1,,-1',
    verdict: ',,0,,1'
  }
};

const whole = payloadOf(raw);
const alone = payloadOf({ ...raw, places: undefined, instructions: undefined });
const partsIn = (payload: Payload): [string | null, number][] =>
  partsOf(payload).map(({ name, instructions }) => [name, instructions.length]);
const none: ReadonlySet<Kind> = new Set();

describe('the functions of a cell', () => {
  it('puts the statements at the top level together, in the order of the text', () => {
    expect(partsIn(whole)).toEqual([
      [null, 3],
      ['f', 2]
    ]);
  });

  it('lists the sites where the instructions are missing', () => {
    expect([partsIn(alone), partsOf(alone)[1]?.instructions[0]?.live]).toEqual([
      [
        [null, 1],
        ['f', 1]
      ],
      'BINARY_OP_ADD_INT'
    ]);
  });

  it('counts the sites of each', () => {
    expect(partsOf(whole).map(({ summary }) => summary.share)).toEqual([0, 100]);
  });

  it('reads a large cell and leaves its functions closed', () => {
    const lines = Array.from({ length: 200 }, (_, n) => n);
    const many = {
      ...raw,
      instructions: { offset: lines.map(() => 2).join(','), op: lines.map(() => 2).join(',') }
    };
    const parts = partsOf(payloadOf(many));
    expect(listOf(parts, { opened: new Map(), hidden: none }).rows.length).toBe(1);
  });
});

describe('filtering', () => {
  it('counts what it hides, in closed functions too', () => {
    const parts = partsOf(whole);
    const opened = new Map([['1 f', false]]);
    const { rows, hidden } = listOf(parts, { opened, hidden: new Set<Kind>(['neutral']) });
    expect([rows.map(({ kind }) => kind), hidden]).toEqual([['part', 'instruction', 'part'], 3]);
  });

  it('offers the kinds that occur, the loudest first', () => {
    expect([...countsOf(partsOf(whole))]).toEqual([
      ['failed', 1],
      ['specialized', 1],
      ['neutral', 3]
    ]);
  });

  it('knows the kind of each instruction of any payload', () => {
    const kinds = (whole.instructions ?? []).map(kindOf);
    expect(kinds).toEqual(['neutral', 'neutral', 'specialized', 'neutral', 'failed']);
  });
});

describe('a row', () => {
  it('says live opcode, base in brackets, argument, and what became of it', () => {
    const rows = listOf(partsOf(whole), { opened: new Map(), hidden: none }).rows;
    const context = { trans, python: '3.12.1', marked: new Set<never>() };
    expect(rows.map(row => describeRow(row, context).label)).toEqual([
      'top level of the cell, line 1, 3 instructions, 0 % specialized, 1 failed',
      'at 0, LOAD_NAME, x',
      'at 0, RETURN_VALUE',
      'at 4, BINARY_OP, +, Tried at least 4 times, no fast form fitted · ran at least 19 times',
      'f, line 2, 2 instructions, 100 % specialized',
      'at 0, LOAD_NAME',
      'at 2, BINARY_OP_ADD_INT, [BINARY_OP], +, Specialized for int + int'
    ]);
  });
});

describe('what a selection means', () => {
  const places = [
    { from: 0, to: 9 },
    { from: 2, to: 5 },
    null,
    { from: 2, to: 5 },
    { from: 6, to: 8 }
  ];

  it.each([
    ['a cursor: the smallest place around it', 3, 3, [1, 3]],
    ['a cursor at the edge of two', 6, 6, [4]],
    ['a selection: all that lies inside', 1, 9, [1, 3, 4]],
    ['a selection within one place', 3, 4, [1, 3]],
    ['nowhere', 20, 20, []]
  ])('%s', (_, from, to, chosen) => {
    expect(chosenBy(places, from, to)).toEqual(chosen);
  });
});

it('survives whatever a payload may hold', () => {
  const odd = {
    ...raw,
    instructions: { ...raw.instructions, code: '9,-9,,1,', words: '99,,-1,,' }
  };
  const read = readPayload(odd);
  expect(read.ok && partsOf(read.value).length).toBeLessThan(4);
});
