// SPDX-License-Identifier: BSD-3-Clause
/* The side panel, and the ways through failing code; menus and keys: schema/commands.json. */
import { ILayoutRestorer } from '@jupyterlab/application';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { TranslationBundle } from '@jupyterlab/translation';
import { showDetails } from '../editor/overlay';
import { isAtHand } from '../notebook/current';
import { goToFailing } from '../notebook/failing';
import type { Step } from '../notebook/failing';
import { specializeIcon } from '../output/icon';
import { SpecializePanel } from '../panel/side';
import { CommandIDs, ISpecializeState } from '../tokens';

/** Time in ms for which a message stays that needs no answer. */
const BRIEFLY = 2500;

/** Adds the side panel and the commands that lead to failing code. */
export const panel: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-specialize:panel',
  description: 'Shows the bytecode of the active cell and a review of the notebook.',
  autoStart: true,
  requires: [INotebookTracker, ISpecializeState],
  optional: [ILayoutRestorer, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    state: ISpecializeState,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('jupyterlab-specialize');
    const side = new SpecializePanel({
      trans,
      tracker,
      sessions: state.sessions,
      execute: command => void app.commands.execute(command)
    });
    side.title.icon = specializeIcon;
    side.title.caption = trans.__('Specialization: Bytecode and Review');
    app.shell.add(side, 'right', { rank: 900, type: 'Specialization' });
    restorer?.add(side, side.id);
    addShowPanel(app, side, trans);
    addFailing(app, tracker, trans);
    const category = trans.__('Specialization');
    const { showPanel, nextFailing, previousFailing } = CommandIDs;
    for (const command of [showPanel, nextFailing, previousFailing]) {
      palette?.addItem({ command, category });
    }
  }
};

const NO_ARGUMENTS = { args: { type: 'object', properties: {} } };

function addShowPanel(app: JupyterFrontEnd, side: SpecializePanel, trans: TranslationBundle) {
  app.commands.addCommand(CommandIDs.showPanel, {
    label: trans.__('Bytecode and Review'),
    caption: trans.__('Show the bytecode of the active cell and the review of the notebook'),
    icon: specializeIcon,
    describedBy: NO_ARGUMENTS,
    execute: async () => {
      app.shell.activateById(side.id);
      await side.takeFocus();
    }
  });
}

function addFailing(app: JupyterFrontEnd, tracker: INotebookTracker, trans: TranslationBundle) {
  const isEnabled = (): boolean => isAtHand(app, tracker);
  const add = (id: string, step: Step, label: string, caption: string): void => {
    const execute = async (): Promise<void> => {
      await goOn(tracker, step, trans);
    };
    app.commands.addCommand(id, { label, caption, isEnabled, execute, describedBy: NO_ARGUMENTS });
  };
  add(
    CommandIDs.nextFailing,
    1,
    trans.__('Next Failing Code'),
    trans.__('Go to the next code without a fast form, in whichever cell, and open its card')
  );
  add(
    CommandIDs.previousFailing,
    -1,
    trans.__('Previous Failing Code'),
    trans.__('Go to the previous code without a fast form, in whichever cell, and open its card')
  );
}

async function goOn(
  { currentWidget }: INotebookTracker,
  step: Step,
  trans: TranslationBundle
): Promise<void> {
  const found = currentWidget && (await goToFailing(currentWidget, step));
  if (found === null) {
    const text = trans.__('Nothing fails in the cells that show their specialization.');
    Notification.info(text, { autoClose: BRIEFLY });
    return;
  }
  const around =
    step === 1
      ? trans.__('Past the end: continued at the top of the notebook.')
      : trans.__('Past the top: continued at the end of the notebook.');
  if (found.hasWrapped) {
    Notification.info(around, { autoClose: BRIEFLY });
  }
  showDetails(found.view, found.hasWrapped ? around : '');
}
