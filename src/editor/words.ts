// SPDX-License-Identifier: BSD-3-Clause
/*
 * Every sentence about a site, through a translator: JupyterLab's own bundle fits the type.
 * In: verdicts. Out: words. The variable is called `trans` everywhere, because the extractor of
 * the translations looks for that name.
 */
import type { Change } from '../model/compare';
import type { State } from '../payload/states';
import type { Verdict } from '../payload/types';
import { formWords } from './forms';
import type { IWords } from './translator';

export type { IWords };

/** A state in one word, for counts. */
export function stateWord(state: State, trans: IWords): string {
  switch (state) {
    case 'failed':
      return trans.__('failed');
    case 'deoptimized':
      return trans.__('deoptimized');
    case 'missing':
      return trans.__('missing');
    case 'general':
      return trans.__('general');
    case 'specialized':
      return trans.__('specialized');
    case 'unsupported':
      return trans.__('unsupported');
    case 'waiting':
      return trans.__('waiting');
    case 'cold':
      return trans.__('cold');
    case 'hidden':
      return trans.__('hidden');
    case 'unknown':
      return trans.__('unknown');
    default:
      return state satisfies never;
  }
}

/** A verdict as a plain sentence; `python` is the version that ran the code. */
export function verdictWords(verdict: Verdict, python: string, trans: IWords): string {
  const version = python.split('.').slice(0, 2).join('.');
  switch (verdict.state) {
    case 'failed':
      return attemptWords(verdict, trans);
    case 'deoptimized':
      return trans.__('Was specialized, fell back');
    case 'missing':
      return verdict.misses === null
        ? trans.__('Fast form, but its guard missed')
        : trans._n(
            'Fast form, but its guard missed at least once',
            'Fast form, but its guard missed at least %1 times',
            verdict.misses
          );
    case 'general':
      return trans.__('Caches only the kind of callee');
    case 'specialized':
      return specializedWords(verdict, trans);
    case 'unsupported':
      return verdict.operator === null
        ? trans.__('No fast form for this in %1', version)
        : trans.__('No fast form for `%1` in %2', verdict.operator, version);
    case 'waiting':
      return trans.__('Ran, not tried yet');
    case 'cold':
      // 3.11 forgets what ran before a code object became hot (Python/specialize.c).
      return version === '3.11'
        ? trans.__('Not run since this code became hot')
        : trans.__('Never ran');
    case 'hidden':
      return trans.__('Hidden by a tracer, debugger or coverage tool');
    case 'unknown':
      return trans.__('State not known for Python %1', version);
    default:
      return verdict.state satisfies never;
  }
}

function specializedWords({ form, operator }: Verdict, trans: IWords): string {
  const words = form === null ? null : formWords(form, operator, trans);
  return words === null ? trans.__('Specialized') : trans.__('Specialized for %1', words);
}

function attemptWords({ attempts, exact }: Verdict, trans: IWords): string {
  if (attempts === null) {
    return trans.__('Tried, no fast form fitted');
  }
  return exact
    ? trans._n('Tried once, no fast form fitted', 'Tried %1 times, no fast form fitted', attempts)
    : trans._n(
        'Tried at least once, no fast form fitted',
        'Tried at least %1 times, no fast form fitted',
        attempts
      );
}

/** The numbers behind a verdict that its sentence does not say; empty: there are none. */
export function detailWords(verdict: Verdict, trans: IWords): string[] {
  const { attempts, executions, exact, misses, next, compiled, state } = verdict;
  const details: string[] = [];
  if (executions !== null) {
    details.push(
      exact
        ? trans._n('ran once', 'ran %1 times', executions)
        : trans._n('ran at least once', 'ran at least %1 times', executions)
    );
  }
  if (attempts !== null && attempts > 0 && state !== 'failed') {
    details.push(
      exact
        ? trans._n('tried once', 'tried %1 times', attempts)
        : trans._n('tried at least once', 'tried at least %1 times', attempts)
    );
  }
  if (misses !== null && misses > 0 && state !== 'missing') {
    details.push(trans._n('guard missed at least once', 'guard missed at least %1 times', misses));
  }
  if (next !== null) {
    details.push(nextWords(state, next, trans));
  }
  if (compiled) {
    details.push(trans.__('in a JIT trace'));
  }
  return details;
}

/** When a site is tried; `next` as in `Verdict`. */
function nextWords(state: State, next: number, trans: IWords): string {
  if (next === 0) {
    return trans.__('not tried again');
  }
  return state === 'cold' || state === 'waiting'
    ? trans._n('first tried at the next run', 'first tried in %1 runs', next)
    : trans._n('tried again at the next run', 'tried again in %1 runs', next);
}

/** Base opcode, and the form that stands in its place. */
export function opcodeWords({ op, form }: Verdict): string {
  return form === null ? op : `${op} → ${form}`;
}

/** `said` of what a cell was before; `run` is the number of that run, null: not known. */
export function sinceWords(said: string, run: number | null, trans: IWords): string {
  return run === null
    ? trans.__('%1 since the run before', said)
    : trans.__('%1 since run [%2]', said, run);
}

/** What became of a stretch, with the sign of its frame; '': it has none. */
export function changeWords(change: Change, run: number | null, trans: IWords): string {
  switch (change) {
    case 'gained':
      return sinceWords(trans.__('+ gained'), run, trans);
    case 'lost':
      return sinceWords(trans.__('− lost'), run, trans);
    case 'unchanged':
    case 'new':
      return '';
    default:
      return change satisfies never;
  }
}

/** What is said of an overlay whose kernel has ended; `run` is the number of the run. */
export function endedWords(run: number | null, trans: IWords): string {
  return run === null
    ? trans.__('From a kernel that has ended: run the cell again to follow it.')
    : trans.__('From run [%1] of a kernel that has ended: run the cell again to follow it.', run);
}

/** What is said of an overlay whose text was edited; `run` is the number of the run. */
export function staleWords(run: number | null, trans: IWords): string {
  return run === null
    ? trans.__('The cell was edited after it ran: run it again.')
    : trans.__('From run [%1]; the cell was edited since: run it again.', run);
}
