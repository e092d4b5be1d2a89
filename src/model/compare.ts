// SPDX-License-Identifier: BSD-3-Clause
/*
 * What changed since the cell was shown before, by the rules of `payload/PAYLOAD.md` ("Before and
 * after"). In: a payload. Out: a word for each span, and how many spans each word has.
 */
import type { Payload } from '../payload/types';
import { halvesOf } from './states';

/** Faster than before, slower, alike, or without a counterpart in the text of the earlier run. */
export type Change = 'gained' | 'lost' | 'unchanged' | 'new';

/** How many painted spans are what. */
export type Changes = Readonly<Record<Change, number>>;

/** What became of each row of `payload.spans`; null: not painted, or nothing to compare with. */
export function changesOf({ before, spans, sites }: Payload): (Change | null)[] {
  const halves = spans.map(() => 0);
  const painted = spans.map(() => 0);
  for (const { span, verdict } of sites) {
    const worth = halvesOf(verdict.state, { showAll: false });
    if (span !== null && worth !== null) {
      halves[span] = (halves[span] ?? 0) + worth;
      painted[span] = (painted[span] ?? 0) + 1;
    }
  }
  return spans.map((span, row) => {
    const count = painted[row] ?? 0;
    if (before === null || count === 0) {
      return null;
    }
    if (span.before === null) {
      return 'new';
    }
    // As in `paint.ts`: floor(8 · mean + ½) in whole numbers.
    const level = Math.floor((8 * (halves[row] ?? 0) + count) / (2 * count));
    return level > span.before ? 'gained' : level < span.before ? 'lost' : 'unchanged';
  });
}

/** How many spans are what; null: the cell was not shown before. */
export function countChanges(payload: Payload): Changes | null {
  if (payload.before === null) {
    return null;
  }
  const counts = { gained: 0, lost: 0, unchanged: 0, new: 0 };
  for (const change of changesOf(payload)) {
    if (change !== null) {
      counts[change]++;
    }
  }
  return counts;
}
