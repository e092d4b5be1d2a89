// SPDX-License-Identifier: BSD-3-Clause
/* The commands that choose looks; menus that call them are declared in schema/commands.json. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { TranslationBundle } from '@jupyterlab/translation';
import { MODES, PALETTES } from '../model/settings';
import { CommandIDs, ISpecializeState } from '../tokens';

/** Choose colour tables and hues, and whether changes are framed. */
export const looks: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-specialize:looks',
  description: 'Adds the commands that choose how the specialization overlay looks.',
  autoStart: true,
  requires: [ISpecializeState],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    state: ISpecializeState,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('jupyterlab-specialize');
    addSetMode(app, state, trans);
    addCompare(app, state, trans);
    const category = trans.__('Specialization');
    const { compare, setMode } = CommandIDs;
    palette?.addItem({ command: compare, category });
    for (const args of [
      ...MODES.map(mode => ({ mode })),
      ...PALETTES.map(hues => ({ palette: hues }))
    ]) {
      palette?.addItem({ command: setMode, category, args });
    }
  }
};

function addSetMode(app: JupyterFrontEnd, state: ISpecializeState, trans: TranslationBundle) {
  app.commands.addCommand(CommandIDs.setMode, {
    label: args => modeLabel(args.mode ?? args.palette, trans),
    caption: trans.__('Choose the colours of the specialization overlay'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          mode: { type: 'string', enum: [...MODES], description: 'Colour tables' },
          palette: { type: 'string', enum: [...PALETTES], description: 'Hues' }
        }
      }
    },
    isToggleable: true,
    isToggled: args => args.mode === state.settings.mode || args.palette === state.settings.palette,
    execute: async args => {
      const mode = MODES.find(known => known === args.mode);
      const palette = PALETTES.find(known => known === args.palette);
      await (mode && state.set('mode', mode));
      await (palette && state.set('palette', palette));
    }
  });
  state.changed.connect(() => {
    app.commands.notifyCommandChanged(CommandIDs.setMode);
  });
}

function addCompare(app: JupyterFrontEnd, state: ISpecializeState, trans: TranslationBundle) {
  app.commands.addCommand(CommandIDs.compare, {
    label: trans.__('Show What Changed Since the Run Before'),
    caption: trans.__('Frame what was gained (+) and lost (−) in coloured cells that ran before'),
    describedBy: { args: { type: 'object', properties: {} } },
    isToggleable: true,
    isToggled: () => state.settings.compare,
    execute: () => state.set('compare', !state.settings.compare)
  });
  state.changed.connect(() => {
    app.commands.notifyCommandChanged(CommandIDs.compare);
  });
}

function modeLabel(choice: unknown, trans: TranslationBundle): string {
  switch (choice) {
    case 'auto':
      return trans.__('Specialization Colours: Follow the Theme');
    case 'light':
      return trans.__('Specialization Colours: Light');
    case 'dark':
      return trans.__('Specialization Colours: Dark');
    case 'green':
      return trans.__('Specialization Colours: Green to Red');
    case 'blue':
      return trans.__('Specialization Colours: Blue to Red (colour-blind friendlier)');
    default:
      return trans.__('Specialization Colours');
  }
}
