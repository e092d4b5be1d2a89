// SPDX-License-Identifier: BSD-3-Clause
import type { Extension } from '@codemirror/state';
import { compare } from './compare';
import { feed } from './feed';
import { overlayAttributes, overlayField } from './field';
import { gutterSlot } from './gutter';
import { hover } from './hover';
import { outlining } from './places';
import type { IOverlaySource } from './source';

export { cardAt } from './card';
export { overlayField, painted, shownIn } from './field';
export type { PaintedRun } from './field';
export { showDetails } from './hover';
export type { IOverlaySource, OverlayOptions } from './source';

/** Paint specialization in one editor; `source` says what, and outlives the view. */
export function overlay(source: IOverlaySource): Extension {
  return [
    overlayField,
    overlayAttributes,
    gutterSlot,
    outlining,
    feed(source),
    hover(source.trans),
    compare(source)
  ];
}
