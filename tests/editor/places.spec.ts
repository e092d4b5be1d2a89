// SPDX-License-Identifier: BSD-3-Clause
// @vitest-environment jsdom
import { EditorView } from '@codemirror/view';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outline, placesIn, select } from '../../src/editor/places';
import { failingSpans } from '../../src/model/failing';
import { caseOf, payloadOf } from '../cases';
import { cell, edited, emptyCell } from './cell';

const { spans } = payloadOf(caseOf('nesting').payload);
const texts = (state: ReturnType<typeof cell>): (string | null)[] =>
  placesIn(state, [...spans, null]).map(place => place && state.sliceDoc(place.from, place.to));

describe('places of a payload in the document', () => {
  it('are where the text ran', () => {
    expect(texts(cell('nesting'))).toEqual([
      'scale(a * 2.0) + b',
      'scale(a * 2.0)',
      'a * 2.0',
      null
    ]);
  });

  it('move with edits, and are gone with what they stood for', () => {
    const state = edited(cell('nesting'), [
      { from: 0, insert: '# new\n' },
      { from: 14, to: 21, insert: '' }
    ]);
    expect(texts(state)).toEqual(['scale() + b', 'scale()', null, null]);
  });

  it('are nowhere in a text that never ran', () => {
    expect(placesIn(emptyCell('a + b'), spans)).toEqual([null, null, null]);
  });

  it('reach no further than the document, whatever they say', () => {
    const state = cell('nesting');
    const far = { line: 1, column: 8, endLine: 9_999, endColumn: 2 ** 50 };
    expect(placesIn(state, [far])).toEqual([{ from: 8, to: state.doc.length }]);
  });
});

describe('one of them', () => {
  let view = new EditorView();
  const outlined = (): string =>
    [...view.dom.querySelectorAll('.jp-Specialize-outline')].map(one => one.textContent).join('');

  beforeEach(() => {
    view = new EditorView({ state: cell('nesting') });
  });
  afterEach(() => {
    view.destroy(); // before it measures what jsdom does not lay out
  });

  it('is outlined, and no more', () => {
    outline(view, { from: 14, to: 21 });
    const first = outlined();
    outline(view, null);
    expect([first, outlined()]).toEqual(['a * 2.0', '']);
  });

  it('is selected without taking the focus', () => {
    select(view, { from: 14, to: 99_999 });
    const { from, to } = view.state.selection.main;
    expect([view.state.sliceDoc(from, to), view.hasFocus]).toEqual(['a * 2.0) + b', false]);
  });
});

it('what fails is listed in the order of the text', () => {
  const { line, column } = failingSpans(payloadOf(caseOf('nesting').payload))[0] ?? {};
  const none = failingSpans(payloadOf(caseOf('never-painted').payload));
  expect([line, column, none]).toEqual([1, 14, []]);
});
