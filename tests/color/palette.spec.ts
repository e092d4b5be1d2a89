// SPDX-License-Identifier: BSD-3-Clause
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALPHAS, STRENGTHS } from '../../src/color/alphas';
import { tables } from '../../src/color/css';
import { THEMES, palette } from '../../src/color/palette';
import type { Hue, Theme } from '../../src/color/palette';
import { VISIONS, contrast, difference, over } from './vision';

/** The colours that were chosen and looked at, level 8 first. */
const CHOSEN: Record<string, string> = {
  'light green bar': '#25966a #5fa452 #8fab33 #baaf01 #e1b00a #de8f06 #d96b06 #d04204 #c60215',
  'light blue bar': '#5fb8f2 #66a2f8 #768cf8 #8874f1 #9a58e0 #c22cb4 #d00279 #cb0446 #c60215',
  'dark green bar': '#23926b #5ca85f #91b94c #c4c435 #f7cd22 #feab11 #fe8923 #fd5b1f #f72a36',
  'dark blue bar': '#1272ab #4378c7 #6a7bde #917cee #b97df7 #e55ed6 #fd419f #fc3067 #f72a36',
  'contrast green bar': '#26a778 #64bb6a #9bcb55 #cdd63c #fede23 #ffbe4a #fe9b44 #fe723c #fe4145',
  'contrast blue bar': '#1882c0 #4f87d8 #798bec #a08ef8 #c791fd #ef73e0 #fe63ab #ff5177 #fe4145',
  'light green tint': '#72e5b1 #9ae48c #c1e069 #e4d949 #ffd25a #febc6a #ffa56c #ff8d6a #ff7267',
  'light blue tint': '#86cdfe #9ac3ff #a8baff #b6afff #c9a1ff #eb8bde #ff7bb2 #fe7989 #ff7267',
  'dark green tint': '#147554 #3d773f #5b7729 #75750c #8b7202 #9d6803 #b05a03 #c73f02 #da0324',
  'dark blue tint': '#246997 #3b66a6 #5361b0 #6c5bb5 #8353b3 #a7409b #c12b77 #d30c4f #da0324',
  'contrast green tint': '#147554 #3d773f #5b7729 #75750c #8b7202 #9d6803 #b05a03 #c73f02 #da0324',
  'contrast blue tint': '#246997 #3b66a6 #5361b0 #6c5bb5 #8353b3 #a7409b #c12b77 #d30c4f #da0324'
};

const GROUND: Record<Theme, string> = { light: '#ffffff', dark: '#111111', contrast: '#111111' };

/**
 * Lower bounds, as measured when the palette was chosen. `ends`: between level 8 and 0; `steps`:
 * between neighbours; `three`: between levels 8, 4 and 0 in the worst of four kinds of vision (all
 * CIEDE2000). `bar`: of an opaque bar on the ground; `text`: of syntax colours on the strongest
 * tint (both WCAG). Yellow on white cannot reach 3, that is known.
 */
const BOUNDS: [Theme, Hue, Record<'ends' | 'steps' | 'three' | 'bar' | 'text', number>][] = [
  ['light', 'green', { ends: 66, steps: 10.3, three: 18.3, bar: 2, text: 3.7 }],
  ['light', 'blue', { ends: 59, steps: 8.9, three: 16.5, bar: 2.1, text: 3.7 }],
  ['dark', 'green', { ends: 66, steps: 11.5, three: 14.9, bar: 4.8, text: 4 }],
  ['dark', 'blue', { ends: 50, steps: 7.6, three: 14.6, bar: 3.6, text: 4.1 }],
  ['contrast', 'green', { ends: 69, steps: 10.7, three: 15.7, bar: 5.4, text: 4.2 }],
  ['contrast', 'blue', { ends: 51, steps: 7.7, three: 12.1, bar: 4.4, text: 4.3 }]
];

describe('the palette', () => {
  it.each(BOUNDS)('makes the chosen colours of %s %s', (theme, hue) => {
    const { bar, tint } = palette(theme, hue);
    expect({ bar: [...bar].reverse().join(' '), tint: [...tint].reverse().join(' ') }).toEqual({
      bar: CHOSEN[`${theme} ${hue} bar`],
      tint: CHOSEN[`${theme} ${hue} tint`]
    });
  });

  it.each(BOUNDS)('keeps %s %s apart and readable', (theme, hue, bounds) => {
    const { bar, tint } = palette(theme, hue);
    const ground = GROUND[theme];
    const [red, yellow, green] = [bar[0], bar[4], bar[8]].map(String) as [string, string, string];
    const strongest = ALPHAS.normal[theme].tint[2];
    const measured = {
      ends: difference(green, red),
      steps: Math.min(...bar.slice(1).map((color, i) => difference(color, bar[i] ?? color))),
      three: Math.min(
        ...VISIONS.map(vision => difference(green, yellow, vision)),
        ...VISIONS.map(vision => difference(yellow, red, vision)),
        ...VISIONS.map(vision => difference(green, red, vision))
      ),
      bar: Math.min(...bar.map(color => contrast(color, ground))),
      text: Math.min(
        ...tint.flatMap(color =>
          syntaxOf(theme).map(token => contrast(token, over(color, strongest, ground)))
        )
      )
    };
    const tooLow = Object.entries(bounds).filter(
      ([name, bound]) => measured[name as keyof typeof measured] < bound
    );
    expect(tooLow).toEqual([]);
  });

  it('leaves each syntax colour three quarters of its contrast', () => {
    const kept = BOUNDS.flatMap(([theme, hue]) =>
      palette(theme, hue).tint.flatMap(color =>
        syntaxOf(theme).map(token => {
          const marked = over(color, ALPHAS.normal[theme].tint[2], GROUND[theme]);
          return contrast(token, marked) / contrast(token, GROUND[theme]);
        })
      )
    );
    expect(Math.min(...kept)).toBeGreaterThan(0.75);
  });

  it.each(STRENGTHS.flatMap(strength => THEMES.map(theme => [strength, theme] as const)))(
    'tells specialized from failed in blue, %s in %s, to every kind of vision',
    (strength, theme) => {
      const { bar } = palette(theme, 'blue');
      const { bar: solid, alert } = ALPHAS[strength][theme];
      const line = (level: 0 | 8, alpha: number) => over(String(bar[level]), alpha, GROUND[theme]);
      const differences = VISIONS.flatMap(vision =>
        [0, 1, 2].map(step =>
          difference(line(8, solid[step] ?? 0), line(0, alert[step] ?? 0), vision)
        )
      );
      expect(Math.min(...differences)).toBeGreaterThan(10);
    }
  );

  it('is what the views of the kernel half were given: npm run regenerate', () => {
    const file = '../../python_kernel_ext/src/ipyspecialize/views/palette.json';
    expect(JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf-8'))).toEqual(tables());
  });
});

/** JupyterLab's colours of keyword, number, definition, property, operator and string. */
function syntaxOf(theme: Theme): string[] {
  const css = readFileSync(new URL('../../style/variables/dress.css', import.meta.url), 'utf-8');
  const scope = theme === 'light' ? 'color-scheme: light' : 'color-scheme: dark';
  const block = css.split('}').find(rule => rule.includes(scope)) ?? '';
  const tokens = /-editor-(?:keyword|number|def|property|operator|string)-color: (.*);/g;
  return [...block.matchAll(tokens)].map(match => String(match[1]));
}
