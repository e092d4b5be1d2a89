// SPDX-License-Identifier: BSD-3-Clause
import CRC32 from 'crc-32';
import type { SourceMark } from './types';

/** What a payload's `source` says of `text`: line ends become LF, a lone surrogate U+FFFD. */
export function sourceOf(text: string): SourceMark {
  const lines = text.replace(/\r\n?/g, '\n');
  // TextEncoder writes U+FFFD for a lone surrogate; `CRC32.str` would read over it.
  return { length: lines.length, crc32: CRC32.buf(new TextEncoder().encode(lines)) >>> 0 };
}
