// SPDX-License-Identifier: BSD-3-Clause
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { LegendRenderer } from '../output/renderer';
import { MIME } from '../payload/mime';

/** The legend under a coloured cell; safe, since it writes nothing but text. */
export const output: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-specialize:output',
  description: 'Shows the legend line under a cell with a specialization overlay.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [ITranslator],
  activate: (
    _: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('jupyterlab-specialize');
    rendermime.addFactory(
      { safe: true, mimeTypes: [MIME], createRenderer: () => new LegendRenderer(trans) },
      0
    );
  }
};
