// SPDX-License-Identifier: BSD-3-Clause
// @vitest-environment jsdom
/* The frames around what was gained and lost. */
import { EditorView } from '@codemirror/view';
import { afterEach, expect, it } from 'vitest';
import { cardElement, cardSentence } from '../../src/editor/card';
import { cardAt, overlay, showDetails } from '../../src/editor/overlay';
import { caseOf } from '../cases';
import { FakeSource, trans } from './cell';

const { source: doc, payload } = caseOf('before-and-after');
const views: EditorView[] = [];

afterEach(() => {
  views.splice(0).forEach(view => {
    view.destroy();
  });
});

const settled = (): Promise<void> => Promise.resolve();

/** An editor that shows the case, the switch on or off. */
async function open(source: FakeSource, text = doc): Promise<EditorView> {
  const view = new EditorView({ doc: text, extensions: overlay(source) });
  views.push(view);
  await settled();
  return view;
}

function compared(raw: unknown = payload): FakeSource {
  const source = new FakeSource(raw);
  source.compared = true;
  return source;
}

/** What is framed, and how. */
const framesOf = (view: EditorView): (string | null | undefined)[][] =>
  [...view.dom.querySelectorAll('.jp-Specialize-change')].map(element => [
    element.textContent,
    /Specialize-(gained|lost)/.exec(element.className)?.[1]
  ]);

const FRAMES = [
  ['a + b', 'gained'],
  ['c + d', 'lost']
];

it('frames what was gained and lost while the switch is on', async () => {
  const source = compared();
  const view = await open(source);
  const on = framesOf(view);
  source.compared = false;
  source.emit();
  await settled();
  expect([on, framesOf(view)]).toEqual([FRAMES, []]);
});

it('says on the card what became of the code, while the switch is on', async () => {
  const source = compared();
  const view = await open(source);
  const said = (text: string): string => {
    const card = cardAt(view.state, doc.indexOf(text));
    return card === null ? '' : cardElement(card, trans).textContent + cardSentence(card, trans);
  };
  const on = ['a + b', 'c + d'].map(said);
  source.compared = false;
  source.emit();
  await settled();

  expect(on).toEqual([
    expect.stringMatching(/\+ gained since run \[3\].*\. \+ gained since run \[3\]/),
    expect.stringMatching(/− lost since run \[3\].*\. − lost since run \[3\]/)
  ]);
  expect(said('a + b')).not.toContain('since');
});

it('says on an open card what became of the code, as soon as the switch is on', async () => {
  const source = new FakeSource(payload);
  const view = await open(source);
  view.dispatch({ selection: { anchor: doc.indexOf('c + d') } });
  showDetails(view);
  const said = (): string => view.dom.querySelector('[role=tooltip]')?.textContent ?? '';
  const off = said();
  source.compared = true;
  source.emit();
  await settled();
  expect([off, said()]).toEqual([
    expect.not.stringContaining('since'),
    expect.stringContaining('− lost since run [3]')
  ]);
});

it('keeps the frames on their code through edits, and brings them back', async () => {
  const view = await open(compared());
  view.dispatch({ changes: { from: 0, insert: 'x = ' } });
  const moved = framesOf(view);
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: 'gone' } });
  const gone = framesOf(view);
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: doc } });
  expect([moved, gone, framesOf(view)]).toEqual([FRAMES, [], FRAMES]);
});

it('frames nothing in a text that is not the one that ran', async () => {
  expect(framesOf(await open(compared(), 'a + b'))).toEqual([]);
});

it('frames the lines of a span one by one, without the space around them', async () => {
  const one = payload as { spans: object };
  const spans = { ...one.spans, lines: '1,,,', end: '5,5,5,5' };
  const view = await open(compared({ ...one, spans }));
  expect(framesOf(view).map(([text]) => text)).toEqual(['a + b', 'c + d', 'c + d']);
});
