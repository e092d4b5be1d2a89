// SPDX-License-Identifier: BSD-3-Clause
/*
 * What one editor shows: one payload, painted, and carried along through edits.
 * In: one effect with the whole payload. Out: one range set of marks, and what commands ask for.
 */
import { StateEffect, StateField } from '@codemirror/state';
import type { ChangeDesc, EditorState, Text, Transaction } from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';
import type { DecorationSet } from '@codemirror/view';
import { paint } from '../model/paint';
import type { Run } from '../model/paint';
import { isTextOf } from '../model/stale';
import type { Payload } from '../payload/types';
import type { OverlayOptions } from './source';

/** A payload, and how it is to be painted. */
export type Shown = {
  readonly payload: Payload;
  readonly options: OverlayOptions;
  /** Whether the kernel that ran it has ended. */
  readonly isEnded: boolean;
};

/** Show this in place of what is shown; null: nothing. */
export const setShown = StateEffect.define<Shown | null>();

/** How a run looks. */
export type Look = Pick<Run, 'level' | 'strength' | 'state'>;

/** A run in the document as it is now: UTF-16 units, `to` exclusive. */
export type PaintedRun = Look & { readonly from: number; readonly to: number };

type Overlay = {
  readonly shown: Shown | null;
  /** The text that ran; null: this editor has not held it since the payload came. */
  readonly ran: Text | null;
  /** Edits from the text that ran to the document; null: none, or that text is not known. */
  readonly since: ChangeDesc | null;
  readonly marks: DecorationSet;
};

const EMPTY: Overlay = { shown: null, ran: null, since: null, marks: Decoration.none };

/** The runs of `shown` as marks on the text that ran. */
export function toMarks({ payload, options }: Shown, ran: Text): DecorationSet {
  const runs = paint(payload, ran.toJSON(), options);
  return Decoration.set(
    runs.map(run => {
      const start = ran.line(run.line).from;
      return markOf(run).range(start + run.column, start + run.endColumn);
    })
  );
}

/** Marks are few: one object for each look that occurs, shared by all editors. */
const MARKS = new Map<string, Decoration>();
/** What each of them looks like. */
const LOOKS = new Map<Decoration, Look>();

function markOf({ level, strength, state }: Look): Decoration {
  const name = 'jp-Specialize';
  const classes = `${name}-mark ${name}-l${level} ${name}-s${strength} ${name}-${state}`;
  const known = MARKS.get(classes);
  if (known !== undefined) {
    return known;
  }
  const mark = Decoration.mark({ class: classes });
  MARKS.set(classes, mark);
  LOOKS.set(mark, { level, strength, state });
  return mark;
}

/** The overlay of one editor. */
export const overlayField = StateField.define<Overlay>({
  create: () => EMPTY,
  update(value, transaction) {
    const edited = transaction.docChanged ? afterEdit(value, transaction) : value;
    return transaction.effects.reduce(
      (overlay, effect) =>
        effect.is(setShown) ? replaced(overlay, effect.value, transaction.newDoc) : overlay,
      edited
    );
  },
  provide: field => EditorView.decorations.from(field, overlay => overlay.marks)
});

function afterEdit(overlay: Overlay, { changes, newDoc }: Transaction): Overlay {
  const { shown, since, marks } = overlay;
  if (shown === null) {
    return overlay;
  }
  // Undo, a split taken back, the whole text replaced: marks that were deleted never come back.
  if (isTextOf(shown.payload.source, newDoc)) {
    return fresh(shown, newDoc);
  }
  return overlay.ran === null
    ? overlay
    : {
        ...overlay,
        since: since?.composeDesc(changes.desc) ?? changes.desc,
        marks: marks.map(changes)
      };
}

function replaced(overlay: Overlay, shown: Shown | null, doc: Text): Overlay {
  if (shown === null) {
    return EMPTY;
  }
  const { source } = shown.payload;
  if (isTextOf(source, doc)) {
    return fresh(shown, doc);
  }
  // An update, or other settings, for the text from which the document was edited.
  if (overlay.ran !== null && overlay.since !== null && isTextOf(source, overlay.ran)) {
    return { ...overlay, shown, marks: toMarks(shown, overlay.ran).map(overlay.since) };
  }
  // A text that this editor never held: any place would be a guess.
  return { ...EMPTY, shown };
}

function fresh(shown: Shown, ran: Text): Overlay {
  return { shown, ran, since: null, marks: toMarks(shown, ran) };
}

/** What is shown in this editor, and whether the text has been edited since it ran. */
export function shownIn(state: EditorState): (Shown & { readonly isStale: boolean }) | null {
  const overlay = state.field(overlayField, false) ?? EMPTY;
  return overlay.shown && { ...overlay.shown, isStale: isStale(overlay) };
}

/** The runs painted in this editor, in the order of the text. */
export function painted(state: EditorState): readonly PaintedRun[] {
  return paintedBetween(state, 0, state.doc.length);
}

/** The runs that lie between two offsets or touch them, in the order of the text. */
export function paintedBetween(state: EditorState, from: number, to: number): PaintedRun[] {
  const runs: PaintedRun[] = [];
  const { marks } = state.field(overlayField, false) ?? EMPTY;
  const cursor = marks.iter(from);
  while (cursor.value !== null && cursor.from <= to) {
    const look = LOOKS.get(cursor.value);
    if (look !== undefined) {
      runs.push({ from: cursor.from, to: cursor.to, ...look });
    }
    cursor.next();
  }
  return runs;
}

function isStale({ ran, since }: Overlay): boolean {
  return ran === null || since !== null;
}

/** Classes and attributes that the style sheet looks for on the editor's element. */
export const overlayAttributes = EditorView.editorAttributes.compute([overlayField], state => {
  const overlay = state.field(overlayField);
  if (overlay.shown === null) {
    return {};
  }
  const { payload, options } = overlay.shown;
  const { palette } = payload.options;
  const mode = payload.options.mode ?? (options.mode === 'auto' ? null : options.mode);
  const isEdited = isStale(overlay);
  const isFaded = isEdited || overlay.shown.isEnded;
  return {
    class: [
      'jp-Specialize-on',
      ...(isFaded ? ['jp-Specialize-stale'] : []),
      ...(isEdited ? ['jp-Specialize-edited'] : []) // the legend's rules look for it
    ].join(' '),
    ...(mode && { 'data-specialize-mode': mode }),
    ...(palette && { 'data-specialize-palette': palette })
  };
});
