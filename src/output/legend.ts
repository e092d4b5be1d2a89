// SPDX-License-Identifier: BSD-3-Clause
/*
 * What the line under a cell says. In: a bundle as it lies in the notebook. Out: words, and for
 * each state the look it has in the editor. No DOM.
 */
import type { IWords } from '../editor/words';
import { sinceWords, stateWord } from '../editor/words';
import { countChanges } from '../model/compare';
import { LOOKS, STATES, halvesOf } from '../model/states';
import type { State } from '../model/states';
import { summaryOf } from '../model/summary';
import { readOnce } from '../payload/reading';
import type { Elsewhere, Options, Payload, Why } from '../payload/types';

/** Warnings of the kernel half that say why nothing is specialized: loops would not help. */
const EXPLAINED: ReadonlySet<string> = new Set([
  'hidden',
  'not-cpython',
  'other-magic',
  'raised',
  'switched-off',
  'traced',
  'version'
]);

/** Functions of one cell that are named. */
const MOST_NAMED = 3;

/** One count: `× 3 failed`, with the classes that paint it; none: it is not painted. */
export type Count = { readonly text: string; readonly classes: string };

/** A function of another cell: `f in [1] changed`; `cellId` null: that cell is not known. */
export type Changed = { readonly text: string; readonly cellId: string | null };

/** The line, part by part. */
export type Legend = {
  /** `12 of 15 sites specialized (80 %)`, or why there is nothing to count. */
  readonly head: string;
  readonly counts: readonly Count[];
  /** `2 gained, 9 unchanged since run [3]: 40 % → 80 %`; '': it was not shown before. */
  readonly since: string;
  /** Whether something was gained or lost, which can be framed in the code. */
  readonly hasFrames: boolean;
  /** Which run, which one changed it, what was cut, what limits the picture. */
  readonly notes: readonly string[];
  /** What is to be said while the editor above holds another text than ran; '': nothing. */
  readonly edited: string;
  /** What else changed while the cell ran. */
  readonly elsewhere: readonly Changed[];
  /** The hues this cell asked for; null: those of the page. */
  readonly palette: Options['palette'];
};

/** What a line depends on beside its bundle. */
export type LegendOptions = {
  /** Whether the kernel session that a payload names has ended. */
  readonly isEnded: (session: string) => boolean;
  /** Whether what never ran or was not tried is painted, too. */
  readonly showAll: boolean;
};

/** Say what a bundle holds, or why it cannot be shown. */
export function legendOf(
  raw: unknown,
  trans: IWords,
  { isEnded = () => false, showAll = false }: Partial<LegendOptions> = {}
): Legend {
  const read = readOnce(raw);
  return read.ok
    ? legendOfPayload(read.value, trans, { isEnded, showAll })
    : {
        head: whyWords(read.why, trans),
        counts: [],
        since: '',
        hasFrames: false,
        notes: [],
        edited: '',
        elsewhere: [],
        palette: null
      };
}

function legendOfPayload(
  payload: Payload,
  trans: IWords,
  { isEnded, showAll }: LegendOptions
): Legend {
  const { gained = 0, lost = 0 } = countChanges(payload) ?? {};
  return {
    head: shareWords(payload, trans) ?? nothingWords(payload, trans),
    counts: countsOf(payload, trans, showAll),
    since: changesWords(payload, trans),
    hasFrames: gained + lost > 0,
    notes: [
      ...runNotes(payload, isEnded(payload.session), trans),
      ...payload.warnings.map(warning => warning.text),
      ...(payload.cut === null ? [] : [payload.cut.text])
    ],
    edited: trans.__('the cell was edited since: run it again to colour what it says now'),
    elsewhere: changedCells(payload.elsewhere, trans),
    palette: payload.options.palette
  };
}

