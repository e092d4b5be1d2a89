// SPDX-License-Identifier: BSD-3-Clause
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ROWS, MAX_SIZE, readPayload } from '../../src/payload/read';
import { CASES, caseOf, payloadOf } from '../cases';
import { hostilePayload } from '../hostile';

type Raw = Record<string, unknown>;

/** The payload of a case with some of its fields replaced. */
const changed = (fields: Raw, name = 'nesting'): Raw => ({
  ...(caseOf(name).payload as Raw),
  ...fields
});

describe('reading a payload', () => {
  it('turns columns into records that refer to each other', () => {
    const { sites, spans } = payloadOf(caseOf('nesting').payload);
    expect([spans, sites[1]]).toEqual([
      [
        { line: 1, column: 8, endLine: 1, endColumn: 26, neutral: 2, before: null },
        { line: 1, column: 8, endLine: 1, endColumn: 22, neutral: 1, before: null },
        { line: 1, column: 14, endLine: 1, endColumn: 21, neutral: 2, before: null }
      ],
      {
        span: 1,
        code: { name: '<module>', line: 1 },
        offset: 2,
        verdict: {
          op: 'BINARY_OP',
          form: 'BINARY_OP_ADD_INT',
          operator: null,
          state: 'missing',
          attempts: null,
          executions: null,
          exact: false,
          misses: 5,
          next: null,
          compiled: false,
          reason: null
        },
        raw: null
      }
    ]);
  });

  it('turns instructions into records, offsets and places summed up', () => {
    const { instructions, sites } = payloadOf(caseOf('instructions').payload);
    const said = instructions?.map(({ offset, op, live, arg, words, extent, verdict }) => [
      offset,
      live === op ? op : `${live} (${op})`,
      arg,
      words,
      extent?.column,
      verdict === sites.find(site => site.offset === offset)?.verdict ? verdict.state : 'another'
    ]);
    expect(said).toEqual([
      [0, 'BINARY_OP_ADD_INT (BINARY_OP)', 0, null, 8, 'specialized'],
      [2, 'BINARY_OP_ADD_INT (BINARY_OP)', 0, null, 14, 'missing'],
      [4, 'BINARY_OP', 5, null, undefined, 'failed'],
      [6, 'INSTRUMENTED_LOAD_NAME (LOAD_NAME)', 0, 'a', 14, 'another']
    ]);
  });

  it('has no instructions where none were sent along', () => {
    expect(payloadOf(caseOf('nesting').payload).instructions).toBeNull();
  });

  it('reads every shared case', () => {
    expect(CASES.map(({ payload }) => readPayload(payload).ok)).not.toContain(false);
  });

  it('keeps what a reader may ignore out of the way', () => {
    const decorated = changed({
      options: { mode: 'sepia', palette: 'blue' },
      warnings: [{ id: 'w', text: 'careful' }, 7, { id: 8, text: 'no id' }],
      cut: { sites: 3, text: 'three are missing' },
      execution_count: 'seven',
      future: true
    });
    const { options, warnings, cut, executionCount } = payloadOf(decorated);
    expect({ options, warnings, cut, executionCount }).toEqual({
      options: { mode: null, palette: 'blue' },
      warnings: [{ id: 'w', text: 'careful' }],
      cut: { sites: 3, text: 'three are missing' },
      executionCount: null
    });
  });

  it('gives a site its reason, as text', () => {
    const reasons = [{ id: 'mixed', text: '<b>mixed</b>', fix: null }];
    const verdicts = { op: '0', state: '2', reason: '0' };
    const sites = { span: '0', code: '0', offset: '0', verdict: '0' };
    const { sites: read } = payloadOf(changed({ reasons, verdicts, sites }));
    expect(read[0]?.verdict.reason).toEqual({ id: 'mixed', text: '<b>mixed</b>', fix: null });
  });
});

