// SPDX-License-Identifier: BSD-3-Clause
/* Colours for the page: one style sheet, and attributes on `body` that choose among its tables. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import type { Theme } from '../color/palette';
import { ISpecializeState } from '../tokens';

/** Follows the theme and the settings; the tables are made once, when they are first needed. */
export const theme: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-specialize:theme',
  description: 'Writes the colours of the specialization overlay and follows the theme.',
  autoStart: true,
  requires: [ISpecializeState],
  optional: [IThemeManager],
  activate: (_: JupyterFrontEnd, state: ISpecializeState, themes: IThemeManager | null) => {
    const apply = (): void => {
      const { palette, strength, underlines } = state.settings;
      const { dataset } = document.body;
      dataset.jpSpecializeMode = themeOf(themes);
      dataset.jpSpecializePalette = palette;
      dataset.jpSpecializeStrength = strength;
      dataset.jpSpecializeUnderlines = String(underlines);
    };
    state.changed.connect(apply);
    themes?.themeChanged.connect(apply);
    apply();
    void addStylesheet();
  }
};

/** Which tables fit what the page looks like; an editor may ask for others. */
function themeOf(themes: IThemeManager | null): Theme {
  const { jpThemeName, jpThemeLight } = document.body.dataset;
  const name = themes?.theme ?? jpThemeName ?? '';
  if (name.includes('High Contrast')) {
    return 'contrast';
  }
  const isLight = themes?.theme ? themes.isLight(themes.theme) : jpThemeLight !== 'false';
  return isLight ? 'light' : 'dark';
}

async function addStylesheet(): Promise<void> {
  // chroma-js is a chunk of its own: JupyterLab's start does not wait for it.
  const { stylesheet } = await import('../color/css');
  const element = document.createElement('style');
  element.id = 'jp-Specialize-colors';
  element.textContent = stylesheet();
  document.head.append(element);
}
