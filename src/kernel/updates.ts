// SPDX-License-Identifier: BSD-3-Clause
/*
 * Bring updates of a display to the cell that shows it. JupyterLab does so itself until the page
 * is loaded again or the cell is moved; from then on only the payload's own id leads there.
 */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { ICodeCellModel } from '@jupyterlab/cells';
import type * as nbformat from '@jupyterlab/nbformat';
import type { KernelMessage } from '@jupyterlab/services';
import { putBundle } from '../output/upsert';
import { findBundle } from '../payload/find';
import { isRecord } from '../payload/guards';
import { isUpdateOf, labelOf } from '../payload/label';
import { MIME } from '../payload/mime';

/**
 * Apply the updates that arrive in a notebook's session to its cells.
 *
 * @param cells The notebook's code cells at the moment of an update.
 * @returns A function that ends it.
 */
export function followUpdates(
  session: ISessionContext,
  cells: () => Iterable<ICodeCellModel>
): () => void {
  const onMessage = (_: ISessionContext, message: KernelMessage.IMessage): void => {
    const { data } = message.content as { data?: unknown };
    if (message.header.msg_type !== 'update_display_data' || !isRecord(data) || !(MIME in data)) {
      return;
    }
    applyUpdate(cells(), data as nbformat.IMimeBundle);
  };
  session.iopubMessage.connect(onMessage);
  return () => {
    session.iopubMessage.disconnect(onMessage);
  };
}

/** Show `bundle` in every one of `cells` that shows an earlier revision of it. */
export function applyUpdate(cells: Iterable<ICodeCellModel>, bundle: nbformat.IMimeBundle): void {
  const next = labelOf(bundle[MIME]);
  for (const { outputs } of next === null ? [] : cells) {
    const shown = labelOf(findBundle(outputs)?.raw);
    if (next !== null && shown !== null && isUpdateOf(next, shown)) {
      putBundle(outputs, bundle);
    }
  }
}
