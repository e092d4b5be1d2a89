// SPDX-License-Identifier: BSD-3-Clause
/*
 * Spans in a text: offsets instead of lines and columns, clamped to what is there.
 * Offsets are UTF-16 units from the start of the text, a line end counted as one unit.
 */
import type { Extent, Payload } from '../payload/types';

/** A place in a text, `to` exclusive and larger than `from`. */
export type Place = { readonly from: number; readonly to: number };

/** The text that ran, cut at its line ends, with the offset at which each line starts. */
export type Lines = { readonly texts: readonly string[]; readonly starts: readonly number[] };

/** `texts` with their offsets. */
export function linesOf(texts: readonly string[]): Lines {
  let next = 0;
  const starts = texts.map(text => {
    const start = next;
    next += text.length + 1;
    return start;
  });
  return { texts, starts };
}

/** Where `span` lies; null: nothing of it is in the text. */
export function placeOf(span: Extent, lines: Lines): Place | null {
  const from = offsetOf(span.line, span.column, lines);
  const to = offsetOf(span.endLine, span.endColumn, lines);
  return from < to ? { from, to } : null;
}

function offsetOf(line: number, column: number, { texts, starts }: Lines): number {
  const start = starts[line - 1];
  const text = texts[line - 1];
  return start === undefined || text === undefined
    ? (starts.at(-1) ?? 0) + (texts.at(-1)?.length ?? 0)
    : start + Math.min(column, text.length);
}

/**
 * Compare spans: an earlier start first, then a later end; the innermost of several comes last.
 * By place on the wire, not in the text: clamping may make two places one.
 */
export function outermostFirst(a: Extent, b: Extent): number {
  return (
    a.line - b.line || a.column - b.column || b.endLine - a.endLine || b.endColumn - a.endColumn
  );
}

/** The characters around `at` which the same spans cover, painted or not. */
export type Covering = Place & {
  /** Rows of `Payload.spans`, innermost first. */
  readonly rows: readonly number[];
};

/** What covers the character at offset `at`; null: no span does. */
export function coveringOf({ spans }: Payload, lines: Lines, at: number): Covering | null {
  const rows: number[] = [];
  let from = 0;
  let to = Infinity;
  spans.forEach((span, row) => {
    const place = placeOf(span, lines);
    if (place === null) {
      return;
    }
    if (place.from <= at && at < place.to) {
      rows.push(row);
    }
    for (const edge of [place.from, place.to]) {
      from = edge <= at ? Math.max(from, edge) : from;
      to = edge > at ? Math.min(to, edge) : to;
    }
  });
  const compare = (a: number, b: number): number => {
    const [first, second] = [spans[a], spans[b]];
    return first && second ? outermostFirst(second, first) : 0;
  };
  return rows.length === 0 ? null : { from, to, rows: rows.sort(compare) };
}
