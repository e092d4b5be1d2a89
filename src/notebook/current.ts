// SPDX-License-Identifier: BSD-3-Clause
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';

/**
 * Whether menus, palette and keys may act on the tracked notebook: it is what a person works in, and
 * not a tab behind an editor. A button of a toolbar belongs to its notebook, and is always asked.
 */
export function isAtHand(
  { shell }: JupyterFrontEnd,
  { currentWidget }: INotebookTracker,
  { toolbar }: { readonly toolbar?: unknown } = {}
): boolean {
  return currentWidget !== null && (toolbar === true || currentWidget === shell.currentWidget);
}
