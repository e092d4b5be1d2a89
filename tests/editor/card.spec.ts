// SPDX-License-Identifier: BSD-3-Clause
// @vitest-environment jsdom
import type { EditorState } from '@codemirror/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardElement, cardSentence } from '../../src/editor/card';
import { cardAt } from '../../src/editor/overlay';
import { sourceOf } from '../../src/payload/checksum';
import { caseOf, payloadOf } from '../cases';
import { oddVerdicts } from '../hostile';
import { cell, edited, emptyCell, show, trans } from './cell';

/** Lines of the card at the first character of `text`; none: no card. */
function linesAt(state: EditorState, text: string): string[] {
  const card = cardAt(state, state.doc.toString().indexOf(text));
  const element = card && cardElement(card, trans);
  const lines = element?.querySelectorAll('.jp-Specialize-section > *, .jp-Specialize-note, p, li');
  return [...(lines ?? [])].map(line => line.textContent);
}

describe('the card', () => {
  it('names the innermost site in full, then what is around it in one line each', () => {
    expect(linesAt(cell('nesting'), 'a * 2.0')).toEqual([
      'a * 2.0',
      '× Tried at least 3 times, no fast form fitted',
      'BINARY_OP',
      'Part of',
      'scale(a * 2.0) ~ Fast form, but its guard missed at least 5 times',
      'scale(a * 2.0) + b ● Specialized'
    ]);
  });

  it('says of deeply nested code how much more there is', () => {
    const rows = Array.from({ length: 12 }, (_, row) => row);
    const first = rows.map(row => (row === 0 ? 1 : 0));
    const deep = {
      ...(caseOf('nesting').payload as object),
      spans: {
        line: first.join(),
        column: rows.map(() => 8).join(),
        end: rows.map(row => 18 - row).join()
      },
      sites: {
        span: first.map(step => 1 - step).join(),
        code: rows.map(() => 0).join(),
        offset: rows.join(),
        verdict: rows.map(() => 0).join()
      }
    };
    const lines = linesAt(show(cell('nesting'), payloadOf(deep)), 'scale');
    expect([lines.length, lines.at(-1)]).toEqual([11, 'and 5 expressions more']);
  });

  it('is for the characters with the same covering spans', () => {
    const state = cell('nesting');
    const { from = 0, to = 0 } = cardAt(state, 9) ?? {};
    expect(state.sliceDoc(from, to)).toBe('scale(');
  });

  it('says why code is bare', () => {
    expect(linesAt(cell('show-all'), 'a - b').slice(0, 2)).toEqual([
      'a - b',
      '· Not run since this code became hot'
    ]);
  });

  it('shows a span over several lines in one', () => {
    expect(linesAt(cell('multi-line'), 'left')[0]).toBe('combine(left, right + 1,)');
  });

  it('is absent where no site is', () => {
    expect(cardAt(cell('nesting'), 0)).toBeNull();
  });

  it('is absent before the text, after it, and in an editor that shows nothing', () => {
    const state = cell('nesting');
    const positions = [cardAt(state, -1), cardAt(state, 999), cardAt(emptyCell('a + b'), 0)];
    expect(positions).toEqual([null, null, null]);
  });

  it('warns, and treats every text as text', () => {
    const warnings = [{ id: 'w', text: '<img src=x onerror=alert(1)>' }];
    const raw = { ...(caseOf('nesting').payload as object), warnings };
    const card = cardAt(show(cell('nesting'), payloadOf(raw)), 14);
    const element = card && cardElement(card, trans);
    expect([element?.querySelector('img'), element?.lastElementChild?.textContent]).toEqual([
      null,
      '<img src=x onerror=alert(1)>'
    ]);
  });

  it('gives every warning that a kernel may have at once', () => {
    const texts = ['traced', 'hidden', 'jit', 'free-threaded', 'no-columns'];
    const warnings = texts.map(text => ({ id: text, text }));
    const raw = { ...(caseOf('nesting').payload as object), warnings };
    const state = show(cell('nesting'), payloadOf(raw));
    expect(linesAt(state, 'a * 2.0').slice(-5)).toEqual(texts);
  });

  it('is a tooltip to assistive technology, and one sentence when it is read out', () => {
    const card = cardAt(cell('nesting'), 14);
    expect([
      card && cardElement(card, trans).getAttribute('role'),
      card && cardSentence(card, trans)
    ]).toEqual(['tooltip', 'a * 2.0: Tried at least 3 times, no fast form fitted']);
  });
});

describe('the card of a hostile payload', () => {
  const allowed = new Set(['DIV', 'P', 'CODE', 'UL', 'LI']);

  it('is text throughout, and a sentence, wherever it is asked for', () => {
    fc.assert(
      fc.property(oddVerdicts, fc.nat(60), (raw, at) => {
        const { source } = caseOf('nesting');
        const card = cardAt(show(emptyCell(source), payloadOf(marked(raw, source))), at);
        const elements = card === null ? [] : [...cardElement(card, trans).querySelectorAll('*')];
        expect(elements.filter(({ tagName }) => !allowed.has(tagName))).toEqual([]);
        expect(card === null || cardSentence(card, trans).length > 0).toBe(true);
      })
    );
  });
});

/** A payload that claims to be of `source`. */
const marked = (raw: object, source: string): object => ({ ...raw, source: sourceOf(source) });

describe('the card of an edited cell', () => {
  it('follows its code, and says from which run it is', () => {
    const state = edited(cell('nesting'), { from: 0, insert: '# note\n' });
    expect([linesAt(state, 'a * 2.0')[0], linesAt(state, 'a * 2.0').at(-1)]).toEqual([
      'a * 2.0',
      'From run [1]; the cell was edited since: run it again.'
    ]);
  });

  it('is absent on what was typed since', () => {
    const state = edited(cell('nesting'), { from: 22, insert: ' - c' });
    expect([linesAt(state, '- c'), linesAt(state, '+ b')[0]]).toEqual([[], 'scale(a * 2.0) + b']);
  });
});
