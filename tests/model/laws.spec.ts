// SPDX-License-Identifier: BSD-3-Clause
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paint } from '../../src/model/paint';
import type { Blend, Run } from '../../src/model/paint';
import type { State } from '../../src/payload/states';
import type { Payload, Span } from '../../src/payload/types';
import { payloadOf } from '../cases';
import { oddPayload } from '../hostile';

const texts = fc.array(fc.stringMatching(/^[ab \t\f\u{1d4b3}]{0,20}$/u), {
  minLength: 1,
  maxLength: 7
});
const BLANK = new Set<string | undefined>([' ', '\t', '\f']);
const blends = fc.constantFrom<Blend>('gradient', 'sharp');

describe('painting, whatever the payload', () => {
  it('no run leaves its line, begins or ends with white space, or overlaps the next one', () => {
    fc.assert(
      fc.property(oddPayload, texts, blends, fc.boolean(), (raw, lines, blend, showAll) => {
        const runs = paint(payloadOf(raw), lines, { blend, showAll });
        const wrong = runs.filter((run, i) => {
          const text = lines[run.line - 1] ?? '';
          const next = runs[i + 1];
          const part = text.slice(run.column, run.endColumn);
          return (
            run.column < 0 ||
            run.endColumn > text.length ||
            part === '' ||
            /^[ \t\f]|[ \t\f]$/.test(part) ||
            (next && (next.line - run.line || next.column - run.endColumn) < 0)
          );
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 500 }
    );
  });

  it('gives each character what the rules say of it alone', () => {
    fc.assert(
      fc.property(oddPayload, texts, blends, fc.boolean(), (raw, lines, blend, showAll) => {
        const payload = payloadOf(raw);
        const runs = paint(payload, lines, { blend, showAll });
        expect(looks(runs, lines)).toEqual(ruled(payload, lines, blend, showAll));
      }),
      { numRuns: 500 }
    );
  });
});

/** `line:column` of every painted character that is no white space, with its look. */
function looks(runs: readonly Run[], lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    runs.flatMap(({ line, column, endColumn, level, strength, state }) =>
      Array.from({ length: endColumn - column }, (_, i) => column + i)
        .filter(at => !BLANK.has(lines[line - 1]?.[at]))
        .map(at => [`${line}:${at}`, `${level} ${strength} ${state}`])
    )
  );
}

/** The same from "Painting" in PAYLOAD.md, one character at a time. */
function ruled(
  { spans, sites }: Payload,
  lines: readonly string[],
  blend: Blend,
  showAll: boolean
): Record<string, string> {
  const weight = (state: State): number | undefined =>
    ({
      specialized: 1,
      missing: 0.5,
      general: 0.5,
      failed: 0,
      deoptimized: 0,
      ...(showAll && { cold: 0, waiting: 0 })
    })[state as string];
  const order = 'failed deoptimized cold waiting missing general specialized'.split(' ');
  const covers = spans
    .map((span, row) => {
      const states = sites.filter(site => site.span === row).map(site => site.verdict.state);
      const painted = states.filter(state => weight(state) !== undefined);
      return { span, painted, instructions: states.length + span.neutral };
    })
    .filter(({ painted }) => painted.length > 0);
  const result: Record<string, string> = {};
  lines.forEach((text, i) => {
    for (let column = 0; column < text.length; column++) {
      const above = covers.filter(({ span }) => doesCover(span, i + 1, column));
      const innermost = above.sort((a, b) => compare(a.span, b.span)).at(-1);
      if (innermost === undefined || BLANK.has(text[column])) {
        continue;
      }
      const heard = blend === 'gradient' ? above : [innermost];
      const weights = heard.flatMap(cover => cover.painted.map(state => weight(state) ?? NaN));
      const mean = weights.reduce((a, b) => a + b) / weights.length;
      const p = weights.length;
      const t = heard.reduce((sum, cover) => sum + cover.instructions, 0);
      const strength = 3 * p < t ? 0 : 3 * p < 2 * t ? 1 : 2;
      const [state] = innermost.painted.sort((a, b) => order.indexOf(a) - order.indexOf(b));
      result[`${i + 1}:${column}`] = `${Math.floor(8 * mean + 0.5)} ${strength} ${state ?? ''}`;
    }
  });
  return result;
}

function doesCover(span: Span, line: number, column: number): boolean {
  const begins = span.line < line || (span.line === line && span.column <= column);
  const ends = span.endLine > line || (span.endLine === line && span.endColumn > column);
  return begins && ends;
}

const compare = (a: Span, b: Span): number =>
  a.line - b.line || a.column - b.column || b.endLine - a.endLine || b.endColumn - a.endColumn;
