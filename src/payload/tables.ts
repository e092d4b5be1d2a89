// SPDX-License-Identifier: BSD-3-Clause
/*
 * The tables of a payload, turned into records that refer to each other.
 * In: an unchecked object within the reader's bounds. Out: codes, spans, sites and instructions, or
 * null where a column is no column. Rows that make no sense, or that point at such a row, are dropped.
 */
import { columnsOf, stringsOf } from './columns';
import type { Column } from './columns';
import { isCount, isRecord, isText, listOf, shortened } from './guards';
import type { Json } from './guards';
import { toState } from './states';
import type { Code, Extent, Instruction, Payload, Reason, Site, Span, Verdict } from './types';

/** The records of an unchecked payload; null: it breaks the format. */
export function tablesOf(
  raw: Json
): Pick<Payload, 'codes' | 'spans' | 'sites' | 'instructions'> | null {
  const strings = stringsOf(raw.strings);
  if (strings === null) {
    return null;
  }
  const codes = codesOf(raw.codes, strings);
  const spans = spansOf(raw.spans);
  const verdicts = verdictsOf(raw.verdicts, strings, listOf(raw.reasons, reasonOf));
  if (codes === null || spans === null || verdicts === null) {
    return null;
  }
  const sites = sitesOf(raw.sites, spans, codes, verdicts);
  const instructions = listingOf(raw, { strings, codes, verdicts });
  return (
    sites &&
    instructions && {
      codes: codes.filter(isKept),
      spans: spans.filter(isKept),
      sites,
      instructions: instructions === 'none' ? null : instructions
    }
  );
}

/** The verdicts of an unchecked payload by their row, null for a row that makes no sense. */
export function verdictRowsOf(raw: Json): Rows<Verdict> | null {
  const strings = stringsOf(raw.strings) ?? [];
  return verdictsOf(raw.verdicts, strings, listOf(raw.reasons, reasonOf));
}

/** The level at which everything is specialized. */
const GREENEST = 8;

const VERDICT_COLUMNS = [
  'form',
  'operator',
  'state',
  'attempts',
  'executions',
  'exact',
  'misses',
  'next',
  'compiled',
  'reason'
] as const;

/** Rows of a table by their number on the wire; null: a row that was dropped. */
type Rows<T> = readonly (T | null)[];

const isKept = <T>(row: T | null): row is T => row !== null;

function codesOf(raw: unknown, strings: readonly string[]): Rows<Code> | null {
  const table = isRecord(raw) ? columnsOf(raw, 'name', ['line']) : null;
  return (
    table &&
    table.name.map((at, row) => {
      const name = entry(strings, at);
      return name === null ? null : { name, line: count(table.line[row]) };
    })
  );
}

function spansOf(raw: unknown): Rows<Span> | null {
  const names = ['column', 'lines', 'end', 'neutral', 'before'] as const;
  const table = isRecord(raw) ? columnsOf(raw, 'line', names) : null;
  let line = 0;
  return (
    table &&
    table.line.map((step, row) => {
      line += step ?? 0;
      const column = table.column[row] ?? 0;
      const lines = table.lines[row] ?? 0;
      const end = table.end[row] ?? 0;
      const endColumn = lines === 0 ? column + end : end;
      const isEmpty = lines === 0 && endColumn <= column;
      return line < 1 || column < 0 || lines < 0 || end < 0 || isEmpty
        ? null
        : {
            line,
            column,
            endLine: line + lines,
            endColumn,
            neutral: count(table.neutral[row]) ?? 0,
            before: levelOf(table.before[row])
          };
    })
  );
}

function verdictsOf(
  raw: unknown,
  strings: readonly string[],
  reasons: readonly Reason[]
): Rows<Verdict> | null {
  const table = isRecord(raw) ? columnsOf(raw, 'op', VERDICT_COLUMNS) : null;
  return (
    table &&
    table.op.map((at, row) => {
      const op = entry(strings, at);
      return op === null
        ? null
        : {
            op,
            form: entry(strings, table.form[row]),
            operator: operatorOf(entry(strings, table.operator[row])),
            state: toState(entry(strings, table.state[row]) ?? ''),
            attempts: count(table.attempts[row]),
            executions: count(table.executions[row]),
            exact: table.exact[row] === 1,
            misses: count(table.misses[row]),
            next: count(table.next[row]),
            compiled: table.compiled[row] === 1,
            reason: entry(reasons, table.reason[row])
          };
    })
  );
}

