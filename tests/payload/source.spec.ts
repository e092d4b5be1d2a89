// SPDX-License-Identifier: BSD-3-Clause
import { describe, expect, it } from 'vitest';
import { sourceOf } from '../../src/payload/checksum';
import { findBundle } from '../../src/payload/find';
import { MIME } from '../../src/payload/mime';
import { isTextOf } from '../../src/model/stale';
import { summaryOf } from '../../src/model/summary';
import { CASES, payloadOf } from '../cases';

describe('the shared cases', () => {
  it.each(CASES)('$name: the source is known by length and checksum', ({ source, payload }) => {
    expect(sourceOf(source)).toEqual(payloadOf(payload).source);
  });

  it.each(CASES)('$name: sites are counted by state', ({ payload, expect: { summary } }) => {
    expect(summaryOf(payloadOf(payload))).toEqual(summary);
  });
});

describe('a text', () => {
  it('is the one that ran if length and checksum agree', () => {
    const source = sourceOf('a + b');
    expect(['a + b', 'a - b', 'a + b '].map(text => isTextOf(source, text))).toEqual([
      true,
      false,
      false
    ]);
  });

  it('is not spelled out when the length differs', () => {
    const text = {
      length: 7,
      toString: () => {
        throw new Error('spelled out');
      }
    };
    expect(isTextOf(sourceOf('a + b'), text)).toBe(false);
  });
});

describe('finding our bundle', () => {
  const outputs = (...datas: Record<string, unknown>[]) => ({
    length: datas.length,
    get: (index: number) => ({ toJSON: () => ({ data: datas[index] ?? {} }) })
  });

  it('takes the last output that has it', () => {
    const found = findBundle(outputs({ [MIME]: 1 }, { 'text/plain': '' }, { [MIME]: 2 }, {}));
    expect(found).toEqual({ index: 2, raw: 2 });
  });

  it('finds none among other outputs', () => {
    expect(findBundle(outputs({ 'text/plain': '' }))).toBeNull();
  });
});
