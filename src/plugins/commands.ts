// SPDX-License-Identifier: BSD-3-Clause
/* The commands that colour cells; toolbar and menus that call them: schema/commands.json. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import type { ICodeCellModel } from '@jupyterlab/cells';
import { INotebookTracker, NotebookActions } from '@jupyterlab/notebook';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { TranslationBundle } from '@jupyterlab/translation';
import { showDetails } from '../editor/overlay';
import { Annotator } from '../kernel/annotator';
import { isCode, viewOf } from '../notebook/cells';
import { isAtHand } from '../notebook/current';
import { languageOfNotebook } from '../notebook/kernels';
import { specializeIcon } from '../output/icon';
import { hasBundle, removeBundle } from '../output/upsert';
import { CommandIDs } from '../tokens';

/** What IPython says where nobody has registered the magic (IPython/core/interactiveshell.py). */
const UNKNOWN_MAGIC = '`%%specialize` not found';

/** Colour cells on request, take the colours away, open the card at the cursor. */
export const commands: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-specialize:commands',
  description: 'Adds the commands that colour code cells by what CPython has specialized.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('jupyterlab-specialize');
    const annotator = addAnnotate(app, tracker, trans);
    addForAllCells(app, tracker, annotator, trans);
    addShowDetails(app, tracker, trans);
    const category = trans.__('Specialization');
    const { annotate, annotateAll, clear, clearAll, showDetails: details } = CommandIDs;
    for (const command of [annotate, annotateAll, clear, clearAll, details]) {
      palette?.addItem({ command, category });
    }
  }
};

function addAnnotate(app: JupyterFrontEnd, tracker: INotebookTracker, trans: TranslationBundle) {
  const notify = (): void => {
    app.commands.notifyCommandChanged(CommandIDs.annotate);
    app.commands.notifyCommandChanged(CommandIDs.clear);
  };
  const annotator = new Annotator(trans, notify);
  app.commands.addCommand(CommandIDs.annotate, {
    label: trans.__('Show Specialization'),
    caption: () => annotateCaption(tracker, annotator, trans),
    icon: specializeIcon,
    describedBy: {
      args: {
        type: 'object',
        properties: {
          cell: { type: 'string', description: 'Id of a cell to colour and to bring into view' }
        }
      }
    },
    isToggleable: true,
    isEnabled: args => isAtHand(app, tracker, args) && isPythonCode(tracker),
    isToggled: () => isColoured(tracker),
    execute: async ({ cell: id }) => {
      if (typeof id === 'string') {
        await annotateById(tracker, annotator, id);
        return;
      }
      const panel = tracker.currentWidget;
      const cell = tracker.activeCell;
      if (panel !== null && cell !== null && isCode(cell)) {
        await annotator.toggle(panel, cell);
      }
    }
  });
  followActiveCell(tracker, notify);
  NotebookActions.executed.connect((_, { notebook, cell, error }) => {
    const panel = tracker.find(({ content }) => content === notebook);
    if (panel && isCode(cell) && error?.errorValue.includes(UNKNOWN_MAGIC)) {
      void annotator.loadMagic(panel, cell);
    }
  });
  return annotator;
}

