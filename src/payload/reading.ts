// SPDX-License-Identifier: BSD-3-Clause
import { isRecord } from './guards';
import { readPayload } from './read';
import type { Payload, Read } from './types';

/** Bundles that were read, as long as their outputs hold them. */
const known = new WeakMap<object, Read<Payload>>();

/**
 * As `readPayload`, once for each bundle: editor, legend and review look at the same ones, and an
 * output's data is replaced, never changed.
 */
export function readOnce(raw: unknown): Read<Payload> {
  if (!isRecord(raw)) {
    return readPayload(raw);
  }
  const before = known.get(raw);
  if (before !== undefined) {
    return before;
  }
  const read = readPayload(raw);
  known.set(raw, read);
  return read;
}