describe('dropping rows', () => {
  it('drops spans that are empty or begin before the text, and keeps their sites without a place', () => {
    const spans = { line: '0,1,0', column: '0,0,4', end: '3,0,2' };
    const sites = { span: '0,1,1', code: '0,0,0', offset: '0,2,4', verdict: '0,0,0' };
    const payload = payloadOf(changed({ spans, sites }));
    expect([payload.spans.length, payload.sites.map(site => site.span)]).toEqual([
      1,
      [null, null, 0]
    ]);
  });

  it('drops sites that point at no code, no verdict or no offset', () => {
    const sites = {
      span: '0,0,0,0',
      code: '0,9,0,0',
      offset: '0,2,-4,6',
      verdict: '0,0,0,99'
    };
    expect(payloadOf(changed({ sites })).sites.length).toBe(1);
  });
});

describe('dropping instructions', () => {
  it('drops those of no code object or opcode, and empties places that are none', () => {
    const places = { line: '0,1', column: '0,0', end: '3,3' };
    const instructions = { offset: '0,2,2,2', op: '0,99,0,0', code: '0,,,9', place: '0,1,7,' };
    const read = payloadOf(changed({ places, instructions })).instructions ?? [];
    expect(read.map(({ offset, extent }) => [offset, extent])).toEqual([
      [0, null],
      [4, null]
    ]);
  });
});

describe('refusing a payload', () => {
  it.each<[string, unknown, string]>([
    ['nothing', null, 'not-a-payload'],
    ['a list', [1], 'not-a-payload'],
    ['an object without a version', { id: 'specialize:a' }, 'not-a-payload'],
    ['another version', changed({ version: 2 }), 'version'],
    ['a version that is text', changed({ version: '1' }), 'version'],
    ['an id that is not ours', changed({ id: 'specialize:<img>' }), 'damaged'],
    ['no source', changed({ source: undefined }), 'damaged'],
    ['a revision that counts nothing', changed({ revision: -1 }), 'damaged'],
    ['a table that is missing', changed({ sites: undefined }), 'damaged'],
    ['columns of unequal length', changed({ spans: { line: '1,0', end: '3' } }), 'damaged'],
    ['a column that is a list', changed({ spans: { line: [1], end: '3' } }), 'damaged'],
    ['a value that is no whole number', changed({ spans: { line: '1e3', end: '3' } }), 'damaged'],
    ['a value too long to be exact', changed({ spans: { line: '1'.repeat(16), end: '3' } }), 'damaged'],
    ['a null where none may be', changed({ spans: { line: '1,,0', end: '3,3,3' } }), 'damaged'],
    ['instructions without places', changed({ instructions: { offset: '0', op: '0' } }), 'damaged'],
    ['instructions that are a list', changed({ places: {}, instructions: [] }), 'damaged'],
    ['too many instructions', changed({ instructions: { offset: '0,'.repeat(MAX_ROWS) + '0' } }), 'too-large'],
    ['strings that are none', changed({ strings: [1, 2] }), 'damaged'],
    ['too much text', changed({ strings: 'x'.repeat(MAX_SIZE + 1) }), 'too-large'],
    ['too much text without a table', { version: 1, strings: 'x'.repeat(MAX_SIZE + 1) }, 'too-large'],
    ['too many strings', changed({ strings: '\n'.repeat(MAX_ROWS) }), 'too-large'],
    ['too many rows', changed({ codes: { name: '0,'.repeat(MAX_ROWS) + '0' } }), 'too-large']
  ])('refuses %s', (_, raw, why) => {
    expect(readPayload(raw)).toEqual({ ok: false, why });
  });

  it('survives an object that throws when it is looked at', () => {
    const trap = new Proxy({}, { get: () => { throw new Error('mine'); } });
    expect(readPayload(trap)).toEqual({ ok: false, why: 'damaged' });
  });
});

describe('laws', () => {
  it('readPayload never throws', () => {
    const json = fc.json().map(text => JSON.parse(text) as unknown);
    fc.assert(
      fc.property(fc.oneof(fc.anything(), json, hostilePayload), raw => {
        expect(typeof readPayload(raw).ok).toBe('boolean');
      })
    );
  });
});
