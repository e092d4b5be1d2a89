// SPDX-License-Identifier: BSD-3-Clause
/*
 * A column beside the text with a sign for each painted line: the glyph of its loudest state, all
 * states in words as its title. In: the overlay's field. Out: an extension for who asked for it,
 * since CodeMirror draws the column of an installed gutter in every editor.
 */
import { Compartment } from '@codemirror/state';
import type { EditorState, Extension, StateEffect } from '@codemirror/state';
import { GutterMarker, gutter } from '@codemirror/view';
import { LOOKS, loudness } from '../model/states';
import type { State } from '../model/states';
import { overlayField, paintedBetween } from './field';
import { stateWord } from './words';
import type { IWords } from './words';

/** Holds the gutter of each editor: empty until `switchGutter` fills it. */
const slot = new Compartment();

/** A place for the gutter, without one. */
export const gutterSlot: Extension = slot.of([]);

/** What brings an editor's gutter in, or takes it away; empty: it is as wanted. */
export function switchGutter(
  state: EditorState,
  isWanted: boolean,
  trans: IWords
): StateEffect<unknown>[] {
  const current = slot.get(state);
  const isThere = current !== undefined && !(Array.isArray(current) && current.length === 0);
  return isWanted === isThere ? [] : [slot.reconfigure(isWanted ? stateGutter(trans) : [])];
}

function stateGutter(trans: IWords): Extension {
  return gutter({
    class: 'jp-Specialize-gutter',
    lineMarker: ({ state }, { from, to }) => {
      const states = paintedBetween(state, from, to).map(run => run.state);
      return states.length === 0 ? null : new StateMarker(states, trans);
    },
    lineMarkerChange: ({ startState, state }) =>
      startState.field(overlayField).marks !== state.field(overlayField).marks
  });
}

class StateMarker extends GutterMarker {
  private readonly glyph: string;
  private readonly title: string;

  /** @param states - Of the line's painted stretches, at least one. */
  constructor(states: readonly State[], trans: IWords) {
    super();
    const loudestFirst = [...new Set(states)].sort((a, b) => loudness(a) - loudness(b));
    this.glyph = loudestFirst.map(state => LOOKS[state].glyph)[0] ?? '';
    this.title = loudestFirst.map(state => stateWord(state, trans)).join(', ');
  }

  override eq(other: GutterMarker): boolean {
    return other instanceof StateMarker && other.title === this.title;
  }

  override toDOM(): Node {
    const element = document.createElement('span');
    element.textContent = this.glyph;
    element.title = this.title;
    return element;
  }
}
