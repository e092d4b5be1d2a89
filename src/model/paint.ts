// SPDX-License-Identifier: BSD-3-Clause
/*
 * Blend nested spans into painted runs, by the rules of `payload/PAYLOAD.md` ("Painting").
 * In: a payload and the lines of its text. Out: runs that neither overlap nor cross a line end, in
 * the order of the text. `views/blend.py` does the same for HTML; `payload/cases` holds both to it.
 */
import type { Payload, Span } from '../payload/types';
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

/** What one span adds to the characters below it. */
type Cover = {
  readonly span: Span;
  /** UTF-16 units from the start of the text, a line end counted as one; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  /** Sums over the painted sites: twice their weights, and how many they are. */
  readonly halves: number;
  readonly painted: number;
  /** All sites, painted or not, and the neutral instructions. */
  readonly instructions: number;
  readonly state: State;
};

/** Characters with the same covering spans, line ends and white space still among them. */
type Stretch = Pick<Run, 'level' | 'strength' | 'state'> & Pick<Cover, 'from' | 'to'>;

/**
 * The painted runs of a payload.
 *
 * @param lines - The text that ran, cut at its line ends; spans beyond it are clamped or dropped.
 */
export function paint(payload: Payload, lines: readonly string[], options: PaintOptions): Run[] {
  const starts = startsOf(lines);
  const covers = coversOf(payload, options).flatMap(cover => placed(cover, lines, starts));
  return cutIntoLines(stretchesOf(covers.sort(outermostFirst), options.blend), lines, starts);
}

function startsOf(lines: readonly string[]): number[] {
  let next = 0;
  return lines.map(line => {
    const start = next;
    next += line.length + 1;
    return start;
  });
}

type Unplaced = Omit<Cover, 'from' | 'to'>;

/** One cover for each span with a painted site. */
function coversOf({ spans, sites }: Payload, shown: Shown): Unplaced[] {
  const halves = new Array<number>(spans.length).fill(0);
  const painted = new Array<number>(spans.length).fill(0);
  const instructions = spans.map(span => span.neutral);
  const states: State[] = [];
  for (const { span, verdict } of sites) {
    if (span === null) {
      continue;
    }
    instructions[span] = (instructions[span] ?? 0) + 1;
    const weight = halvesOf(verdict.state, shown);
    if (weight !== null) {
      halves[span] = (halves[span] ?? 0) + weight;
      painted[span] = (painted[span] ?? 0) + 1;
      states[span] = louder(states[span] ?? verdict.state, verdict.state);
    }
  }
  return spans.flatMap((span, row) => {
    const state = states[row];
    return state === undefined
      ? []
      : [
          {
            span,
            halves: halves[row] ?? 0,
            painted: painted[row] ?? 0,
            instructions: instructions[row] ?? 0,
            state
          }
        ];
  });
}

const louder = (a: State, b: State): State => (loudness(a) <= loudness(b) ? a : b);

/** `cover` with its place in the text; none if nothing of it lies there. */
function placed(cover: Unplaced, lines: readonly string[], starts: readonly number[]): Cover[] {
  const { line, column, endLine, endColumn } = cover.span;
  const from = offsetOf(line, column, lines, starts);
  const to = offsetOf(endLine, endColumn, lines, starts);
  return from < to ? [{ ...cover, from, to }] : [];
}

function offsetOf(
  line: number,
  column: number,
  lines: readonly string[],
  starts: readonly number[]
): number {
  const start = starts[line - 1];
  const text = lines[line - 1];
  return start === undefined || text === undefined
    ? (starts.at(-1) ?? 0) + (lines.at(-1)?.length ?? 0)
    : start + Math.min(column, text.length);
}

/** By place on the wire, not in the text: clamping may have made two places one. */
function outermostFirst({ span: a }: Cover, { span: b }: Cover): number {
  return (
    a.line - b.line || a.column - b.column || b.endLine - a.endLine || b.endColumn - a.endColumn
  );
}

/** Sweep over the text: each stretch between two edges, with the look of what covers it. */
function stretchesOf(covers: readonly Cover[], blend: Blend): Stretch[] {
  const ending = [...covers].sort((a, b) => a.to - b.to);
  const stretches: Stretch[] = [];
  const open: Cover[] = [];
  const sum = { halves: 0, painted: 0, instructions: 0 };
  const add = (cover: Cover, sign: 1 | -1): void => {
    sum.halves += sign * cover.halves;
    sum.painted += sign * cover.painted;
    sum.instructions += sign * cover.instructions;
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
      const heard = blend === 'gradient' ? sum : innermost;
      stretches.push({ from, to, ...lookOf(heard), state: innermost.state });
    }
  }
  return stretches;
}

function lookOf({
  halves,
  painted,
  instructions
}: Pick<Cover, 'halves' | 'painted' | 'instructions'>): Pick<Run, 'level' | 'strength'> {
  // floor(8 · mean + ½) with mean = halves / (2 · painted), in whole numbers until the division.
  const level = Math.floor((8 * halves + painted) / (2 * painted));
  const strength = 3 * painted < instructions ? 0 : 3 * painted < 2 * instructions ? 1 : 2;
  return { level, strength };
}

/** Stretches cut at line ends and trimmed of white space. */
function cutIntoLines(
  stretches: readonly Stretch[],
  lines: readonly string[],
  starts: readonly number[]
): Run[] {
  const runs: Run[] = [];
  let row = 0;
  for (const { from, to, level, strength, state } of stretches) {
    while ((starts[row + 1] ?? Infinity) <= from) {
      row++;
    }
    for (let at = row; (starts[at] ?? Infinity) < to; at++) {
      const text = lines[at] ?? '';
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
