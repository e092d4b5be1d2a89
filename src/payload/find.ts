// SPDX-License-Identifier: BSD-3-Clause
import { isRecord } from './guards';
import { MIME } from './mime';

/** The part of a cell's output list that is looked at here. */
export interface IOutputsLike {
  readonly length: number;
  get(index: number): { toJSON(): object };
}

/**
 * The last output that carries our MIME type, and what it carries; null: there is none.
 *
 * `raw` is the same object as long as the output is: an output's `data` would be a deep copy of all
 * that it holds, made at each look.
 */
export function findBundle(outputs: IOutputsLike): { index: number; raw: unknown } | null {
  for (let index = outputs.length - 1; index >= 0; index--) {
    const output = outputs.get(index).toJSON();
    const data = isRecord(output) ? output.data : null;
    if (isRecord(data) && Object.hasOwn(data, MIME)) {
      return { index, raw: data[MIME] };
    }
  }
  return null;
}
