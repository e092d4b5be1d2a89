// SPDX-License-Identifier: BSD-3-Clause
/*
 * Blend nested spans into painted runs, by the rules of `payload/PAYLOAD.md` ("Painting").
 * In: a payload and the lines of its text. Out: runs that neither overlap nor cross a line end, in
 * the order of the text. `views/blend.py` does the same for HTML; `payload/cases` holds both to it.
 */
import type { Payload, Span } from '../payload/types';
import { linesOf, outermostFirst, placeOf } from './place';
import type { Lines, Place } from './place';
import { halvesOf, loudness } from './states';
import type { Shown, State } from './states';

/** `gradient`: every covering span is heard; `sharp`: the innermost alone. */
export type Blend = 'gradient' | 'sharp';

/** What decides how a payload is painted. */
export type PaintOptions = Shown & { readonly blend: Blend };

/** One painted stretch of one line. */
export type Run = {
  /** From 1. */
  readonly line: number;
  /** UTF-16 units from 0. */
  readonly column: number;
  /** UTF-16 units from 0, exclusive, greater than `column`. */
  readonly endColumn: number;
  /** 0 (nothing specialized) to 8 (everything). */
  readonly level: number;
  /** 0 to 2: share of sites among the covering instructions. */
  readonly strength: number;
  /** Chooses the line style: the innermost span's loudest. */
  readonly state: State;
};

/** Sums over the sites of one span. */
type Tally = {
  /** Of the painted sites: twice their weights, and how many they are. */
  halves: number;
  painted: number;
  /** All sites, painted or not, and the neutral instructions. */
  instructions: number;
  /** The loudest of the painted sites; null: none is painted. */
  state: State | null;
};

/** A span that is painted: where it lies, and what it adds to the characters there. */
type Cover = Place & { readonly span: Span; readonly tally: Tally; readonly state: State };

/** Characters with the same covering spans, line ends and white space still among them. */
type Stretch = Place & Pick<Run, 'level' | 'strength' | 'state'>;

/**
 * The painted runs of a payload.
 *
 * @param texts - The text that ran, cut at its line ends; spans beyond it are clamped or dropped.
 */
export function paint(payload: Payload, texts: readonly string[], options: PaintOptions): Run[] {
  const lines = linesOf(texts);
  const covers = coversOf(payload, options, lines);
  covers.sort((a, b) => outermostFirst(a.span, b.span));
  return cutIntoLines(stretchesOf(covers, options.blend), lines);
}

/** One cover for each span in the text with a painted site. */
function coversOf({ spans, sites }: Payload, shown: Shown, lines: Lines): Cover[] {
  const tallies = spans.map<Tally>(span => ({
    halves: 0,
    painted: 0,
    instructions: span.neutral,
    state: null
  }));
  for (const { span, verdict } of sites) {
    const tally = span === null ? undefined : tallies[span];
    if (tally !== undefined) {
      count(tally, verdict.state, shown);
    }
  }
  const covers: Cover[] = [];
  spans.forEach((span, row) => {
    const tally = tallies[row];
    const place = placeOf(span, lines);
    if (tally !== undefined && tally.state !== null && place !== null) {
      covers.push({ from: place.from, to: place.to, span, tally, state: tally.state });
    }
  });
  return covers;
}

function count(tally: Tally, state: State, shown: Shown): void {
  const halves = halvesOf(state, shown);
  tally.instructions++;
  if (halves !== null) {
    tally.halves += halves;
    tally.painted++;
    tally.state = louder(tally.state ?? state, state);
  }
}

const louder = (a: State, b: State): State => (loudness(a) <= loudness(b) ? a : b);

/** Sweep over the text: each stretch between two edges, with the look of what covers it. */
function stretchesOf(covers: readonly Cover[], blend: Blend): Stretch[] {
  const ending = [...covers].sort((a, b) => a.to - b.to);
  const stretches: Stretch[] = [];
  const open: Cover[] = [];
  const sum: Sums = { halves: 0, painted: 0, instructions: 0 };
  const add = ({ tally }: Cover, sign: 1 | -1): void => {
    sum.halves += sign * tally.halves;
    sum.painted += sign * tally.painted;
    sum.instructions += sign * tally.instructions;
  };
  let began = 0;
  let ended = 0;
  while (ended < ending.length) {
    const from = Math.min(covers[began]?.from ?? Infinity, ending[ended]?.to ?? Infinity);
    for (let cover = covers[began]; cover?.from === from; cover = covers[++began]) {
      open.push(cover);
      add(cover, 1);
    }
    for (let cover = ending[ended]; cover?.to === from; cover = ending[++ended]) {
      add(cover, -1);
    }
    // Covers are opened outermost first: below the ended ones, the last is the innermost.
    while ((open.at(-1)?.to ?? Infinity) <= from) {
      open.pop();
    }
    const innermost = open.at(-1);
    if (innermost !== undefined) {
      const to = Math.min(covers[began]?.from ?? Infinity, ending[ended]?.to ?? Infinity);
      const { level, strength } = lookOf(blend === 'gradient' ? sum : innermost.tally);
      stretches.push({ from, to, level, strength, state: innermost.state });
    }
  }
  return stretches;
}

type Sums = Omit<Tally, 'state'>;

function lookOf({ halves, painted, instructions }: Sums): Pick<Run, 'level' | 'strength'> {
  // floor(8 · mean + ½) with mean = halves / (2 · painted), in whole numbers until the division.
  const level = Math.floor((8 * halves + painted) / (2 * painted));
  const strength = 3 * painted < instructions ? 0 : 3 * painted < 2 * instructions ? 1 : 2;
  return { level, strength };
}

/** Stretches cut at line ends and trimmed of white space. */
function cutIntoLines(stretches: readonly Stretch[], { texts, starts }: Lines): Run[] {
  const runs: Run[] = [];
  let row = 0;
  for (const { from, to, level, strength, state } of stretches) {
    while ((starts[row + 1] ?? Infinity) <= from) {
      row++;
    }
    for (let at = row; (starts[at] ?? Infinity) < to; at++) {
      const text = texts[at] ?? '';
      const start = starts[at] ?? 0;
      const [column, endColumn] = trimmed(text, Math.max(0, from - start), to - start);
      if (column < endColumn) {
        runs.push({ line: at + 1, column, endColumn, level, strength, state });
      }
    }
  }
  return runs;
}

/** The part of `text` between two columns that neither begins nor ends with white space. */
function trimmed(text: string, first: number, last: number): [number, number] {
  let column = first;
  let endColumn = Math.min(last, text.length);
  while (column < endColumn && isBlank(text.charCodeAt(column))) {
    column++;
  }
  while (column < endColumn && isBlank(text.charCodeAt(endColumn - 1))) {
    endColumn--;
  }
  return [column, endColumn];
}

const isBlank = (unit: number): boolean => unit === 0x20 || unit === 0x09 || unit === 0x0c;
