// SPDX-License-Identifier: BSD-3-Clause
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { LegendRenderer } from '../output/renderer';
import { MIME } from '../payload/mime';
import { CommandIDs, ISpecializeState } from '../tokens';

/** The legend under a coloured cell; safe, since it writes nothing but text. */
export const output: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-specialize:output',
  description: 'Shows the legend line under a cell with a specialization overlay.',
  autoStart: true,
  requires: [IRenderMimeRegistry, ISpecializeState],
  optional: [ITranslator],
  activate: (
    app: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    state: ISpecializeState,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('jupyterlab-specialize');
    const context = {
      trans,
      sessions: state.sessions,
      showCell: (cell: string): void => {
        void app.commands.execute(CommandIDs.annotate, { cell });
      }
    };
    rendermime.addFactory(
      { safe: true, mimeTypes: [MIME], createRenderer: () => new LegendRenderer(context) },
      0
    );
  }
};
