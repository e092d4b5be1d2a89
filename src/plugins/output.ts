// SPDX-License-Identifier: BSD-3-Clause
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IEditorLanguageRegistry, IEditorThemeRegistry } from '@jupyterlab/codemirror';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { Extension } from '@codemirror/state';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { LegendRenderer } from '../output/renderer';
import type { IComparing } from '../output/renderer';
import { WarmUpRenderer } from '../output/warmupRenderer';
import { MIME, WARM_UP_MIME } from '../payload/mime';
import { CommandIDs, ISpecializeState } from '../tokens';

/** The legend under a coloured cell and the film of a warm-up; safe: they write nothing but text. */
export const output: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-specialize:output',
  description: 'Shows the legend line under a cell with a specialization overlay.',
  autoStart: true,
  requires: [IRenderMimeRegistry, ISpecializeState],
  optional: [ITranslator, IEditorThemeRegistry, IEditorLanguageRegistry],
  activate: (
    app: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    state: ISpecializeState,
    translator: ITranslator | null,
    themes: IEditorThemeRegistry | null,
    languages: IEditorLanguageRegistry | null
  ) => {
    const trans = (translator ?? nullTranslator).load('jupyterlab-specialize');
    const context = {
      trans,
      sessions: state.sessions,
      comparing: comparingOf(app, state),
      showsAll: () => state.settings.showAll,
      showCell: (cell: string): void => {
        void app.commands.execute(CommandIDs.annotate, { cell });
      }
    };
    rendermime.addFactory(
      { safe: true, mimeTypes: [MIME], createRenderer: () => new LegendRenderer(context) },
      0
    );
    const python = async (): Promise<Extension | null> =>
      (await languages?.getLanguage('python'))?.support ?? null;
    rendermime.addFactory(
      {
        safe: true,
        mimeTypes: [WARM_UP_MIME],
        // The theme is asked for late: it may be registered after this plugin.
        createRenderer: () =>
          new WarmUpRenderer({ trans, state, python, theme: themes?.getTheme('jupyter') ?? [] })
      },
      0
    );
  }
};

/** The switch of the page, which a command toggles. */
function comparingOf({ commands }: JupyterFrontEnd, state: ISpecializeState): IComparing {
  return {
    get isOn() {
      return state.settings.compare;
    },
    changed: state.changed,
    toggle: () => {
      void commands.execute(CommandIDs.compare);
    }
  };
}
