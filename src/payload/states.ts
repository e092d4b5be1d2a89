// SPDX-License-Identifier: BSD-3-Clause
/*
 * The closed set of states, in the order in which they speak for a span: the first one is heard
 * first. How a state looks is said in `model/states.ts`.
 */

/** Every state a site can be in. */
export const STATES = [
  'failed',
  'deoptimized',
  'missing',
  'general',
  'specialized',
  'unsupported',
  'waiting',
  'cold',
  'hidden',
  'unknown'
] as const;

/** What the interpreter made of one site; the words are explained in `payload/PAYLOAD.md`. */
export type State = (typeof STATES)[number];

/** The state called `name`; a name that is not in the set reads as `unknown`. */
export function toState(name: string): State {
  return STATES.find(state => state === name) ?? 'unknown';
}