/** Why no site is painted; a warning that explains it follows by itself. */
function nothingWords({ warnings }: Payload, trans: IWords): string {
  return warnings.some(({ id }) => EXPLAINED.has(id))
    ? trans.__('Nothing here is specialized.')
    : trans.__(
        'Nothing here ran often enough to be specialized. Code at the top level of a cell runs ' +
          'once: put it in a loop or a function, call it a few times, and run the cell again.'
      );
}

/** How many sites are specialized; null: none is painted. */
export function shareWords(payload: Payload, trans: IWords): string | null {
  const { counts, painted, share } = summaryOf(payload);
  return share === null
    ? null
    : trans._n(
        '%2 of %1 site specialized (%3 %)',
        '%2 of %1 sites specialized (%3 %)',
        painted,
        counts.specialized ?? 0,
        share
      );
}

/** What changed since the cell was shown before; '': it was not, or nothing can be compared. */
function changesWords(payload: Payload, trans: IWords): string {
  const { before } = payload;
  const changes = countChanges(payload);
  if (before === null || changes === null) {
    return '';
  }
  const { gained, lost, unchanged, new: fresh } = changes;
  const counts = [
    ...(gained > 0 ? [trans._n('%1 gained', '%1 gained', gained)] : []),
    ...(lost > 0 ? [trans._n('%1 lost', '%1 lost', lost)] : []),
    ...(unchanged > 0 ? [trans._n('%1 unchanged', '%1 unchanged', unchanged)] : []),
    ...(fresh > 0 ? [trans._n('%1 new', '%1 new', fresh)] : [])
  ].join(', ');
  const said = sinceWords(counts, before.executionCount, trans);
  const { share } = summaryOf(payload);
  if (counts === '' || share === null || before.painted === 0) {
    return counts && said;
  }
  const then = Math.floor((100 * before.specialized) / before.painted);
  const isSame = then === share && gained + lost + fresh === 0;
  return isSame ? said : trans.__('%1: %2 % → %3 %', said, then, share);
}

/** How many sites are in each state that occurs, looking as the code does. */
export function countsOf(payload: Payload, trans: IWords, showAll: boolean): Count[] {
  const { counts } = summaryOf(payload);
  return STATES.flatMap(state => countOf(state, counts[state] ?? 0, trans, showAll));
}

/** One entry for each cell, its functions together. */
function changedCells(elsewhere: Payload['elsewhere'], trans: IWords): Changed[] {
  const cells = new Map<string, [Elsewhere, string[]]>();
  for (const entry of elsewhere) {
    const key = `${entry.cellId ?? ''} ${entry.executionCount ?? ''}`;
    const [, functions] = cells.get(key) ?? [entry, []];
    cells.set(key, [entry, [...functions, entry.function]]);
  }
  return [...cells.values()].map(([{ cellId, executionCount }, functions]) => {
    const names = [
      ...functions.slice(0, MOST_NAMED),
      ...(functions.length > MOST_NAMED ? ['…'] : [])
    ].join(', ');
    const text =
      executionCount === null
        ? trans.__('%1 changed', names)
        : trans.__('%1 in [%2] changed', names, executionCount);
    return { text, cellId };
  });
}

function countOf(state: State, count: number, trans: IWords, showAll: boolean): Count[] {
  if (count === 0) {
    return [];
  }
  const text = `${LOOKS[state].glyph} ${count} ${stateWord(state, trans)}`;
  const halves = halvesOf(state, { showAll });
  const classes =
    halves === null
      ? ''
      : `jp-Specialize-mark jp-Specialize-l${4 * halves} jp-Specialize-s2 jp-Specialize-${state}`;
  return [{ text, classes }];
}

function runNotes(
  { executionCount, changedBy }: Payload,
  isEnded: boolean,
  trans: IWords
): string[] {
  const notes: string[] = [];
  if (executionCount !== null) {
    notes.push(trans.__('run [%1]', executionCount));
  }
  if (changedBy !== null) {
    notes.push(trans.__('changed by run [%1]', changedBy));
  }
  if (isEnded) {
    notes.push(trans.__('its kernel has ended: run the cell again to follow it'));
  }
  return notes;
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
