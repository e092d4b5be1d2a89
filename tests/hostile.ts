// SPDX-License-Identifier: BSD-3-Clause
/* Payloads that nobody would write: right enough to be read, wrong in any other way. */
import fc from 'fast-check';
import { STATES } from '../src/payload/states';
import { caseOf } from './cases';

const SPANS = 8;
const SITES = 14;
const INSTRUCTIONS = 10;

type Column = fc.Arbitrary<string>;

/** `rows` numbers of a range, some of them null if they may be. */
function column(rows: number, min: number, max: number, nulls = false): Column {
  const cell = nulls ? fc.option(fc.integer({ min, max }), { freq: 4 }) : fc.integer({ min, max });
  return fc
    .array(cell, { minLength: rows, maxLength: rows })
    .map(cells => cells.map(value => value ?? '').join(','));
}

/** A payload whose tables have rows of the right number, and places of any kind. */
export const oddPayload = fc
  .record({
    spans: fc.record({
      line: column(SPANS, -1, 2),
      column: column(SPANS, -1, 14, true),
      lines: column(SPANS, 0, 3, true),
      end: column(SPANS, 0, 18),
      neutral: column(SPANS, -1, 5, true)
    }),
    sites: fc.record({
      span: column(SITES, -1, 2, true),
      code: column(SITES, 0, 0),
      offset: column(SITES, 0, 40),
      verdict: column(SITES, 0, STATES.length)
    }),
    places: fc.record({ line: column(SPANS, -1, 2), end: column(SPANS, 0, 18) }),
    instructions: fc.record({
      offset: column(INSTRUCTIONS, -4, 40),
      op: column(INSTRUCTIONS, -1, STATES.length + 2),
      code: column(INSTRUCTIONS, -1, 1, true),
      live: column(INSTRUCTIONS, -1, STATES.length + 2, true),
      arg: column(INSTRUCTIONS, -1, 70_000, true),
      words: column(INSTRUCTIONS, -1, STATES.length + 2, true),
      place: column(INSTRUCTIONS, -2, 3, true),
      verdict: column(INSTRUCTIONS, -1, STATES.length, true)
    })
  })
  .map(tables => ({
    ...(caseOf('empty').payload as Record<string, unknown>),
    strings: [...STATES, '<module>', 'BINARY_OP'].join('\n'),
    codes: { name: String(STATES.length) },
    verdicts: {
      op: STATES.map(() => STATES.length + 1).join(','),
      state: STATES.map((_, i) => i).join(',')
    },
    ...tables
  }));

/** The same with one field replaced by anything at all. */
export const hostilePayload = fc
  .tuple(
    oddPayload,
    fc.constantFrom(
      'id',
      'source',
      'strings',
      'codes',
      'spans',
      'verdicts',
      'sites',
      'warnings',
      'places',
      'instructions'
    ),
    fc.anything()
  )
  .map(([payload, name, value]) => ({ ...payload, [name]: value }));

/** Rows of verdicts. */
const VERDICTS = STATES.length;
/** Strings of any kind, markup among them, beside the states. */
const word = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('<img src=x onerror=alert(1)>', 'BINARY_OP_ADD_INT', '__proto__', '/')
);

/** An odd payload whose verdicts are odd as well. */
export const oddVerdicts = fc
  .tuple(
    oddPayload,
    fc.array(word, { minLength: 4, maxLength: 4 }),
    fc.record(
      Object.fromEntries(
        ['form', 'operator', 'attempts', 'executions', 'exact', 'misses', 'next', 'reason'].map(
          name => [name, column(VERDICTS, -2, VERDICTS + 4, true)] as const
        )
      )
    )
  )
  .map(([payload, words, columns]) => ({
    ...payload,
    strings: [payload.strings, ...words].join('\n'),
    verdicts: { ...payload.verdicts, ...columns },
    reasons: words.map(text => ({ id: text, text, fix: text })),
    warnings: words.map(text => ({ id: text, text }))
  }));
