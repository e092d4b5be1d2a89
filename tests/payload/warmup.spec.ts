// SPDX-License-Identifier: BSD-3-Clause
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payloadAfter, turnsOf } from '../../src/model/warmup';
import { MAX_SOURCE, readWarmUp } from '../../src/payload/warmup';
import { hostilePayload } from '../hostile';
import { WARM_UPS, warmUpOf } from '../warmups';

const wire = WARM_UPS[0]?.wire ?? {};
const whyNot = (raw: unknown): string | null => {
  const read = readWarmUp(raw);
  return read.ok ? null : read.why;
};

describe('reading a warm-up', () => {
  it.each(WARM_UPS.map(one => [one.sentence, one] as const))('%s', (_, { calls, turns, wire }) => {
    const read = readWarmUp(wire);
    const warmUp = read.ok ? read.value : null;
    const found = calls.map((_states, index) =>
      warmUp === null
        ? null
        : payloadAfter(warmUp, index + 1).sites.map(({ verdict }) => [
            verdict.state,
            verdict.form,
            verdict.attempts
          ])
    );
    expect([found, warmUp && turnsOf(warmUp)]).toEqual([calls, turns]);
  });

  it.each([
    ['nothing', null, 'not-a-payload'],
    ['another version', { ...wire, version: 2 }, 'version'],
    ['no calls', { ...wire, made: 0 }, 'damaged'],
    ['more calls than were asked for', { ...wire, made: 21 }, 'damaged'],
    ['more calls than anybody may ask for', { ...wire, asked: 5_000, made: 5_000 }, 'damaged'],
    ['a text that is none', { ...wire, text: 7 }, 'damaged'],
    ['a source that is huge', { ...wire, text: 'x'.repeat(MAX_SOURCE + 1) }, 'too-large'],
    ['changes that are huge', { ...wire, changes: { call: '1,'.repeat(2e6) } }, 'too-large'],
    [
      'calls that run backwards',
      { ...wire, changes: { call: '3,-1', site: '0,0', verdict: '1,1' } },
      'damaged'
    ],
    ['a payload that is damaged', { ...wire, payload: { version: 1 } }, 'damaged'],
    [
      'a payload whose rows cannot be counted',
      {
        ...wire,
        payload: {
          ...(wire.payload as object),
          sites: { code: '0,9', offset: '0,2', verdict: '0,0' }
        }
      },
      'damaged'
    ]
  ])('refuses %s', (_, raw, why) => {
    expect(whyNot(raw)).toBe(why);
  });

  it('drops changes that point nowhere', () => {
    const changes = { call: '2,0,0,99', site: '0,9,1,1', verdict: '1,1,99,1' };
    expect(warmUpOf({ changes }).changes.map(({ call, site }) => [call, site])).toEqual([[2, 0]]);
  });

  it('never throws, and never paints a call that is not there', () => {
    fc.assert(
      fc.property(hostilePayload, fc.anything(), fc.nat(30), (payload, changes, call) => {
        const read = readWarmUp({ ...wire, payload, changes });
        return !read.ok || payloadAfter(read.value, call).sites.length === read.value.payload.sites.length;
      })
    );
  });
});
