// SPDX-License-Identifier: BSD-3-Clause
/* What the levels of a tree's rows say of each: its parent, and its rank among its siblings. */

/** 1: on top; 2: below the last row of level 1 before it. */
export type Level = 1 | 2;

/** `position`: from 1; `size`: how many siblings there are, itself included. */
export type Rank = { readonly position: number; readonly size: number };

/** The rank of every row. */
export function ranksOf(levels: readonly Level[]): Rank[] {
  const top: number[] = [];
  let below: number[] = [];
  const families = [top, below];
  levels.forEach((level, index) => {
    if (level === 1) {
      top.push(index);
      families.push((below = []));
    } else {
      below.push(index);
    }
  });
  const ranks: Rank[] = [];
  for (const family of families) {
    family.forEach((index, place) => {
      ranks[index] = { position: place + 1, size: family.length };
    });
  }
  return ranks;
}

/** The row above `index` that it belongs to; -1: there is none, or it is on top itself. */
export function parentOf(levels: readonly Level[], index: number): number {
  return levels[index] === 2 ? levels.lastIndexOf(1, index) : -1;
}
