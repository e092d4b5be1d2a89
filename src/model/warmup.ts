// SPDX-License-Identifier: BSD-3-Clause
/* A warm-up in, what was there after one of its calls out. */
import type { Payload, Verdict, WarmUp } from '../payload/types';
import { halvesOf } from './states';

/** The payload as it was after `call`, from 1 to `warmUp.kept`. */
export function payloadAfter({ payload, changes }: WarmUp, call: number): Payload {
  const verdicts = payload.sites.map(site => site.verdict);
  for (const change of changes) {
    if (change.call <= call) {
      verdicts[change.site] = change.verdict;
    }
  }
  const sites = payload.sites.map((site, row) => ({
    ...site,
    verdict: verdicts[row] ?? site.verdict
  }));
  return { ...payload, sites };
}

/** The calls after which something is painted another way than before; the first one is 1. */
export function turnsOf({ payload, changes }: WarmUp): number[] {
  const pictures = payload.sites.map(site => pictureOf(site.verdict));
  const turns = [1];
  for (const { call, site, verdict } of changes) {
    const picture = pictureOf(verdict);
    if (picture !== pictures[site] && turns.at(-1) !== call) {
      turns.push(call);
    }
    pictures[site] = picture;
  }
  return turns;
}

/** What a verdict adds to the picture; empty: nothing. */
function pictureOf({ state, form }: Verdict): string {
  return halvesOf(state, { showAll: false }) === null ? '' : `${state} ${form ?? ''}`;
}
