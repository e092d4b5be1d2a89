// SPDX-License-Identifier: BSD-3-Clause
import { describe, expect, it } from 'vitest';
import { changesOf, countChanges } from '../../src/model/compare';
import { CASES, caseOf, payloadOf } from '../cases';

describe('what changed since the cell was shown before', () => {
  it.each(CASES)('$name counts as it says', ({ payload, expect: wanted }) => {
    expect(countChanges(payloadOf(payload))).toEqual(wanted.changes ?? null);
  });

  it('has a word for each painted span', () => {
    const { payload } = caseOf('before-and-after');
    expect(changesOf(payloadOf(payload))).toEqual(['gained', 'lost', 'unchanged', 'new']);
  });

  it('takes a level that is none for no counterpart', () => {
    const payload = caseOf('before-and-after').payload as { spans: object };
    const spans = { ...payload.spans, before: '9,-1,,99' };
    expect(countChanges(payloadOf({ ...payload, spans }))).toMatchObject({ new: 4 });
  });

  it.each([
    7,
    { specialized: 3, painted: 2 },
    { specialized: -1, painted: 2 },
    { specialized: '1', painted: [] }
  ])('does without what is no earlier run: %j', before => {
    const payload = caseOf('before-and-after').payload as object;
    expect(countChanges(payloadOf({ ...payload, before }))).toBeNull();
  });
});
