// SPDX-License-Identifier: BSD-3-Clause
/*
 * What the review of a notebook lists. In: the cells that show something of ours. Out: cells with
 * their functions in a chosen order, and the sum of all. Each payload is summed up once. No DOM.
 */
import { failingSpans } from '../model/failing';
import type { Summary } from '../model/summary';
import { summaryOf } from '../model/summary';
import type { Extent, Payload } from '../payload/types';
import { partsOf } from './bytecodeModel';

/** A cell of the notebook with a payload. */
export type Reviewed = {
  /** Place in the notebook, from 0. */
  readonly index: number;
  readonly id: string;
  readonly source: string;
  readonly payload: Payload;
};

/** One function of a cell, or its top level. */
export type FunctionEntry = {
  readonly id: string;
  /** null: the top level of the cell. */
  readonly name: string | null;
  /** First line, from 1; null: not in this text. */
  readonly line: number | null;
  readonly summary: Summary;
  /** What to look at first: its first failing span; null: nothing fails. */
  readonly failing: Extent | null;
};

/** One cell. */
export type CellEntry = Reviewed & {
  /** Its first line of code, cut. */
  readonly title: string;
  readonly summary: Summary;
  /** In the order of the text. */
  readonly functions: readonly FunctionEntry[];
  readonly failing: Extent | null;
};

/** `failing`: what fails most first; `place`: as in the notebook. */
export type Order = 'failing' | 'place';

/** UTF-16 units of a cell's first line. */
const MAX_TITLE = 60;

type Known = Pick<CellEntry, 'summary' | 'functions' | 'failing'>;

const known = new WeakMap<Payload, Known>();

/** A cell with what there is to say of it. */
export function entryOf(cell: Reviewed): CellEntry {
  const found = known.get(cell.payload) ?? knowledgeOf(cell.payload);
  known.set(cell.payload, found);
  return { ...cell, ...found, title: titleOf(cell.source) };
}

function knowledgeOf(payload: Payload): Known {
  const functions = partsOf(payload).map(({ id, name, line, summary, instructions }) => {
    const codes = new Set(instructions.map(({ code }) => code));
    const sites = payload.sites.filter(({ code }) => codes.has(code));
    return { id, name, line, summary, failing: failingSpans({ ...payload, sites })[0] ?? null };
  });
  return {
    summary: summaryOf(payload),
    functions,
    failing: failingSpans(payload)[0] ?? null
  };
}

function titleOf(source: string): string {
  const lines = source.split(/\r\n?|\n/).map(line => line.trim());
  const isCode = (line: string): boolean => line !== '' && !/^(%%|#)/.test(line);
  const title = lines.find(isCode) ?? lines.find(line => line !== '') ?? '';
  return title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE - 1)}…` : title;
}

/** `entries` in an order; functions too, so that the first row is what fails most. */
export function ordered(entries: readonly CellEntry[], order: Order): CellEntry[] {
  const byPlace = [...entries].sort((a, b) => a.index - b.index);
  return order === 'place'
    ? byPlace
    : byPlace
        .map(entry => ({ ...entry, functions: [...entry.functions].sort(worstFirst) }))
        .sort(worstFirst);
}

function worstFirst(a: { summary: Summary }, b: { summary: Summary }): number {
  return failures(b.summary) - failures(a.summary) || misses(b.summary) - misses(a.summary);
}

const failures = ({ counts }: Summary): number => (counts.failed ?? 0) + (counts.deoptimized ?? 0);
const misses = ({ counts }: Summary): number => (counts.missing ?? 0) + (counts.general ?? 0);

/** All cells together. */
export function total(entries: readonly CellEntry[]): Summary {
  const counts: Partial<Record<keyof Summary['counts'], number>> = {};
  let painted = 0;
  for (const { summary } of entries) {
    painted += summary.painted;
    for (const [state, count] of Object.entries(summary.counts)) {
      const key = state as keyof Summary['counts'];
      counts[key] = (counts[key] ?? 0) + count;
    }
  }
  const share = painted === 0 ? null : Math.floor((100 * (counts.specialized ?? 0)) / painted);
  return { counts, painted, share };
}

/** One row of the review. */
export type ReviewRow =
  | { readonly kind: 'cell'; readonly entry: CellEntry; readonly isOpen: boolean }
  | { readonly kind: 'function'; readonly entry: CellEntry; readonly part: FunctionEntry };

/**
 * The rows of `entries`.
 *
 * @param closed Ids of the cells whose functions are not listed.
 */
export function rowsOf(entries: readonly CellEntry[], closed: ReadonlySet<string>): ReviewRow[] {
  return entries.flatMap<ReviewRow>(entry => {
    const isOpen = !closed.has(entry.id);
    const parts = isOpen ? entry.functions : [];
    return [
      { kind: 'cell', entry, isOpen },
      ...parts.map<ReviewRow>(part => ({ kind: 'function', entry, part }))
    ];
  });
}
