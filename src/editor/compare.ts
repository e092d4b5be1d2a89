// SPDX-License-Identifier: BSD-3-Clause
/*
 * Marks around what was gained and lost since the cell was shown before, while they are asked for.
 * In: the overlay of an editor and a switch. Out: marks of their own, around those of the overlay.
 */
import { Prec, StateEffect, StateField } from '@codemirror/state';
import type { EditorState, Extension, Range, Text } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin } from '@codemirror/view';
import type { DecorationSet } from '@codemirror/view';
import { changesOf } from '../model/compare';
import { linesOf, placeOf } from '../model/place';
import type { Payload } from '../payload/types';
import { overlayField, setShown } from './field';
import type { IOverlaySource } from './source';

/** Whether changes are marked from now on. */
const setCompared = StateEffect.define<boolean>();

type Comparison = { readonly isOn: boolean; readonly marks: DecorationSet };

const MARKS = {
  gained: Decoration.mark({ class: 'jp-Specialize-change jp-Specialize-gained' }),
  lost: Decoration.mark({ class: 'jp-Specialize-change jp-Specialize-lost' })
};

/** The marks on the text that ran. */
function toMarks(payload: Payload, ran: Text): DecorationSet {
  const lines = linesOf(ran.toJSON());
  const marks: Range<Decoration>[] = [];
  changesOf(payload).forEach((change, row) => {
    const span = payload.spans[row];
    const place = span && placeOf(span, lines);
    if ((change === 'gained' || change === 'lost') && place) {
      for (const { from, to } of pieces(ran, place.from, place.to)) {
        marks.push(MARKS[change].range(from, to));
      }
    }
  });
  return Decoration.set(marks, true);
}

/** The parts of a place, one a line, without the white space around them. */
function pieces(text: Text, from: number, to: number): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  const last = text.lineAt(to).number;
  for (let row = text.lineAt(from).number; row <= last; row++) {
    const line = text.line(row);
    const start = Math.max(from, line.from);
    const part = text.sliceString(start, Math.min(to, line.to));
    const begin = start + part.length - part.trimStart().length;
    const end = start + part.trimEnd().length;
    if (begin < end) {
      found.push({ from: begin, to: end });
    }
  }
  return found;
}

const comparison = StateField.define<Comparison>({
  create: () => ({ isOn: false, marks: Decoration.none }),
  update(value, transaction) {
    const { effects, docChanged, changes, state, startState } = transaction;
    const asked = effects.find(effect => effect.is(setCompared))?.value;
    const isOn = asked ?? value.isOn;
    const isShownAnew =
      isOn !== value.isOn ||
      effects.some(effect => effect.is(setShown)) ||
      (docChanged && isFresh(state) && !isFresh(startState));
    if (isShownAnew) {
      return { isOn, marks: isOn ? freshMarks(state) : Decoration.none };
    }
    return docChanged && isOn ? { isOn, marks: value.marks.map(changes) } : value;
  },
  provide: field => EditorView.decorations.from(field, ({ marks }) => marks)
});

/** Whether changes are marked in an editor. */
export function isCompared(state: EditorState): boolean {
  return state.field(comparison, false)?.isOn ?? false;
}

/** Whether the document is the text that ran. */
function isFresh(state: EditorState): boolean {
  const { ran, since } = state.field(overlayField);
  return ran !== null && since === null;
}

function freshMarks(state: EditorState): DecorationSet {
  const { shown, ran, since } = state.field(overlayField);
  if (shown === null || ran === null) {
    return Decoration.none;
  }
  const marks = toMarks(shown.payload, ran);
  return since === null ? marks : marks.map(since);
}

/** Mark what changed in an editor that has the overlay, while `source` says so. */
export function compare(source: IOverlaySource): Extension {
  const feed = ViewPlugin.define(view => {
    let isOn = false;
    let isDestroyed = false;
    const refresh = (): void => {
      // Not within an update of the view, which may be what asks.
      queueMicrotask(() => {
        if (!isDestroyed && source.isCompared() !== isOn) {
          isOn = source.isCompared();
          view.dispatch({ effects: setCompared.of(isOn) });
        }
      });
    };
    const unsubscribe = source.subscribe(refresh);
    refresh();
    return {
      destroy: () => {
        isDestroyed = true;
        unsubscribe();
      }
    };
  });
  // The lower the precedence, the further out: a frame is whole around marks and syntax.
  return Prec.lowest([comparison, feed]);
}