function addForAllCells(
  app: JupyterFrontEnd,
  tracker: INotebookTracker,
  annotator: Annotator,
  trans: TranslationBundle
) {
  const describedBy = { args: { type: 'object', properties: {} } };
  const isEnabled = (): boolean => isAtHand(app, tracker);
  app.commands.addCommand(CommandIDs.annotateAll, {
    label: trans.__('Show Specialization of All Cells That Ran'),
    caption: trans.__('Colour every cell that ran in this kernel'),
    describedBy,
    isEnabled,
    execute: async () => {
      await (tracker.currentWidget && annotator.annotateAll(tracker.currentWidget));
    }
  });
  app.commands.addCommand(CommandIDs.clear, {
    label: trans.__('Clear Specialization'),
    caption: trans.__('Take the colours and the line below away from this cell'),
    describedBy,
    isEnabled: () => isAtHand(app, tracker) && isColoured(tracker),
    execute: () => {
      const cell = tracker.activeCell;
      if (cell !== null && isCode(cell)) {
        removeBundle(cell.model.outputs);
      }
    }
  });
  app.commands.addCommand(CommandIDs.clearAll, {
    label: trans.__('Clear Specialization of All Cells'),
    caption: trans.__('Take the colours and the lines below away from all cells'),
    describedBy,
    isEnabled,
    execute: () => {
      for (const cell of tracker.currentWidget?.content.widgets.filter(isCode) ?? []) {
        removeBundle(cell.model.outputs);
      }
    }
  });
}

/** Whether the active cell shows something of ours. */
function isColoured({ activeCell }: INotebookTracker): boolean {
  return activeCell !== null && isCode(activeCell) && hasBundle(activeCell.model.outputs);
}

/** Colour the cell with this id in the current notebook, and bring it into view. */
async function annotateById(tracker: INotebookTracker, annotator: Annotator, id: string) {
  const panel = tracker.currentWidget;
  const index = panel?.content.widgets.findIndex(cell => cell.model.id === id) ?? -1;
  const cell = panel?.content.widgets[index];
  if (!panel || !cell || !isCode(cell)) {
    return; // it has been deleted, or is of another notebook
  }
  await panel.content.scrollToItem(index, 'smart');
  await annotator.annotate(panel, cell);
}

/** Call `notify` whenever the button may look another way: other cell, other outputs, other kernel. */
function followActiveCell(tracker: INotebookTracker, notify: () => void): void {
  let outputs: ICodeCellModel['outputs'] | null = null;
  tracker.activeCellChanged.connect((_, cell) => {
    if (outputs?.isDisposed === false) {
      outputs.changed.disconnect(notify);
    }
    outputs = cell !== null && isCode(cell) ? cell.model.outputs : null;
    outputs?.changed.connect(notify);
    notify();
  });
  tracker.currentChanged.connect(notify);
  const followKernel = (_: INotebookTracker, { sessionContext }: NotebookPanel): void => {
    sessionContext.kernelChanged.connect(notify);
  };
  tracker.widgetAdded.connect(followKernel);
  tracker.forEach(panel => {
    followKernel(tracker, panel);
  });
}

function annotateCaption(
  tracker: INotebookTracker,
  annotator: Annotator,
  trans: TranslationBundle
): string {
  const cell = tracker.activeCell;
  if (cell !== null && isCode(cell) && annotator.isPending(cell)) {
    return trans.__('Waiting for the kernel to answer');
  }
  return isPythonCode(tracker)
    ? trans.__('Colour this cell by what CPython has specialized')
    : trans.__('Specialization can be shown for code cells of a Python kernel');
}

function addShowDetails(app: JupyterFrontEnd, tracker: INotebookTracker, trans: TranslationBundle) {
  app.commands.addCommand(CommandIDs.showDetails, {
    label: trans.__('Specialization Details at Cursor'),
    caption: trans.__('Open the card for the code at the cursor; Escape closes it'),
    describedBy: { args: { type: 'object', properties: {} } },
    isEnabled: () => isAtHand(app, tracker) && tracker.activeCell?.model.type === 'code',
    execute: () => {
      const view = viewOf(tracker.activeCell);
      return view !== null && showDetails(view);
    }
  });
}

/** Whether the active cell is code of a Python kernel; true while the kernel is not known yet. */
function isPythonCode(tracker: INotebookTracker): boolean {
  const { activeCell, currentWidget } = tracker;
  if (activeCell?.model.type !== 'code' || currentWidget === null) {
    return false;
  }
  const language = languageOfNotebook(currentWidget);
  return language === '' || language.startsWith('python');
}
