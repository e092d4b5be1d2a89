// SPDX-License-Identifier: BSD-3-Clause
/*
 * What each state counts and how it looks. The set itself is part of the wire: `payload/states.ts`.
 */
import { STATES } from '../payload/states';
import type { State } from '../payload/states';

export { STATES, toState } from '../payload/states';
export type { State } from '../payload/states';

/** How a state looks, without colour. */
export type Look = {
  /** One character that stands for the state in text; no triangles, they read as fold arrows. */
  readonly glyph: string;
  /** Style of the line below the text; null: never painted. */
  readonly line: 'solid' | 'dashed' | 'dotted' | 'wavy' | null;
};

/** Glyph and line style of every state. */
export const LOOKS: Readonly<Record<State, Look>> = {
  failed: { glyph: '×', line: 'wavy' },
  deoptimized: { glyph: '↓', line: 'wavy' },
  missing: { glyph: '~', line: 'dotted' },
  general: { glyph: '○', line: 'dashed' },
  specialized: { glyph: '●', line: 'solid' },
  unsupported: { glyph: '–', line: null },
  waiting: { glyph: '…', line: 'wavy' },
  cold: { glyph: '·', line: 'wavy' },
  hidden: { glyph: '■', line: null },
  unknown: { glyph: '?', line: null }
};

/** Twice the weight of the states that are always painted: 2 green, 1 between, 0 red. */
const HALVES: Readonly<Partial<Record<State, number>>> = {
  failed: 0,
  deoptimized: 0,
  missing: 1,
  general: 1,
  specialized: 2
};

/** Those that "show all" paints as well. */
const HALVES_OF_ALL = { ...HALVES, cold: 0, waiting: 0 };

/** Order in which states of one weight choose a run's line style. */
const LOUDEST: readonly State[] = [
  'failed',
  'deoptimized',
  'cold',
  'waiting',
  'missing',
  'general',
  'specialized'
];

/** The states that can be painted, loudest first. */
export const PAINTABLE = LOUDEST;

/** What a reader chose to see. */
export type Shown = {
  /** Paint `cold` and `waiting` too. */
  readonly showAll: boolean;
  /** Paint these states only; absent: all that can be painted. */
  readonly states?: readonly State[] | undefined;
};

/** Twice the weight of `state`, so that sums stay whole; null: it is not painted. */
export function halvesOf(state: State, { showAll, states }: Shown): number | null {
  const halves = (showAll ? HALVES_OF_ALL : HALVES)[state] ?? null;
  return states === undefined || states.includes(state) ? halves : null;
}

/** Place of `state` among those that want to be heard, loudest first; unpainted ones come last. */
export function loudness(state: State): number {
  const place = LOUDEST.indexOf(state);
  return place < 0 ? LOUDEST.length + STATES.indexOf(state) : place;
}
