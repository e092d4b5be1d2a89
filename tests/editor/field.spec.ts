// SPDX-License-Identifier: BSD-3-Clause
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { setShown } from '../../src/editor/field';
import { painted } from '../../src/editor/overlay';
import { caseOf, payloadOf } from '../cases';
import { SHARP, cell, edited, emptyCell, isStale, marksOf, show } from './cell';

const { source, payload } = caseOf('nesting');
const NESTING = [
  ['scale(', '6 missing'],
  ['a * 2.0', '4 failed'],
  [')', '6 missing'],
  ['+ b', '8 specialized']
];

describe('an editor that shows a payload', () => {
  it('paints the text that ran', () => {
    expect([marksOf(cell('nesting')), isStale(cell('nesting'))]).toEqual([NESTING, false]);
  });

  it('puts marks on several lines, in UTF-16 units', () => {
    expect(marksOf(cell('utf-16-columns')).map(([text]) => text)).toEqual([
      "'\u{1d4b3}é' +",
      'name',
      "'日本' * 2"
    ]);
  });

  it('counts a CR LF as one unit, as the editor does', () => {
    expect(marksOf(cell('line-ends')).map(([text]) => text)).toEqual(['a + b', 'c + d', 'e + f']);
  });

  it('paints anew when other options come', () => {
    const state = show(cell('nesting'), payloadOf(payload), SHARP);
    expect(marksOf(state)).toEqual([
      ['scale(', '4 missing'],
      ['a * 2.0', '0 failed'],
      [')', '4 missing'],
      ['+ b', '8 specialized']
    ]);
  });

  it('is bare after the payload is taken away', () => {
    const state = cell('nesting').update({ effects: setShown.of(null) }).state;
    expect([marksOf(state), isStale(state)]).toEqual([[], undefined]);
  });

  it('does not paint a text that did not run', () => {
    const state = show(emptyCell('something else'), payloadOf(payload));
    expect([marksOf(state), isStale(state)]).toEqual([[], true]);
  });

  it('says nothing in an editor without the overlay', () => {
    expect(painted(EditorState.create({ doc: source }))).toEqual([]);
  });
});

describe('an edit', () => {
  it('keeps a mark on its operands when text is typed before it', () => {
    const state = edited(cell('nesting'), { from: 0, insert: 'grand_' });
    expect([marksOf(state), isStale(state)]).toEqual([NESTING, true]);
  });

  it('does not paint what is typed beside a mark', () => {
    const state = edited(cell('nesting'), { from: source.length, insert: ' + c' });
    expect(marksOf(state)).toEqual(NESTING);
  });

  it('that is taken back makes the overlay fresh', () => {
    const there = edited(cell('nesting'), { from: 0, insert: '# ' });
    const back = edited(there, { from: 0, to: 2 });
    expect([marksOf(back), isStale(back)]).toEqual([NESTING, false]);
  });

  it('that splits the cell leaves the marks of the tail, and undoing it brings all back', () => {
    const tail = edited(cell('nesting'), { from: 0, to: 22 });
    const undone = edited(tail, { from: 0, insert: source.slice(0, 22) });
    expect([marksOf(tail), marksOf(undone), isStale(undone)]).toEqual([
      [['+ b', '8 specialized']],
      NESTING,
      false
    ]);
  });

  it('that replaces the whole text takes the marks, and replacing it back brings them', () => {
    const other = edited(cell('nesting'), { from: 0, to: source.length, insert: 'pass' });
    const back = edited(other, { from: 0, to: 4, insert: source });
    expect([marksOf(other), isStale(other), marksOf(back), isStale(back)]).toEqual([
      [],
      true,
      NESTING,
      false
    ]);
  });

  it('that replaces the whole text by itself changes nothing', () => {
    const same = edited(cell('nesting'), { from: 0, to: source.length, insert: source });
    expect([marksOf(same), isStale(same)]).toEqual([NESTING, false]);
  });

  it('of as many characters as before is still an edit', () => {
    const state = edited(cell('nesting'), { from: 14, to: 15, insert: 'z' });
    expect([state.doc.length, isStale(state)]).toEqual([source.length, true]);
  });

  it('paints a payload that came too early, once its text is there', () => {
    const early = show(emptyCell(''), payloadOf(payload));
    const state = edited(early, { from: 0, insert: source });
    expect([marksOf(state), isStale(state)]).toEqual([NESTING, false]);
  });
});

describe('an edited cell', () => {
  const stale = edited(edited(cell('nesting'), { from: 8, insert: '0 + ' }), {
    from: 0,
    insert: '# '
  });

  it('takes other options without losing its places', () => {
    const state = show(stale, payloadOf(payload), SHARP);
    expect([marksOf(state)[1], isStale(state)]).toEqual([['a * 2.0', '0 failed'], true]);
  });

  it('takes an update for the text that ran', () => {
    const update = { ...(payload as object), revision: 2 };
    const state = show(stale, payloadOf(update));
    expect([marksOf(state), isStale(state)]).toEqual([NESTING, true]);
  });

  it('gives up its places when a payload for another text comes', () => {
    const state = show(stale, payloadOf(caseOf('show-all').payload));
    expect([marksOf(state), isStale(state)]).toEqual([[], true]);
  });
});
