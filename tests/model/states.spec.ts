// SPDX-License-Identifier: BSD-3-Clause
import { describe, expect, it } from 'vitest';
import { stateWord } from '../../src/editor/words';
import { LOOKS, PAINTABLE, STATES, halvesOf } from '../../src/model/states';
import { trans } from '../editor/cell';

const all = { showAll: true };

describe('states without their hue', () => {
  it('have a sign and a word each, no two alike', () => {
    const signs = new Set(STATES.map(state => LOOKS[state].glyph));
    const words = new Set(STATES.map(state => stateWord(state, trans)));
    expect([signs.size, words.size]).toEqual([STATES.length, STATES.length]);
  });

  it('have another line below for each weight: good, between and bad news', () => {
    const looks = PAINTABLE.map(state => [halvesOf(state, all), LOOKS[state].line] as const);
    const linesOf = (halves: number): Set<string | null> =>
      new Set(looks.filter(([weight]) => weight === halves).map(([, line]) => line));
    expect([linesOf(2), linesOf(1), linesOf(0)]).toEqual([
      new Set(['solid']),
      new Set(['dotted', 'dashed']),
      new Set(['wavy'])
    ]);
  });

  it('have a line exactly if they are ever painted', () => {
    expect(STATES.filter(state => LOOKS[state].line !== null).sort()).toEqual(
      [...PAINTABLE].sort()
    );
  });
});
