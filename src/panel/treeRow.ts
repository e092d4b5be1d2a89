// SPDX-License-Identifier: BSD-3-Clause
/* One row of a tree: what is seen of it, and what a screen reader says instead. */

/** How one row is shown. */
export type TreeRow = {
  /** null: nothing lies below it. */
  readonly isOpen: boolean | null;
  /** Whether it belongs to what is selected elsewhere. */
  readonly isMarked: boolean;
  /** What a screen reader says. */
  readonly label: string;
  /** Further classes of its element. */
  readonly classes: string;
  /** What is seen of it. */
  draw(): readonly HTMLElement[];
};

/** Class of what opens and closes a row. */
export const TWISTY = 'jp-Specialize-twisty';

/**
 * The element of a row, without its place among others. Its label is all that a screen reader says of it, and
 * what a pointer is shown: in a narrow panel not all of a row is seen.
 */
export function rowElement({ isOpen, isMarked, label, classes, draw }: TreeRow): HTMLElement {
  const element = document.createElement('div');
  element.className = `jp-Specialize-treeRow ${classes}`.trim();
  element.setAttribute('role', 'treeitem');
  element.setAttribute('aria-label', label);
  element.setAttribute('aria-selected', String(isMarked));
  if (isOpen !== null) {
    element.setAttribute('aria-expanded', String(isOpen));
  }
  const twisty = document.createElement('span');
  twisty.className = TWISTY;
  twisty.textContent = isOpen === null ? '' : isOpen ? '−' : '+';
  const seen = draw();
  element.append(twisty, ...seen);
  for (const child of seen) {
    child.title = label;
  }
  for (const child of element.children) {
    child.setAttribute('aria-hidden', 'true');
  }
  return element;
}
