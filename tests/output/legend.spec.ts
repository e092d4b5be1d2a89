// SPDX-License-Identifier: BSD-3-Clause
/* What the line under a cell says. */

import { describe, expect, it } from 'vitest';
import { legendOf } from '../../src/output/legend';
import { CASES } from '../cases';
import { trans } from '../editor/cell';

/** A payload of the shared case that has every state. */
function payloadOf(changes: object = {}): unknown {
  const named = CASES.find(({ name }) => name === 'nesting');
  return { ...(named?.payload as object), ...changes };
}

describe('the legend', () => {
  it.each(
    CASES.map(({ name, payload, expect: wanted }) => [name, payload, wanted.summary] as const)
  )('says the counts and the share of the case %s', (_, payload, { counts, painted, share }) => {
    const { head, counts: said } = legendOf(payload, trans);
    const numbers = said.map(({ text }) => Number(/\d+/.exec(text)?.[0]));
    expect(numbers.toSorted()).toEqual(Object.values(counts).toSorted());
    expect(head).toContain(share === null ? 'loop or a function' : `of ${painted} site`);
  });

  it('paints the words as the code is painted', () => {
    const looks = legendOf(payloadOf(), trans).counts.map(({ classes }) => classes);
    expect(looks).toContain(
      'jp-Specialize-mark jp-Specialize-l0 jp-Specialize-s2 jp-Specialize-failed'
    );
  });

  it('paints what never ran where the code is painted so', () => {
    const cold = CASES.find(({ expect: { summary } }) => 'cold' in summary.counts)?.payload;
    const looks = (showAll: boolean): string[] =>
      legendOf(cold, trans, { showAll })
        .counts.filter(({ text }) => text.endsWith(' cold'))
        .map(({ classes }) => classes);
    expect([looks(false), looks(true)]).toEqual([
      [''],
      ['jp-Specialize-mark jp-Specialize-l0 jp-Specialize-s2 jp-Specialize-cold']
    ]);
  });

  it('names the run, then what limits the picture, then what was cut', () => {
    const { notes } = legendOf(
      payloadOf({
        execution_count: 7,
        warnings: [{ id: 'traced', text: 'A tracer was on.' }],
        cut: { sites: 3, text: '3 sites are left out.' }
      }),
      trans
    );
    expect(notes).toEqual(['run [7]', 'A tracer was on.', '3 sites are left out.']);
  });

  it('names the run that changed it, and says that its kernel has ended', () => {
    const { notes } = legendOf(payloadOf({ execution_count: 3, changed_by: 7 }), trans, {
      isEnded: () => true
    });
    expect(notes).toEqual([
      'run [3]',
      'changed by run [7]',
      'its kernel has ended: run the cell again to follow it'
    ]);
  });

  it('has words for a cell that was edited since, with the next act', () => {
    expect(legendOf(payloadOf(), trans).edited).toContain('edited since: run it again');
    expect(legendOf({ version: 9 }, trans).edited).toBe('');
  });

  it('names what changed elsewhere, a cell at a time, and only well-formed ids', () => {
    const of = (cell_id: unknown, name: string, execution_count: number | null) => ({
      cell_id,
      execution_count,
      function: name,
      sites: 1
    });
    const elsewhere = [
      of('a', 'f', 1),
      ...['g', 'h', 'i', 'j'].map(name => of('b', name, 2)),
      of('<b>', 'k', null)
    ];
    expect(legendOf(payloadOf({ elsewhere }), trans).elsewhere).toEqual([
      { text: 'f in [1] changed', cellId: 'a' },
      { text: 'g, h, i, … in [2] changed', cellId: 'b' },
      { text: 'k changed', cellId: null }
    ]);
  });

  it('says what changed since the run before, with both shares', () => {
    const named = CASES.find(({ name }) => name === 'before-and-after');
    expect(legendOf(named?.payload, trans).since).toBe(
      '1 gained, 1 lost, 1 unchanged, 1 new since run [3]: 25 % → 50 %'
    );
    expect(legendOf(payloadOf(), trans).since).toBe('');
  });

  it('offers frames only where something was gained or lost, and one share where it stays', () => {
    const one = CASES.find(({ name }) => name === 'before-and-after')?.payload as {
      spans: object;
      before: object;
    };
    const same = {
      ...one,
      spans: { ...one.spans, before: '8,0,4,8' },
      before: { ...one.before, specialized: 2 }
    };
    const told = [one, same].map(payload => legendOf(payload, trans));
    expect(told.map(({ hasFrames }) => hasFrames)).toEqual([true, false]);
    expect(told[1]?.since).toBe('4 unchanged since run [3]');
  });

  it('gives no advice about loops where a warning says why nothing is specialized', () => {
    const cold = CASES.find(({ expect: wanted }) => wanted.summary.share === null)?.payload;
    const head = (id: string): string =>
      legendOf({ ...(cold as object), warnings: [{ id, text: 'Why.' }] }, trans).head;
    expect([head('traced'), head('jit')]).toEqual([
      'Nothing here is specialized.',
      expect.stringContaining('loop or a function')
    ]);
  });

  it('follows the hues that the cell asked for', () => {
    const asked = payloadOf({ options: { mode: null, palette: 'blue' } });
    expect(legendOf(asked, trans).palette).toBe('blue');
  });

  it.each([
    ['nothing', null, 'not a specialization payload'],
    ['another version', { version: 2 }, 'another version'],
    ['damage', payloadOf({ spans: 'x' }), 'damaged'],
    ['a bomb', payloadOf({ strings: 'x'.repeat(2_000_001) }), 'too large']
  ])('says why %s is not shown, and what to do', (_, raw, said) => {
    const { head, counts } = legendOf(raw, trans);
    expect([head, counts]).toEqual([expect.stringContaining(said), []]);
    expect(head).toMatch(/again/);
  });
});
