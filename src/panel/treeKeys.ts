// SPDX-License-Identifier: BSD-3-Clause
/* What a key does in a tree, as the ARIA practices have it. No DOM. */
import { parentOf } from './outline';
import type { Level } from './outline';

/** Where the keyboard is. */
export type Standing = {
  /** The active row; -1: none yet. */
  readonly index: number;
  /** Of every row. */
  readonly levels: readonly Level[];
  /** Whether the active row is open; null: nothing lies below it. */
  readonly isOpen: boolean | null;
  /** Rows that are in view at once. */
  readonly page: number;
};

/** `to` may lie beyond both ends; `stay`: the key is the tree's, and does nothing here. */
export type Move =
  | { readonly kind: 'go'; readonly to: number }
  | { readonly kind: 'open'; readonly isOpen: boolean }
  | { readonly kind: 'activate' | 'stay' };

const goTo = (to: number): Move => ({ kind: 'go', to });
const STAY: Move = { kind: 'stay' };

/** What `key` does, by its name in the DOM; null: it is none of the tree's. */
export function moveBy(key: string, standing: Standing): Move | null {
  const { index, levels, page } = standing;
  switch (key) {
    case 'ArrowDown':
      return goTo(index + 1);
    case 'ArrowUp':
      return goTo(index - 1);
    case 'PageDown':
      return goTo(index + page);
    case 'PageUp':
      return goTo(index - page);
    case 'Home':
      return goTo(0);
    case 'End':
      return goTo(levels.length - 1);
    case 'ArrowRight':
      return openOrEnter(standing);
    case 'ArrowLeft':
      return closeOrLeave(standing);
    case 'Enter':
    case ' ':
      return { kind: 'activate' };
    default:
      return null;
  }
}

function openOrEnter({ index, isOpen }: Standing): Move {
  if (isOpen === null) {
    return STAY;
  }
  return isOpen ? goTo(index + 1) : { kind: 'open', isOpen: true };
}

function closeOrLeave({ index, levels, isOpen }: Standing): Move {
  if (isOpen === true) {
    return { kind: 'open', isOpen: false };
  }
  const parent = parentOf(levels, index);
  return parent < 0 ? STAY : goTo(parent);
}
