// SPDX-License-Identifier: BSD-3-Clause
/* The tour: a command, a launcher card and menu entries that copy the lessons and open the first. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { TranslationBundle } from '@jupyterlab/translation';
import { specializeIcon } from '../output/icon';
import { copyLessons, CopyError } from '../tour/copy';
import type { Copied } from '../tour/copy';
import { fetchLessons } from '../tour/fetch';
import { LESSONS } from '../tour/lessons';
import { CommandIDs } from '../tokens';

/** Copy the teaching notebooks into the user's folder, and open the first. */
export const tour: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-specialize:tour',
  description: 'Adds a command that copies the teaching notebooks and opens the first of them.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [IDefaultFileBrowser, ILauncher, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    browser: IDefaultFileBrowser | null,
    launcher: ILauncher | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('jupyterlab-specialize');
    const command = CommandIDs.openTour;
    const folder = (): string =>
      browser?.model.path ?? folderOf(tracker.currentWidget?.context.path ?? '');
    app.commands.addCommand(command, {
      label: trans.__('Open the Specialization Tour'),
      caption: trans.__('Copy the teaching notebooks into this folder, and open the first'),
      icon: specializeIcon,
      describedBy: {
        args: {
          type: 'object',
          properties: { cwd: { type: 'string', description: 'Folder that gets the copies' } }
        }
      },
      execute: async ({ cwd }) => {
        await open(app, tracker, typeof cwd === 'string' ? cwd : folder(), trans);
      }
    });
    launcher?.add({ command, category: trans.__('Other'), rank: 90 });
    palette?.addItem({ command, category: trans.__('Specialization') });
  }
};

async function open(
  app: JupyterFrontEnd,
  tracker: INotebookTracker,
  parent: string,
  trans: TranslationBundle
) {
  try {
    const lessons = await fetchLessons(LESSONS);
    const copied = await copyLessons(app.serviceManager.contents, parent, lessons);
    await show(app, tracker, copied.first);
    tell(copied, trans);
  } catch (error) {
    const [text, detail] = failureWords(error, parent, trans);
    const more = {
      label: trans.__('What the Server Said'),
      callback: () => Notification.info(detail, { autoClose: false })
    };
    Notification.error(text, { autoClose: false, actions: detail === '' ? [] : [more] });
  }
}

/** Bring a notebook to the front. Notebook 7 would close it here and open it in another tab. */
async function show(app: JupyterFrontEnd, tracker: INotebookTracker, path: string) {
  const panel = tracker.find(({ context }) => context.path === path);
  if (panel === undefined) {
    await app.commands.execute('docmanager:open', { path });
  } else {
    app.shell.activateById(panel.id);
  }
}

/** Say what was there already: copies are the user's own, and may have been changed. */
function tell({ folder, written, kept }: Copied, trans: TranslationBundle): void {
  const options = { autoClose: 8000 };
  if (kept.length === 0) {
    const words = trans._n(
      'One notebook is in %2 now.',
      '%1 notebooks are in %2 now.',
      written.length,
      folder
    );
    Notification.success(words, options);
  } else if (written.length === 0) {
    Notification.info(trans.__('Your copies in %1 were left as they are.', folder), options);
  } else {
    const words = trans.__(
      'Copied to %1 what was missing: %2. Your other copies were left as they are.',
      folder,
      written.join(', ')
    );
    Notification.info(words, options);
  }
}

/** What went wrong, why, and what to do next; and the server's own words, '' where there are none. */
function failureWords(error: unknown, parent: string, trans: TranslationBundle): [string, string] {
  const where = parent === '' ? trans.__('the top folder') : parent;
  if (!(error instanceof CopyError)) {
    return [
      trans.__('The notebooks were copied, but the first could not be opened: open it yourself.'),
      String(error)
    ];
  }
  const { reason, detail } = error;
  switch (reason) {
    case 'gone':
      return [
        trans.__(
          'The tour was not copied: its notebooks are not where this page looks for them, perhaps since an update. Reload the page and try again.'
        ),
        detail
      ];
    case 'read-only':
      return [
        trans.__(
          'The tour was not copied: you may not write into %1. Go to another folder in the file browser and try again.',
          where
        ),
        detail
      ];
    case 'not-a-folder':
      return [
        trans.__(
          'The tour was not copied: %1 is a file. Rename it, or go to another folder, and try again.',
          detail
        ),
        ''
      ];
    case 'unreachable':
      return [
        trans.__('The tour was not copied: the server does not answer. Try again when it does.'),
        detail
      ];
    case 'refused':
      return [
        trans.__('The tour was not copied: the server refused to write into %1.', where),
        detail
      ];
  }
}

/** The folder of a file: '' for the server's root. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
