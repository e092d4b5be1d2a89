// SPDX-License-Identifier: BSD-3-Clause
/* What the lines under a cell are made of. Everything in it is text. */
import type { Options } from '../payload/types';
import type { Count } from './legend';

/** Let the hues within `node` be those that its cell asked for; null: those of the settings. */
export function showPalette(node: HTMLElement, palette: Options['palette']): void {
  // The colours' rules look for both.
  node.classList.toggle('jp-Specialize-on', palette !== null);
  node.dataset.specializePalette = palette ?? '';
}

/** A piece of a line. */
export function part(classes: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = classes.trim();
  element.textContent = text;
  return element;
}

/** One piece for each count, which looks as the code does. */
export function countParts(counts: readonly Count[]): HTMLElement[] {
  return counts.map(({ text, classes }) => part(`jp-Specialize-legendCount ${classes}`, text));
}

/** A note. */
export function notePart(text: string): HTMLElement {
  return part('jp-Specialize-legendNote', text);
}

/**
 * Leave the keys to `element` itself: the notebook has commands on Enter and the arrow keys for
 * whatever in it has the focus, and Lumino looks for this mark there, not further out.
 */
export function keepKeys(element: HTMLElement): void {
  element.dataset.lmSuppressShortcuts = 'true';
}

/** A button whose keys stay its own: `title` says more than its text. */
export function buttonElement(
  className: string,
  text: string,
  title: string,
  onClick: () => void
): HTMLButtonElement {
  const button = document.createElement('button');
  keepKeys(button);
  button.className = className;
  button.type = 'button';
  button.textContent = text;
  button.title = title;
  button.addEventListener('click', onClick);
  return button;
}
