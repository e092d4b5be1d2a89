// SPDX-License-Identifier: BSD-3-Clause
/*
 * The colours as CSS variables, once for each place where they can differ: the whole page, or one
 * editor whose cell asked for a mode or a palette. `style/overlay.css` uses the variables.
 */
import { ALPHAS, STRENGTHS } from './alphas';
import type { Alphas, Strength } from './alphas';
import { HUES, THEMES, palette } from './palette';
import type { Hue, Palette, Theme } from './palette';

/** Attributes of `body` that the theme plugin keeps: the theme's kind, and what the settings ask for. */
const MODE = 'data-jp-specialize-mode';
const PALETTE = 'data-jp-specialize-palette';
const STRENGTH = 'data-jp-specialize-strength';

/** The editor, and its attributes where its cell, or the settings, ask for something else. */
const ON = '.jp-Specialize-on';
const OWN_MODE = 'data-specialize-mode';
const OWN_PALETTE = 'data-specialize-palette';

/** All tables, as the kernel half's views take them (`palette.json`). */
export type Tables = Readonly<Record<Theme, Readonly<Record<Hue, Palette>>>> & {
  readonly alpha: Readonly<Record<Theme, Alphas>>;
};

/** Every palette, and the opacities of normal strength. */
export function tables(): Tables {
  const of = (theme: Theme): Record<Hue, Palette> => ({
    green: palette(theme, 'green'),
    blue: palette(theme, 'blue')
  });
  return { light: of('light'), dark: of('dark'), contrast: of('contrast'), alpha: ALPHAS.normal };
}

/** The style sheet with all colours; costs tens of ms, so make it once and not at start. */
export function stylesheet(): string {
  const all = tables();
  const pairs = THEMES.flatMap(theme => HUES.map(hue => ({ theme, hue })));
  const kinds = [wholePage, ownPalette, ownMode, ownBoth];
  // Later rules win: what a cell asked for stands after what the page asks for.
  const colors = kinds.flatMap(kind =>
    pairs.map(({ theme, hue }) => rule(kind(theme, hue), colorsOf(all[theme][hue])))
  );
  const alphas = STRENGTHS.flatMap(strength =>
    THEMES.map(theme => rule(strengthOf(theme, strength), alphasOf(ALPHAS[strength][theme])))
  );
  const onPaper = HUES.map(hue => rule(printed(hue), colorsOf(all.light[hue])));
  return [...colors, ...alphas, `@media print {\n${onPaper.join('\n')}\n}`].join('\n');
}

/** Selectors of a rule; empty: there is no such place. */
type Selectors = readonly string[];

function wholePage(theme: Theme, hue: Hue): Selectors {
  return [`body[${MODE}='${theme}'][${PALETTE}='${hue}']`];
}

function ownPalette(theme: Theme, hue: Hue): Selectors {
  return [`body[${MODE}='${theme}'] ${ON}[${OWN_PALETTE}='${hue}']`];
}

function ownMode(theme: Theme, hue: Hue): Selectors {
  return theme === 'contrast'
    ? []
    : [`body${unlessContrast(theme)}[${PALETTE}='${hue}'] ${ON}[${OWN_MODE}='${theme}']`];
}

function ownBoth(theme: Theme, hue: Hue): Selectors {
  const own = `${ON}[${OWN_MODE}='${theme}'][${OWN_PALETTE}='${hue}']`;
  return theme === 'contrast' ? [] : [`body${unlessContrast(theme)} ${own}`];
}

function strengthOf(theme: Theme, strength: Strength): Selectors {
  const body = `body[${STRENGTH}='${strength}']`;
  const own = `body${unlessContrast(theme)}[${STRENGTH}='${strength}'] ${ON}[${OWN_MODE}='${theme}']`;
  return theme === 'contrast'
    ? [`${body}[${MODE}='${theme}']`]
    : [`${body}[${MODE}='${theme}']`, own];
}

function printed(hue: Hue): Selectors {
  const mark = '.jp-Specialize-mark';
  return [`body[${PALETTE}='${hue}'] ${mark}`, `body ${ON}[${OWN_PALETTE}='${hue}'] ${mark}`];
}

/** A high contrast page is dark enough for a cell that asks for dark. */
function unlessContrast(theme: Theme): string {
  return theme === 'dark' ? `:not([${MODE}='contrast'])` : '';
}

function colorsOf({ bar, tint }: Palette): string[] {
  return [...numbered('bar', bar), ...numbered('tint', tint)];
}

function alphasOf({ tint, bar, alert }: Alphas): string[] {
  const percent = (steps: readonly number[]): string[] => steps.map(step => `${step}%`);
  return [
    ...numbered('tint-alpha', percent(tint)),
    ...numbered('bar-alpha', percent(bar)),
    ...numbered('bar-alert', percent(alert))
  ];
}

function numbered(name: string, values: readonly string[]): string[] {
  return values.map((value, i) => `--jp-specialize-${name}-${i}: ${value};`);
}

function rule(selectors: Selectors, declarations: readonly string[]): string {
  return selectors.length === 0
    ? ''
    : `${selectors.join(',\n')} {\n  ${declarations.join('\n  ')}\n}`;
}
