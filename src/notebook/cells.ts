// SPDX-License-Identifier: BSD-3-Clause
/* What commands and panels ask of a notebook's cells. */
import type { Cell, CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { EditorView } from '@codemirror/view';
import { findBundle } from '../payload/find';
import { readOnce } from '../payload/reading';
import type { Payload, Read } from '../payload/types';

/** Time in ms for which a cell that was scrolled to may take to make its editor. */
const PATIENCE = 3_000;

/** Whether `cell` is of code; a class test fails across bundles. */
export function isCode(cell: Cell): cell is CodeCell {
  return cell.model.type === 'code';
}

/** The CodeMirror view of a cell; null: the cell has no editor yet. */
export function viewOf(cell: Cell | null | undefined): EditorView | null {
  const editor = cell?.editor;
  return editor && 'editor' in editor ? (editor.editor as EditorView) : null;
}

/** What a cell shows, read; null: it is not of code, or shows nothing of ours. */
export function shownBy(cell: Cell): Read<Payload> | null {
  const found = isCode(cell) && !cell.model.isDisposed ? findBundle(cell.model.outputs) : null;
  return found && readOnce(found.raw);
}

/** The payload of a cell; null: none that can be read. */
export function payloadOf(cell: Cell): Payload | null {
  const read = shownBy(cell);
  return read?.ok ? read.value : null;
}

/**
 * Make cell number `index` the active one and bring it into view; the focus stays where it is.
 *
 * @returns Its editor; null: it has none, or did not make one in time.
 */
export async function goToCell(
  { content }: NotebookPanel,
  index: number
): Promise<EditorView | null> {
  const cell = content.widgets[index];
  if (cell === undefined) {
    return null;
  }
  content.activeCellIndex = index;
  await content.scrollToItem(index, 'smart');
  // A windowed notebook makes the editor when the cell comes into view.
  const late = new Promise(resolve => setTimeout(resolve, PATIENCE));
  await Promise.race([cell.ready, late]);
  return cell.isDisposed ? null : viewOf(cell);
}
