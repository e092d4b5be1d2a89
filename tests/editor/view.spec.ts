// SPDX-License-Identifier: BSD-3-Clause
// @vitest-environment jsdom
import { runScopeHandlers, EditorView } from '@codemirror/view';
import { afterEach, describe, expect, it } from 'vitest';
import { overlay, showDetails } from '../../src/editor/overlay';
import { caseOf } from '../cases';
import { FakeSource, SHARP, marksOf } from './cell';

const { source: doc, payload } = caseOf('nesting');

type Opened = { readonly view: EditorView; readonly dispatched: () => number };
const views: EditorView[] = [];

/** An editor in the page that is fed by `source`, after its first look at it. */
async function open(source: FakeSource, text = doc): Promise<Opened> {
  let count = 0;
  const counter = EditorView.updateListener.of(() => {
    count++;
  });
  const parent = document.body.appendChild(document.createElement('div'));
  const view = new EditorView({ doc: text, extensions: [overlay(source), counter], parent });
  views.push(view);
  await settled();
  return { view, dispatched: () => count };
}

const settled = (): Promise<void> => Promise.resolve();

const asked = (options: object): unknown => ({ ...(payload as object), options });

afterEach(() => {
  views.splice(0).forEach(view => {
    view.destroy();
  });
  document.body.replaceChildren();
});

describe('an editor and its source', () => {
  it('shows what is there when the editor appears', async () => {
    const { view } = await open(new FakeSource(payload));
    expect(marksOf(view.state).length).toBe(4);
  });

  it('is left alone while there is nothing to show', async () => {
    const source = new FakeSource();
    const { dispatched } = await open(source);
    source.emit();
    await settled();
    expect(dispatched()).toBe(0);
  });

  it('looks once for many changes at a time', async () => {
    const source = new FakeSource();
    const { view, dispatched } = await open(source);
    const before = source.reads;
    source.raw = payload;
    source.emit();
    source.emit();
    source.emit();
    await settled();
    expect([source.reads - before, dispatched(), marksOf(view.state).length]).toEqual([1, 1, 4]);
  });

  it('does not paint the same bundle twice', async () => {
    const source = new FakeSource(payload);
    const { dispatched } = await open(source);
    source.emit();
    await settled();
    expect(dispatched()).toBe(1);
  });

  it('paints anew when the settings change', async () => {
    const source = new FakeSource(payload);
    const { view } = await open(source);
    source.paint = SHARP;
    source.emit();
    await settled();
    expect(marksOf(view.state)[1]).toEqual(['a * 2.0', '0 failed']);
  });

  it('goes bare when the output is cleared, and when a damaged one comes', async () => {
    const source = new FakeSource(payload);
    const { view } = await open(source);
    source.raw = null;
    source.emit();
    await settled();
    const cleared = marksOf(view.state);
    source.raw = { ...(payload as object), sites: 7 };
    source.emit();
    await settled();
    expect([cleared, marksOf(view.state)]).toEqual([[], []]);
  });

  it('leaves its source when it is destroyed, also with a look still to come', async () => {
    const source = new FakeSource(payload);
    const { view } = await open(source);
    const before = source.reads;
    source.raw = null;
    source.emit();
    view.destroy();
    await settled();
    expect([source.listeners.size, source.reads - before]).toEqual([0, 0]);
  });

  it('moves neither the focus nor the cursor', async () => {
    const button = document.body.appendChild(document.createElement('button'));
    button.focus();
    const { view } = await open(new FakeSource(payload));
    expect([document.activeElement, view.state.selection.main.head]).toEqual([button, 0]);
  });
});

