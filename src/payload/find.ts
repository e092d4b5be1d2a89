// SPDX-License-Identifier: BSD-3-Clause
import { MIME } from './mime';

/** The part of a cell's output list that is looked at here. */
export interface IOutputsLike {
  readonly length: number;
  get(index: number): { readonly data: Readonly<Record<string, unknown>> };
}

/** The last output that carries our MIME type, and what it carries; null: there is none. */
export function findBundle(outputs: IOutputsLike): { index: number; raw: unknown } | null {
  for (let index = outputs.length - 1; index >= 0; index--) {
    const { data } = outputs.get(index);
    if (Object.hasOwn(data, MIME)) {
      return { index, raw: data[MIME] };
    }
  }
  return null;
}
