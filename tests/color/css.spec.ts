// SPDX-License-Identifier: BSD-3-Clause
// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { stylesheet } from '../../src/color/css';
import { palette } from '../../src/color/palette';

type Place = { mode: string; palette: string; ownMode?: string; ownPalette?: string };

describe('the style sheet', () => {
  beforeEach(() => {
    document.head.innerHTML = '';
    document.head.append(Object.assign(document.createElement('style'), { textContent: screen() }));
  });

  it.each<[string, Place, string | undefined]>([
    ['the page', { mode: 'light', palette: 'green' }, palette('light', 'green').bar[8]],
    [
      'the page in dark and blue',
      { mode: 'dark', palette: 'blue' },
      palette('dark', 'blue').bar[8]
    ],
    [
      'a palette of its own',
      { mode: 'dark', palette: 'green', ownPalette: 'blue' },
      palette('dark', 'blue').bar[8]
    ],
    [
      'a mode of its own',
      { mode: 'light', palette: 'blue', ownMode: 'dark' },
      palette('dark', 'blue').bar[8]
    ],
    [
      'both of its own',
      { mode: 'dark', palette: 'green', ownMode: 'light', ownPalette: 'blue' },
      palette('light', 'blue').bar[8]
    ],
    [
      'light in high contrast',
      { mode: 'contrast', palette: 'green', ownMode: 'light', ownPalette: 'blue' },
      palette('light', 'blue').bar[8]
    ],
    [
      'dark in high contrast, which is dark enough',
      { mode: 'contrast', palette: 'green', ownMode: 'dark', ownPalette: 'blue' },
      palette('contrast', 'blue').bar[8]
    ]
  ])('gives %s its colours', (_, place, bar) => {
    expect(valueAt(place, '--jp-specialize-bar-8')).toBe(bar);
  });

  it('gives each mode its opacities, also the one a cell asked for', () => {
    const name = '--jp-specialize-tint-alpha-2';
    expect([
      valueAt({ mode: 'light', palette: 'green' }, name),
      valueAt({ mode: 'contrast', palette: 'green' }, name),
      valueAt({ mode: 'light', palette: 'green', ownMode: 'dark' }, name)
    ]).toEqual(['21%', '20%', '24%']);
  });
});

/** jsdom takes rules for print as rules for the screen. */
const screen = (): string => stylesheet().split('@media print')[0] ?? '';

function valueAt(place: Place, variable: string): string {
  const { body } = document;
  body.dataset['jpSpecializeMode'] = place.mode;
  body.dataset['jpSpecializePalette'] = place.palette;
  body.dataset['jpSpecializeStrength'] = 'normal';
  const editor = document.createElement('div');
  editor.className = 'jp-Specialize-on';
  if (place.ownMode !== undefined) {
    editor.dataset['specializeMode'] = place.ownMode;
  }
  if (place.ownPalette !== undefined) {
    editor.dataset['specializePalette'] = place.ownPalette;
  }
  body.replaceChildren(editor);
  // jsdom inherits no custom properties: look at the editor, then at the page.
  const own = getComputedStyle(editor).getPropertyValue(variable);
  return own === '' ? getComputedStyle(body).getPropertyValue(variable) : own;
}
