// SPDX-License-Identifier: BSD-3-Clause
/* What is told between each open notebook's kernel and its cells without anybody asking. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import type { ICodeCellModel } from '@jupyterlab/cells';
import { INotebookTracker } from '@jupyterlab/notebook';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { followWish } from '../kernel/everyCell';
import type { IWish } from '../kernel/everyCell';
import { followKernel } from '../kernel/sessions';
import { followUpdates } from '../kernel/updates';
import { ISpecializeState } from '../tokens';
import type { ISessions } from '../tokens';

/** Bring updates to their cells, note the end of kernels, tell kernels to colour every cell. */
export const living: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-specialize:living',
  description: 'Keeps coloured cells up to date with their kernel.',
  autoStart: true,
  requires: [INotebookTracker, ISpecializeState],
  activate: (_: JupyterFrontEnd, tracker: INotebookTracker, state: ISpecializeState) => {
    const follow = (_: INotebookTracker, panel: NotebookPanel): void => {
      keepUpToDate(panel, state.sessions);
      panel.disposed.connect(followWish(panel.sessionContext, wishOf(state)));
    };
    tracker.widgetAdded.connect(follow);
    tracker.forEach(panel => {
      follow(tracker, panel);
    });
  }
};

function keepUpToDate({ content, sessionContext, disposed }: NotebookPanel, sessions: ISessions) {
  const cells = (): ICodeCellModel[] =>
    [...(content.model?.cells ?? [])].filter(
      (model): model is ICodeCellModel => model.type === 'code'
    );
  disposed.connect(followUpdates(sessionContext, cells));
  disposed.connect(followKernel(sessionContext, cells, sessions));
}

/** The setting "colour every cell", for `followWish`. */
function wishOf(state: ISpecializeState): IWish {
  return {
    isOn: () => state.settings.annotateAll,
    subscribe: changed => {
      const onChange = (): void => {
        changed();
      };
      state.changed.connect(onChange);
      return () => {
        state.changed.disconnect(onChange);
      };
    }
  };
}
