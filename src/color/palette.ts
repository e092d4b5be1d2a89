// SPDX-License-Identifier: BSD-3-Clause
/*
 * The colours of the overlay, made in OKLCH from a few anchors.
 * In: a theme and a hue. Out: for each level 0 (red) to 8 the colour of the line below the text
 * and that of the tint behind it. `python_kernel_ext/.../views/palette.json` is written from here.
 *
 * The anchors were chosen by measuring: text contrast, steps between neighbours, and the distance
 * of the ends under three kinds of colour blindness; `tests/color/palette.spec.ts` keeps the bounds.
 */
import chroma from 'chroma-js';

/** Which tables: `contrast` is the high contrast theme, which is dark. */
export const THEMES = ['light', 'dark', 'contrast'] as const;
/** Green to red, or blue to red. */
export const HUES = ['green', 'blue'] as const;

/** One of `THEMES`. */
export type Theme = (typeof THEMES)[number];
/** One of `HUES`. */
export type Hue = (typeof HUES)[number];

/** Colours as `#rrggbb`, index = level. */
export type Palette = { readonly bar: readonly string[]; readonly tint: readonly string[] };

/** Share of sites that are specialized, lightness 0 to 1, chroma, hue in degrees (may pass 360). */
type Anchor = readonly [share: number, lightness: number, chroma: number, hue: number];

const BARS: Readonly<Record<Theme, Readonly<Record<Hue, readonly Anchor[]>>>> = {
  light: {
    green: [
      [1, 0.6, 0.12, 162],
      [0.5, 0.78, 0.17, 88],
      [0.25, 0.64, 0.19, 50],
      [0, 0.52, 0.215, 27]
    ],
    blue: [
      [1, 0.75, 0.12, 240],
      [0.5, 0.6, 0.2, 303],
      [0.25, 0.57, 0.245, 347],
      [0, 0.52, 0.215, 387]
    ]
  },
  dark: {
    green: [
      [1, 0.59, 0.115, 164],
      [0.5, 0.86, 0.17, 93],
      [0.25, 0.755, 0.17, 57],
      [0, 0.63, 0.235, 25]
    ],
    blue: [
      [1, 0.53, 0.12, 242],
      [0.5, 0.7, 0.18, 305],
      [0.25, 0.69, 0.235, 348],
      [0, 0.63, 0.235, 385]
    ]
  },
  contrast: {
    green: [
      [1, 0.65, 0.13, 163],
      [0.5, 0.9, 0.18, 98],
      [0.25, 0.79, 0.165, 62],
      [0, 0.66, 0.225, 25]
    ],
    blue: [
      [1, 0.58, 0.13, 242],
      [0.5, 0.75, 0.16, 306],
      [0.25, 0.73, 0.22, 348],
      [0, 0.66, 0.225, 385]
    ]
  }
};

/** Lightness and chroma of the tints at level 8, 4 and 0; their hue is that of the bar. */
type TintAnchors = { readonly lightness: Knots; readonly chroma: Knots };
type Knots = readonly [number, number, number];

const TINTS: Readonly<Record<'light' | 'dark', Readonly<Record<Hue, TintAnchors>>>> = {
  light: {
    green: { lightness: [0.84, 0.88, 0.72], chroma: [0.13, 0.17, 0.2] },
    blue: { lightness: [0.82, 0.78, 0.72], chroma: [0.1, 0.14, 0.2] }
  },
  dark: {
    green: { lightness: [0.5, 0.56, 0.56], chroma: [0.1, 0.12, 0.24] },
    blue: { lightness: [0.5, 0.54, 0.56], chroma: [0.1, 0.15, 0.24] }
  }
};

/** Points sampled on each half of the way; 4 equal steps are laid between them. */
const SAMPLES = 201;
const STEPS = 4;
/** By so much chroma is lowered at a time until a colour can be shown. */
const CHROMA_STEP = 0.002;

/** The colours of one theme and hue. */
export function palette(theme: Theme, hue: Hue): Palette {
  // Tints lie so far in the background that own ones for high contrast made no visible difference.
  const ground = theme === 'contrast' ? 'dark' : theme;
  const tint = bars(ground, hue).map((bar, level) =>
    tintOf(bar, level / (2 * STEPS), TINTS[ground][hue])
  );
  return { bar: bars(theme, hue), tint };
}

const made = new Map<string, readonly string[]>();

/** Colours of the lines, index = level; made once. */
function bars(theme: Theme, hue: Hue): readonly string[] {
  const known = made.get(theme + hue);
  if (known !== undefined) {
    return known;
  }
  const anchors = BARS[theme][hue];
  // Each half of the way has its own steps: half of all sites specialized stays in the middle.
  const colors = [...evenly(anchors, 1, 0.5), ...evenly(anchors, 0.5, 0), colorAt(anchors, 0)];
  const bar = colors.map(color => color.hex()).reverse();
  made.set(theme + hue, bar);
  return bar;
}

type Color = ReturnType<typeof chroma.oklch>;

/** The first `STEPS` of as many equal steps (CIEDE2000) from one share to another. */
function evenly(anchors: readonly Anchor[], from: number, to: number): Color[] {
  const colors = Array.from({ length: SAMPLES }, (_, i) =>
    colorAt(anchors, from + ((to - from) * i) / (SAMPLES - 1))
  );
  let length = 0;
  const lengths = colors.map((color, i) => {
    length += i === 0 ? 0 : chroma.deltaE(colors[i - 1] ?? color, color);
    return length;
  });
  return Array.from({ length: STEPS }, (_, step) => {
    const wanted = (length * step) / STEPS;
    return colors[lengths.findIndex(reached => reached >= wanted)];
  }).filter(color => color !== undefined);
}

function colorAt(anchors: readonly Anchor[], share: number): Color {
  const next = Math.max(
    1,
    anchors.findIndex(anchor => anchor[0] <= share)
  );
  const [a, b] = [anchors[next - 1], anchors[next]];
  if (a === undefined || b === undefined) {
    throw new RangeError(`A share of ${share} lies outside the anchors.`);
  }
  const part = (a[0] - share) / (a[0] - b[0]);
  return shown(mix(a[1], b[1], part), mix(a[2], b[2], part), mix(a[3], b[3], part));
}

function tintOf(
  bar: string,
  share: number,
  { lightness, chroma: saturation }: TintAnchors
): string {
  const [, , hue] = chroma(bar).oklch();
  return shown(between(lightness, share), between(saturation, share), hue).hex();
}

/** Value at `share` of three that stand at 1, ½ and 0. */
function between([green, half, red]: Knots, share: number): number {
  return share >= 0.5 ? mix(half, green, 2 * share - 1) : mix(red, half, 2 * share);
}

const mix = (a: number, b: number, part: number): number => a + (b - a) * part;

/** The colour with as little less chroma as a screen can show; lightness and hue are kept. */
function shown(lightness: number, saturation: number, hue: number): Color {
  const color = (steps: number): Color =>
    chroma.oklch(lightness, Math.max(0, saturation - steps * CHROMA_STEP), hue % 360);
  // Most colours need few steps or none: double first, then halve. Without chroma all can be shown.
  let tooFew = -1;
  let enough = 0;
  while (color(enough).clipped()) {
    tooFew = enough;
    enough = 2 * enough + 1;
  }
  while (enough - tooFew > 1) {
    const middle = (tooFew + enough) >> 1;
    if (color(middle).clipped()) {
      tooFew = middle;
    } else {
      enough = middle;
    }
  }
  return color(enough);
}
