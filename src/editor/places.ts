// SPDX-License-Identifier: BSD-3-Clause
/*
 * Places of a payload in the document as it is now, and back; and one of them outlined.
 * A payload speaks of the text that ran: edits since then move its places, or take them away.
 */
import { StateEffect, StateField } from '@codemirror/state';
import type { EditorState, Extension } from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';
import type { DecorationSet } from '@codemirror/view';
import { linesOf, placeOf } from '../model/place';
import type { Place } from '../model/place';
import type { Extent } from '../payload/types';
import { overlayField, setShown } from './field';

/**
 * Where each of `extents` lies now, in UTF-16 units of the document.
 *
 * @returns As many as `extents`; null: without a place, deleted, or of a text that was never here.
 */
export function placesIn(
  state: EditorState,
  extents: readonly (Extent | null)[]
): (Place | null)[] {
  const { ran, since } = state.field(overlayField, false) ?? {};
  if (!ran) {
    return extents.map(() => null);
  }
  const lines = linesOf(ran.toJSON());
  return extents.map(extent => {
    const place = extent && placeOf(extent, lines);
    if (!place || !since) {
      return place;
    }
    const [from, to] = [since.mapPos(place.from, 1), since.mapPos(place.to, -1)];
    return from < to ? { from, to } : null;
  });
}

/** Outline this place; null: none. */
const setOutline = StateEffect.define<Place | null>();

const OUTLINE = Decoration.mark({ class: 'jp-Specialize-outline' });

const outlineField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(outlines, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setOutline)) {
        const { value } = effect;
        return value ? Decoration.set(OUTLINE.range(value.from, value.to)) : Decoration.none;
      }
      if (effect.is(setShown)) {
        return Decoration.none;
      }
    }
    return outlines.map(transaction.changes);
  },
  provide: field => EditorView.decorations.from(field)
});

/** The outline of one editor; nothing is outlined by itself. */
export const outlining: Extension = outlineField;

/** Outline `place` in `view`, or nothing. Neither scrolls nor moves the focus. */
export function outline(view: EditorView, place: Place | null): void {
  const isEmpty = (view.state.field(outlineField, false) ?? Decoration.none).size === 0;
  const inside = place && { from: place.from, to: Math.min(place.to, view.state.doc.length) };
  const shown = inside && inside.from < inside.to ? inside : null;
  if (shown !== null || !isEmpty) {
    view.dispatch({ effects: setOutline.of(shown) });
  }
}

/** Select `place` in `view` and bring it into view; the focus stays where it is. */
export function select(view: EditorView, { from, to }: Place): void {
  const { length } = view.state.doc;
  view.dispatch({
    selection: { anchor: Math.min(from, length), head: Math.min(to, length) },
    effects: EditorView.scrollIntoView(Math.min(from, length), { y: 'nearest', yMargin: 40 })
  });
}
