// SPDX-License-Identifier: BSD-3-Clause
import { sourceOf } from '../payload/checksum';
import type { SourceMark } from '../payload/types';

/** A text that is only spelled out when its length fits. */
export interface ITextLike {
  /** UTF-16 units, a line end counted as one. */
  readonly length: number;
  toString(): string;
}

/** Whether `text` is the one that ran: length first, checksum only if that is equal. */
export function isTextOf(source: SourceMark, text: ITextLike): boolean {
  return text.length === source.length && sourceOf(text.toString()).crc32 === source.crc32;
}
