// SPDX-License-Identifier: BSD-3-Clause
/* How colours look to people, for the bounds of the palette. */
import chroma from 'chroma-js';

type Matrix = readonly (readonly [number, number, number])[];

/** Machado, Oliveira and Fernandes 2009, severity 1; applied to linear RGB. */
const SEEN_BY: Readonly<Record<string, Matrix>> = {
  everybody: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1]
  ],
  protanopes: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998]
  ],
  deuteranopes: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881]
  ],
  tritanopes: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039]
  ]
};

/** Kinds of colour vision. */
export const VISIONS = Object.keys(SEEN_BY);

/** Difference (CIEDE2000) between two colours, as one kind of vision sees them. */
export function difference(a: string, b: string, vision = 'everybody'): number {
  return chroma.deltaE(seen(a, vision), seen(b, vision));
}

/** Contrast (WCAG) of two colours. */
export const contrast = (a: string, b: string): number => chroma.contrast(a, b);

/** `color` at `percent` opacity over `ground`. */
export function over(color: string, percent: number, ground: string): string {
  return chroma.mix(ground, color, percent / 100, 'rgb').hex();
}

function seen(color: string, vision: string): string {
  const linear = chroma(color)
    .rgb(false)
    .map(value => toLinear(value / 255));
  const rgb = (SEEN_BY[vision] ?? []).map(row =>
    row.reduce((sum, weight, i) => sum + weight * (linear[i] ?? 0), 0)
  );
  const [r = 0, g = 0, b = 0] = rgb.map(value => 255 * fromLinear(Math.min(1, Math.max(0, value))));
  return chroma.rgb(r, g, b).hex();
}

const toLinear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const fromLinear = (v: number): number =>
  v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055;
