// SPDX-License-Identifier: BSD-3-Clause
import type { PaintOptions } from '../model/paint';
import type { Settings } from '../model/settings';
import type { IWords } from './words';

/** How one editor shows its payload. */
export type OverlayOptions = PaintOptions & {
  /** Whether a column beside the text has a sign for each painted line. */
  readonly gutter: boolean;
  /** Which colour tables, where the cell asks for none of its own; `auto`: those of the page. */
  readonly mode: Settings['mode'];
};

/**
 * Where one editor gets its overlay from: a cell's outputs and the user's settings, adapted. It
 * outlives the view, and none of its members may throw, even when the cell is gone.
 */
export interface IOverlaySource {
  /** What the cell's outputs carry under our MIME type, unread; null: nothing. */
  read(): unknown;
  /** How it is to be painted. */
  options(): OverlayOptions;
  /** Whether what changed since the cell was shown before is marked, too. */
  isCompared(): boolean;
  /**
   * Have `changed` called whenever one of the others may answer anew; many calls cost little.
   *
   * @returns A function that ends it.
   */
  subscribe(changed: () => void): () => void;
  /** Whether the kernel session that a payload names has ended. */
  isEnded(session: string): boolean;
  /** The words of the hover card. */
  readonly trans: IWords;
}
