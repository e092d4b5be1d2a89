// SPDX-License-Identifier: BSD-3-Clause
/*
 * What the line under a cell says. In: a bundle as it lies in the notebook. Out: words, and for
 * each state the look it has in the editor. No DOM.
 */
import type { IWords } from '../editor/words';
import { stateWord } from '../editor/words';
import { LOOKS, STATES, halvesOf } from '../model/states';
import type { State } from '../model/states';
import { summaryOf } from '../model/summary';
import { readPayload } from '../payload/read';
import type { Options, Payload, Why } from '../payload/types';

/** One count: `× 3 failed`, with the classes that paint it; none: it is not painted. */
export type Count = { readonly text: string; readonly classes: string };

/** The line, part by part. */
export type Legend = {
  /** `12 of 15 sites specialized (80 %)`, or why there is nothing to count. */
  readonly head: string;
  readonly counts: readonly Count[];
  /** Which run, what was cut, what limits the picture. */
  readonly notes: readonly string[];
  /** The hues this cell asked for; null: those of the page. */
  readonly palette: Options['palette'];
};

/** Say what a bundle holds, or why it cannot be shown. */
export function legendOf(raw: unknown, trans: IWords): Legend {
  const read = readPayload(raw);
  return read.ok
    ? legendOfPayload(read.value, trans)
    : { head: whyWords(read.why, trans), counts: [], notes: [], palette: null };
}

function legendOfPayload(payload: Payload, trans: IWords): Legend {
  const { counts, painted, share } = summaryOf(payload);
  const head =
    share === null
      ? trans.__(
          'Nothing here ran often enough to be specialized. Code at the top level of a cell runs ' +
            'once: put it in a loop or a function, call it a few times, and run the cell again.'
        )
      : trans._n(
          '%2 of %1 site specialized (%3 %)',
          '%2 of %1 sites specialized (%3 %)',
          painted,
          counts.specialized ?? 0,
          share
        );
  return {
    head,
    counts: STATES.flatMap(state => countOf(state, counts[state] ?? 0, trans)),
    notes: [
      ...runNote(payload, trans),
      ...payload.warnings.map(warning => warning.text),
      ...(payload.cut === null ? [] : [payload.cut.text])
    ],
    palette: payload.options.palette
  };
}

function countOf(state: State, count: number, trans: IWords): Count[] {
  if (count === 0) {
    return [];
  }
  const text = `${LOOKS[state].glyph} ${count} ${stateWord(state, trans)}`;
  const halves = halvesOf(state, { showAll: false });
  const classes =
    halves === null
      ? ''
      : `jp-Specialize-mark jp-Specialize-l${4 * halves} jp-Specialize-s2 jp-Specialize-${state}`;
  return [{ text, classes }];
}

function runNote({ executionCount }: Payload, trans: IWords): string[] {
  return executionCount === null ? [] : [trans.__('run [%1]', executionCount)];
}

/** Why a bundle cannot be shown, and what to do. */
export function whyWords(why: Why, trans: IWords): string {
  switch (why) {
    case 'not-a-payload':
      return trans.__('This output is not a specialization payload: run the cell again.');
    case 'version':
      return trans.__(
        'This specialization payload is of another version than 1: update ' +
          'jupyterlab-specialize, or run the cell again.'
      );
    case 'damaged':
      return trans.__('This specialization payload is damaged: run the cell again.');
    case 'too-large':
      return trans.__(
        'This specialization payload is too large to be shown: split the cell and run it again.'
      );
    default:
      return why satisfies never;
  }
}
