// SPDX-License-Identifier: BSD-3-Clause
/* What a warm-up says beside its listing. In: a warm-up. Out: words. No DOM. */
import type { IWords } from '../editor/words';
import { payloadAfter } from '../model/warmup';
import type { Payload, WarmUp } from '../payload/types';
import { countsOf, shareWords } from './legend';
import type { Count } from './legend';

/** One call of the film. */
export type Frame = {
  readonly payload: Payload;
  /** `call 3 of 20: 2 of 4 sites specialized (50 %)` */
  readonly sentence: string;
  readonly counts: readonly Count[];
};

/** What was there after `call`. */
export function frameOf(warmUp: WarmUp, call: number, trans: IWords, showAll = false): Frame {
  const payload = payloadAfter(warmUp, call);
  const found = shareWords(payload, trans) ?? trans.__('no site has been tried yet');
  return {
    payload,
    sentence: trans.__('call %1 of %2: %3', call, warmUp.made, found),
    counts: countsOf(payload, trans, showAll)
  };
}

/** What was called, and what limits the film. */
export function titleOf({ call }: WarmUp, trans: IWords): string {
  return trans.__('%1, call by call from cold code', call);
}

/** What ended the film early, and what it leaves out. */
export function notesOf(warmUp: WarmUp, trans: IWords): string[] {
  const { asked, made, kept, stopped, isCoarse, payload } = warmUp;
  return [
    ...(stopped === null ? [] : [trans.__('call %1 of %2 was left by %3', made, asked, stopped)]),
    ...(kept < made
      ? [
          trans.__(
            'too much changed to be kept: the calls from %1 on are not shown; ask for fewer calls',
            kept + 1
          )
        ]
      : []),
    ...(isCoarse
      ? [trans.__('counts on the cards are those of the call at which a site last changed')]
      : []),
    ...payload.warnings.map(({ text }) => text)
  ];
}
