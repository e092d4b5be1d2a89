// SPDX-License-Identifier: BSD-3-Clause
/* From one failing stretch of code to the next, through all cells of a notebook and around. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { EditorView } from '@codemirror/view';
import { placesIn, select } from '../editor/places';
import { failingSpans } from '../model/failing';
import type { Place } from '../model/place';
import type { Extent } from '../payload/types';
import { goToCell, payloadOf, viewOf } from './cells';

/** 1: forwards, -1: backwards. */
export type Step = 1 | -1;

/** Where it led: an editor, and whether the end of the notebook was passed on the way. */
export type Found = { readonly view: EditorView; readonly hasWrapped: boolean };

/**
 * Put the cursor on the failing stretch after (or before) it, in whichever cell that is.
 *
 * @returns null: nothing in the notebook fails.
 */
export async function goToFailing(panel: NotebookPanel, step: Step): Promise<Found | null> {
  const { content } = panel;
  const count = content.widgets.length;
  const start = Math.max(0, content.activeCellIndex);
  for (let far = 0; far <= count && count > 0; far++) {
    const index = (start + step * far + count * (far + 1)) % count;
    const cell = content.widgets[index];
    const payload = cell ? payloadOf(cell) : null;
    const spans = payload ? failingSpans(payload) : [];
    const view = spans.length > 0 ? await editorOf(panel, index) : null;
    if (view === null) {
      continue;
    }
    const hasWrapped = far === count || (step === 1 ? index < start : index > start);
    // The active cell comes twice: first what lies beyond the cursor, at the end all of it.
    const from = far === 0 ? cursorIn(view, content.mode === 'edit' ? 0 : step) : null;
    const place = nearest(placesOf(view, spans), from, step);
    if (place !== null) {
      await goToCell(panel, index);
      select(view, { from: place.from, to: place.from });
      content.mode = 'edit';
      view.focus();
      return { view, hasWrapped };
    }
  }
  return null;
}

/** The editor of a cell, which is only brought into view where it has none yet. */
async function editorOf(panel: NotebookPanel, index: number): Promise<EditorView | null> {
  return viewOf(panel.content.widgets[index]) ?? (await goToCell(panel, index));
}

/** The cursor; in command mode, where nobody sees it, what stands there is not passed over. */
function cursorIn(view: EditorView, back: Step | 0): number {
  return view.state.selection.main.head - back;
}

function placesOf(view: EditorView, spans: readonly Extent[]): Place[] {
  return placesIn(view.state, spans).filter(place => place !== null);
}

/** The first of `places` beyond offset `from` in direction `step`; from null: the first at all. */
function nearest(places: readonly Place[], from: number | null, step: Step): Place | null {
  const ordered = [...places].sort((a, b) => step * (a.from - b.from));
  const beyond = (place: Place): boolean => from === null || step * (place.from - from) > 0;
  return ordered.find(beyond) ?? null;
}
