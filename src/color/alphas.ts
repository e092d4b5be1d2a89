// SPDX-License-Identifier: BSD-3-Clause
/* How strongly the colours are laid on: whole per cent, index = strength of a run, 0 to 2. */
import type { Theme } from './palette';

/** Steps a user can choose from: `normal` for a desk, `projector` for a lecture hall. */
export const STRENGTHS = ['subtle', 'normal', 'projector'] as const;

/** One of `STRENGTHS`. */
export type Strength = (typeof STRENGTHS)[number];

type Steps = readonly [number, number, number];

/** Per cent of opacity: of the tint, of solid lines, and of dotted and wavy ones. */
export type Alphas = { readonly tint: Steps; readonly bar: Steps; readonly alert: Steps };

const OPAQUE: Steps = [100, 100, 100];

/** Good news recedes: a solid line is paler than a wave of the same strength. */
const LINES = { bar: [45, 65, 85], alert: [65, 85, 100] } as const;
const LINES_IN_CONTRAST = { bar: [65, 80, 100], alert: [65, 80, 100] } as const;

/** Above `projector` syntax colours fall below the contrast they have on a selection. */
export const ALPHAS: Readonly<Record<Strength, Readonly<Record<Theme, Alphas>>>> = {
  subtle: {
    light: { tint: [5, 8, 11], ...LINES },
    dark: { tint: [5, 9, 12], ...LINES },
    contrast: { tint: [4, 7, 10], ...LINES_IN_CONTRAST }
  },
  normal: {
    light: { tint: [9, 15, 21], ...LINES },
    dark: { tint: [10, 17, 24], ...LINES },
    contrast: { tint: [8, 14, 20], ...LINES_IN_CONTRAST }
  },
  projector: {
    light: { tint: [14, 23, 32], bar: OPAQUE, alert: OPAQUE },
    dark: { tint: [15, 25, 36], bar: OPAQUE, alert: OPAQUE },
    contrast: { tint: [15, 25, 36], bar: OPAQUE, alert: OPAQUE }
  }
};