describe("the editor's element", () => {
  it('carries the class and what the cell asked for', async () => {
    const { view } = await open(new FakeSource(asked({ mode: 'dark', palette: 'blue' })));
    const { specializeMode, specializePalette } = view.dom.dataset;
    const isOn = view.dom.classList.contains('jp-Specialize-on');
    expect([isOn, specializeMode, specializePalette]).toEqual([true, 'dark', 'blue']);
  });

  it.each([
    ['the settings ask for', null, 'dark'],
    ['the cell asked for, whatever the settings say', 'light', 'light']
  ])('carries the mode that %s', async (_, mode, carried) => {
    const source = new FakeSource(asked({ mode, palette: null }));
    const { view } = await open(source);
    source.paint = { ...source.paint, mode: 'dark' };
    source.emit();
    await settled();
    expect(view.dom.dataset['specializeMode']).toBe(carried);
  });

  it('asks for nothing where the cell did not', async () => {
    const { view } = await open(new FakeSource(payload));
    expect(Object.keys(view.dom.dataset)).toEqual([]);
  });

  it('is dimmed by an edit, and no longer when it is taken back', async () => {
    const { view } = await open(new FakeSource(payload));
    const isDim = (): boolean => view.dom.classList.contains('jp-Specialize-stale');
    const fresh = isDim();
    view.dispatch({ changes: { from: 0, insert: ' ' } });
    const edited = isDim();
    view.dispatch({ changes: { from: 0, to: 1 } });
    expect([fresh, edited, isDim()]).toEqual([false, true, false]);
  });

  it('has marks with level, strength and state, and none without an overlay', async () => {
    const source = new FakeSource(payload);
    const { view } = await open(source);
    const mark = [...view.dom.querySelectorAll('.jp-Specialize-mark')].find(
      element => element.textContent === 'a * 2.0'
    );
    source.raw = null;
    source.emit();
    await settled();
    expect([mark?.className, view.dom.querySelector('.jp-Specialize-mark')]).toEqual([
      'jp-Specialize-mark jp-Specialize-l4 jp-Specialize-s1 jp-Specialize-failed',
      null
    ]);
  });
});

describe('the column of signs', () => {
  const withGutter = { ...SHARP, gutter: true };
  const signsIn = (view: EditorView): string[] =>
    [...view.dom.querySelectorAll<HTMLElement>('.jp-Specialize-gutter span')].map(
      ({ textContent, title }) => `${textContent} ${title}`
    );

  it('is not there unless it was asked for', async () => {
    const { view } = await open(new FakeSource(payload));
    expect(view.dom.querySelector('.cm-gutters')).toBeNull();
  });

  it('says the loudest state of a line with a sign, and all of them with its title', async () => {
    const source = new FakeSource(payload);
    source.paint = withGutter;
    const { view } = await open(source);
    expect(signsIn(view)).toEqual(['× failed, missing, specialized']);
  });

  it('is only in editors that show something', async () => {
    const source = new FakeSource();
    source.paint = withGutter;
    const { view } = await open(source);
    const before = view.dom.querySelector('.cm-gutters');
    source.raw = payload;
    source.emit();
    await settled();
    const during = signsIn(view).length;
    source.raw = null;
    source.emit();
    await settled();
    expect([before, during, view.dom.querySelector('.cm-gutters')]).toEqual([null, 1, null]);
  });
});

describe('the card at the cursor', () => {
  const cardIn = (view: EditorView): string | undefined =>
    view.dom.querySelector('[role=tooltip] .jp-Specialize-verdict')?.textContent;
  const at = async (anchor: number): Promise<EditorView> => {
    const { view } = await open(new FakeSource(payload));
    view.dispatch({ selection: { anchor } });
    return view;
  };
  const press = (view: EditorView, key: string): boolean =>
    runScopeHandlers(view, new KeyboardEvent('keydown', { key, keyCode: 27 }), 'editor');

  it('opens by command and closes by Escape, which then is free again', async () => {
    const view = await at(15);
    const isShown = showDetails(view);
    const said = cardIn(view);
    const closing = press(view, 'Escape');
    expect([isShown, said, closing, cardIn(view), press(view, 'Escape')]).toEqual([
      true,
      '× Tried at least 3 times, no fast form fitted',
      true,
      undefined,
      false
    ]);
  });

  it('closes when the cursor moves', async () => {
    const view = await at(15);
    showDetails(view);
    view.dispatch({ selection: { anchor: 3 } });
    expect(cardIn(view)).toBeUndefined();
  });

  it('takes the code before the cursor at its end', async () => {
    const view = await at(doc.length);
    expect([showDetails(view), cardIn(view)]).toEqual([true, '● Specialized']);
  });

  it('says so when there is none', async () => {
    const view = await at(2);
    expect(showDetails(view)).toBe(false);
  });

  it('is read out', async () => {
    const view = await at(15);
    showDetails(view);
    expect(view.dom.querySelector('.cm-announced')?.textContent).toContain('Tried at least 3');
  });

  it('is not offered by an editor without the overlay', () => {
    const view = new EditorView({ doc });
    views.push(view);
    expect(showDetails(view)).toBe(false);
  });
});
