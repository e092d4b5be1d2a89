// SPDX-License-Identifier: BSD-3-Clause
/*
 * Two ways to the card: the pointer rests on the code, or a command asks for it at the cursor.
 * Neither moves the focus. Escape, an edit or a move of the cursor closes the second one.
 */
import { Facet, Prec, StateEffect, StateField } from '@codemirror/state';
import type { EditorState, Extension } from '@codemirror/state';
import {
  EditorView,
  closeHoverTooltips,
  hoverTooltip,
  keymap,
  showTooltip
} from '@codemirror/view';
import type { Tooltip } from '@codemirror/view';
import { cardAt, cardElement, cardSentence } from './card';
import { isCompared } from './compare';
import { overlayField, setShown } from './field';
import type { IWords } from './words';

/** Time in ms for which the pointer rests before the card comes: passing over opens nothing. */
const HOVER_TIME = 350;

const setPinned = StateEffect.define<Tooltip | null>();

/** The translator of this editor, for commands that only have the view. */
const words = Facet.define<IWords>();

/** The card that a command opened. */
const pinnedField = StateField.define<Tooltip | null>({
  create: () => null,
  update(pinned, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setPinned)) {
        return effect.value;
      }
    }
    const isOver =
      transaction.docChanged ||
      transaction.selection !== undefined ||
      transaction.effects.some(effect => effect.is(setShown));
    return isOver ? null : pinned;
  },
  provide: field => showTooltip.from(field)
});

/** Show cards in an editor that has the overlay. */
export function hover(trans: IWords): Extension {
  const onHover = hoverTooltip(
    (view, pos, side) => {
      // One card at a time: the pointer rests where the cursor is, after a click.
      if (view.state.field(pinnedField) !== null) {
        return null;
      }
      return tooltipAt(view.state, side < 0 ? pos - 1 : pos, trans);
    },
    { hoverTime: HOVER_TIME, hideOnChange: true }
  );
  const escape = keymap.of([{ key: 'Escape', run: hideDetails }]);
  return [words.of(trans), onHover, pinnedField, Prec.high(escape)];
}

/**
 * Open the card at the cursor of `view`.
 *
 * @param before - What a screen reader is to hear before the card.
 * @returns Whether there is one: false where no site covers the cursor.
 */
export function showDetails(view: EditorView, before = ''): boolean {
  const { head } = view.state.selection.main;
  const trans = view.state.facet(words)[0];
  const at = cardAt(view.state, head) === null ? head - 1 : head;
  const card = cardAt(view.state, at);
  if (trans === undefined || card === null) {
    return false;
  }
  const said = `${before} ${cardSentence(card, trans)}`.trim();
  view.dispatch({
    effects: [
      closeHoverTooltips,
      setPinned.of(tooltipAt(view.state, at, trans)),
      EditorView.announce.of(said)
    ]
  });
  return true;
}

function hideDetails(view: EditorView): boolean {
  if (view.state.field(pinnedField) === null) {
    return false;
  }
  view.dispatch({ effects: setPinned.of(null) });
  return true;
}

/** The card for the character at `at`; null: no site covers it. It follows what is shown there. */
function tooltipAt(state: EditorState, at: number, trans: IWords): Tooltip | null {
  const card = cardAt(state, at);
  return (
    card && {
      pos: card.from,
      end: card.to,
      above: true,
      create: () => {
        const dom = cardElement(card, trans);
        return {
          dom,
          update: ({ startState, state: now, docChanged }) => {
            const next = !docChanged && isShownAnew(startState, now) ? cardAt(now, at) : null;
            if (next !== null) {
              dom.replaceChildren(...cardElement(next, trans).childNodes);
            }
          }
        };
      }
    }
  );
}

/** Whether a card would say something else: other colours, or changes that are now told or not. */
function isShownAnew(before: EditorState, now: EditorState): boolean {
  return (
    before.field(overlayField) !== now.field(overlayField) || isCompared(before) !== isCompared(now)
  );
}