/** UTF-16 units of the longest operator, `not in`, and some to spare. */
const MAX_OPERATOR = 8;

const operatorOf = (text: string | null): string | null =>
  text !== null && text.length <= MAX_OPERATOR ? text : null;

function sitesOf(
  raw: unknown,
  spans: Rows<Span>,
  codes: Rows<Code>,
  verdicts: Rows<Verdict>
): Site[] | null {
  const names = ['span', 'offset', 'verdict', 'raw'] as const;
  const table = isRecord(raw) ? columnsOf(raw, 'code', names) : null;
  const kept = numbersWithoutDropped(spans);
  let at = 0;
  return (
    table &&
    table.code.flatMap((codeRow, row) => {
      const step = table.span[row] ?? null;
      at += step ?? 0;
      const code = entry(codes, codeRow);
      const offset = count(table.offset[row]);
      const verdict = entry(verdicts, table.verdict[row]);
      const span = step === null ? null : entry(kept, at);
      return code === null || offset === null || verdict === null
        ? []
        : [{ span, code, offset, verdict, raw: count(table.raw[row]) }];
    })
  );
}

const INSTRUCTION_COLUMNS = [
  'op',
  'code',
  'live',
  'arg',
  'words',
  'place',
  'verdict'
] as const;

/** What the rows of the instructions point at. */
type Targets = {
  readonly strings: readonly string[];
  readonly codes: Rows<Code>;
  readonly verdicts: Rows<Verdict>;
};

/** The instructions; `none`: the payload has none, null: it breaks the format. */
function listingOf(raw: Json, targets: Targets): Instruction[] | 'none' | null {
  if (raw.instructions === undefined) {
    return 'none';
  }
  const places = spansOf(raw.places);
  const table = isRecord(raw.instructions)
    ? columnsOf(raw.instructions, 'offset', INSTRUCTION_COLUMNS)
    : null;
  return places && table && instructionsOf(table, places, targets);
}

function instructionsOf(
  table: Readonly<Record<'offset' | (typeof INSTRUCTION_COLUMNS)[number], Column>>,
  places: Rows<Extent>,
  { strings, codes, verdicts }: Targets
): Instruction[] {
  let codeRow = 0;
  let offset = 0;
  let place = 0;
  return table.offset.flatMap((step, row) => {
    const codeStep = table.code[row] ?? 0;
    const placeStep = table.place[row] ?? null;
    codeRow += codeStep;
    offset = (codeStep === 0 ? offset : 0) + (step ?? 0);
    place += placeStep ?? 0;
    const code = entry(codes, codeRow);
    const op = entry(strings, table.op[row]);
    if (code === null || op === null || !isCount(offset)) {
      return [];
    }
    return [
      {
        code,
        offset,
        op,
        live: entry(strings, table.live[row]) ?? op,
        arg: count(table.arg[row]),
        words: entry(strings, table.words[row]),
        extent: placeStep === null ? null : entry(places, place),
        verdict: entry(verdicts, table.verdict[row])
      }
    ];
  });
}

/** For each row its number among the rows that are kept; null: it is dropped. */
function numbersWithoutDropped(rows: Rows<unknown>): (number | null)[] {
  let next = 0;
  return rows.map(row => (row === null ? null : next++));
}

function reasonOf({ id, text, fix }: Json): Reason | null {
  return isText(id) && isText(text)
    ? { id: shortened(id), text: shortened(text), fix: isText(fix) ? shortened(fix) : null }
    : null;
}

/** `value` if it is a level. */
function levelOf(value: number | null | undefined): number | null {
  const level = count(value);
  return level === null || level > GREENEST ? null : level;
}

/** Entry number `at`; null: no number, or one that points nowhere. */
function entry<T>(list: readonly T[], at: number | null | undefined): T | null {
  return at === null || at === undefined ? null : (list[at] ?? null);
}

/** `value` if it counts something; null: absent, or below 0. */
function count(value: number | null | undefined): number | null {
  return isCount(value) ? value : null;
}
