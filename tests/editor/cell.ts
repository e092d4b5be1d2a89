// SPDX-License-Identifier: BSD-3-Clause
/* Builders for the editor's tests. */
import { EditorState } from '@codemirror/state';
import type { TransactionSpec } from '@codemirror/state';
import { setShown, shownIn } from '../../src/editor/field';
import { overlay, painted } from '../../src/editor/overlay';
import type { IOverlaySource, OverlayOptions } from '../../src/editor/overlay';
import type { IWords } from '../../src/editor/words';
import type { Payload } from '../../src/payload/types';
import { caseOf, payloadOf } from '../cases';

/** English, as a gettext bundle without a catalogue gives it. */
export const trans: IWords = {
  __: (text, ...values) => filled(text, values),
  _n: (one, many, n, ...values) => filled(n === 1 ? one : many, [n, ...values])
};

const filled = (text: string, values: readonly unknown[]): string =>
  text.replace(/%(\d)/g, (_, n: string) => String(values[Number(n) - 1]));

export const GRADIENT: OverlayOptions = {
  blend: 'gradient',
  showAll: false,
  gutter: false,
  mode: 'auto'
};
export const SHARP: OverlayOptions = { ...GRADIENT, blend: 'sharp' };

/** A source whose bundle and options a test sets; it counts who listens. */
export class FakeSource implements IOverlaySource {
  readonly trans = trans;
  readonly listeners = new Set<() => void>();
  reads = 0;
  paint = GRADIENT;
  hasEnded = false;
  compared = false;

  constructor(public raw: unknown = null) {}

  read(): unknown {
    this.reads++;
    return this.raw;
  }

  options(): OverlayOptions {
    return this.paint;
  }

  isCompared(): boolean {
    return this.compared;
  }

  isEnded(): boolean {
    return this.hasEnded;
  }

  subscribe(changed: () => void): () => void {
    this.listeners.add(changed);
    return () => {
      this.listeners.delete(changed);
    };
  }

  emit(): void {
    this.listeners.forEach(listener => {
      listener();
    });
  }
}

/** An editor's state that shows a shared case. */
export function cell(name: string, options = GRADIENT): EditorState {
  const { source, payload } = caseOf(name);
  return show(emptyCell(source), payloadOf(payload), options);
}

/** An editor's state with the overlay, nothing shown. */
export function emptyCell(doc: string): EditorState {
  return EditorState.create({ doc, extensions: overlay(new FakeSource()) });
}

/** `state` after a payload came in. */
export function show(state: EditorState, payload: Payload, options = GRADIENT): EditorState {
  return state.update({ effects: setShown.of({ payload, options, isEnded: false }) }).state;
}

/** `state` after an edit. */
export const edited = (state: EditorState, changes: TransactionSpec['changes']): EditorState =>
  state.update({ ...(changes && { changes }) }).state;

/** The painted text, with the state that chose its line style. */
export function marksOf(state: EditorState): [text: string, look: string][] {
  return painted(state).map(({ from, to, level, state: name }) => [
    state.sliceDoc(from, to),
    `${level} ${name}`
  ]);
}

/** Whether the overlay is dimmed. */
export const isStale = (state: EditorState): boolean | undefined => shownIn(state)?.isStale;
