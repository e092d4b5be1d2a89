// SPDX-License-Identifier: BSD-3-Clause
import type { Extent, Payload } from '../payload/types';
import type { State } from './states';

/** What a reader looks for who wants to mend something. */
const FAILING: ReadonlySet<State> = new Set<State>(['failed', 'deoptimized']);

/** Whether a site in this state has no fast form although one exists. */
export const isFailing = (state: State): boolean => FAILING.has(state);

/** The spans with a failing site, in the order of the text. */
export function failingSpans({ spans, sites }: Payload): Extent[] {
  const rows = new Set<number>();
  for (const { span, verdict } of sites) {
    if (span !== null && isFailing(verdict.state)) {
      rows.add(span);
    }
  }
  return spans.filter((_, row) => rows.has(row));
}
