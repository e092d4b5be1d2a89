// SPDX-License-Identifier: BSD-3-Clause
import type { Payload, Site } from '../payload/types';
import { halvesOf } from './states';
import type { State } from './states';

/** A payload in numbers. */
export type Summary = {
  /** How many sites are in each state that occurs, those without a place in the text included. */
  readonly counts: Readonly<Partial<Record<State, number>>>;
  /** Sites in a painted state, without "show all". */
  readonly painted: number;
  /** `specialized` sites among the painted ones, whole per cent, rounded down; null: none painted. */
  readonly share: number | null;
};

/** Count the sites of a payload by state. */
export function summaryOf({ sites }: Payload): Summary {
  return summaryOfSites(sites);
}

/** Count some sites by state. */
export function summaryOfSites(sites: readonly Pick<Site, 'verdict'>[]): Summary {
  const counts: Partial<Record<State, number>> = {};
  let painted = 0;
  for (const { verdict } of sites) {
    counts[verdict.state] = (counts[verdict.state] ?? 0) + 1;
    painted += halvesOf(verdict.state, { showAll: false }) === null ? 0 : 1;
  }
  const share = painted === 0 ? null : Math.floor((100 * (counts.specialized ?? 0)) / painted);
  return { counts, painted, share };
}
