// SPDX-License-Identifier: BSD-3-Clause
/*
 * Everything a user can set. `schema/state.json` says the same to the settings editor.
 * In: whatever the settings registry holds; an overrides file may have put anything there.
 * Out: settings, with the default in the place of each value that makes no sense.
 */
import { STRENGTHS } from '../color/alphas';
import type { Strength } from '../color/alphas';
import type { PaintOptions } from './paint';
import { PAINTABLE, toState } from './states';
import type { State } from './states';

/** All settings. */
export type Settings = PaintOptions & {
  /** Which of the paintable states are painted. */
  readonly states: readonly State[];
  /** Which colour tables; `auto` follows the theme. */
  readonly mode: (typeof MODES)[number];
  /** Green to red, or blue to red. */
  readonly palette: (typeof PALETTES)[number];
  /** How strong the tint is. */
  readonly strength: Strength;
  /** Whether solid lines are drawn; the others always are, they carry the state. */
  readonly underlines: boolean;
  /** Whether what was gained and lost since the cell was shown before is framed. */
  readonly compare: boolean;
  /** Whether annotated cells have a column with the state of each line. */
  readonly gutter: boolean;
  /** Whether every cell is annotated that runs, without `%%specialize`. */
  readonly annotateAll: boolean;
};

export const MODES = ['auto', 'light', 'dark'] as const;
export const PALETTES = ['green', 'blue'] as const;
const BLENDS = ['gradient', 'sharp'] as const;

/** What is set where nobody set anything. */
export const DEFAULTS: Settings = {
  mode: 'auto',
  palette: 'green',
  strength: 'normal',
  blend: 'gradient',
  showAll: false,
  states: PAINTABLE,
  underlines: true,
  compare: false,
  gutter: false,
  annotateAll: false
};

/** Each setting's value in `raw`; the default where it is none of the possible ones. */
export function settingsOf(raw: Readonly<Record<string, unknown>>): Settings {
  return {
    mode: oneOf(MODES, raw.mode) ?? DEFAULTS.mode,
    palette: oneOf(PALETTES, raw.palette) ?? DEFAULTS.palette,
    strength: oneOf(STRENGTHS, raw.strength) ?? DEFAULTS.strength,
    blend: oneOf(BLENDS, raw.blend) ?? DEFAULTS.blend,
    showAll: flag(raw.showAll) ?? DEFAULTS.showAll,
    states: statesOf(raw.states) ?? DEFAULTS.states,
    underlines: flag(raw.underlines) ?? DEFAULTS.underlines,
    compare: flag(raw.compare) ?? DEFAULTS.compare,
    gutter: flag(raw.gutter) ?? DEFAULTS.gutter,
    annotateAll: flag(raw.annotateAll) ?? DEFAULTS.annotateAll
  };
}

/** Names of the settings in `raw` whose values make no sense: their defaults are used. */
export function nonsenseIn(raw: Readonly<Record<string, unknown>>): (keyof Settings)[] {
  const read = settingsOf(raw);
  return (Object.keys(DEFAULTS) as (keyof Settings)[]).filter(
    name => raw[name] !== undefined && JSON.stringify(read[name]) !== JSON.stringify(raw[name])
  );
}

function oneOf<T extends string>(known: readonly T[], raw: unknown): T | undefined {
  return known.find(value => value === raw);
}

function flag(raw: unknown): boolean | undefined {
  return typeof raw === 'boolean' ? raw : undefined;
}

function statesOf(raw: unknown): Settings['states'] | undefined {
  const isList = Array.isArray(raw) && raw.every(name => typeof name === 'string');
  const states = isList ? raw.map(toState) : [];
  return isList && states.every(state => PAINTABLE.includes(state)) ? states : undefined;
}
