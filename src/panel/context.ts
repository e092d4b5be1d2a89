// SPDX-License-Identifier: BSD-3-Clause
import type { Cell } from '@jupyterlab/cells';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { IWords } from '../editor/words';
import { isCode } from '../notebook/cells';
import { kernelOf, languageOfNotebook } from '../notebook/kernels';
import type { ISessions } from '../tokens';
import type { Situation } from './advice';

/** What the parts of the panel need of the application. */
export type PanelContext = {
  readonly trans: IWords;
  readonly tracker: INotebookTracker;
  readonly sessions: ISessions;
  /** Run a command of the application. */
  readonly execute: (command: string) => void;
};

/** What there is to look at now. */
export function situationOf({ currentWidget, activeCell }: INotebookTracker): Situation {
  return {
    kernel: currentWidget && kernelOf(currentWidget),
    language: currentWidget ? languageOfNotebook(currentWidget) : '',
    cell: kindOf(activeCell)
  };
}

function kindOf(cell: Cell | null): Situation['cell'] {
  if (cell === null) {
    return 'none';
  }
  if (!isCode(cell)) {
    return 'not-code';
  }
  return cell.model.executionCount === null ? 'fresh' : 'ran';
}
