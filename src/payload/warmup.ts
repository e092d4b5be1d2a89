// SPDX-License-Identifier: BSD-3-Clause
/*
 * The reader of warm-ups from the notebook file: untrusted, any shape, any size.
 * In: anything. Out: a warm-up whose types hold, or a code that says why there is none.
 *
 * The payload in it is read as any other, but no site may be dropped: changes count its rows.
 */
import { columnsOf } from './columns';
import { isCount, isRecord, isText, shortened } from './guards';
import type { Json } from './guards';
import { MAX_ROWS, MAX_SIZE, readPayload } from './read';
import { verdictRowsOf } from './tables';
import type { Payload, Read, Verdict, WarmUp, WarmUpChange, Why } from './types';

/** Calls of one warm-up. */
export const MAX_CALLS = 1_000;
/** UTF-16 units of the source of the function. */
export const MAX_SOURCE = 100_000;

/** Check a warm-up and turn its columns into records. Never throws. */
export function readWarmUp(raw: unknown): Read<WarmUp> {
  try {
    return read(raw);
  } catch {
    // As in `readPayload`: it did not come out of JSON.
    return no('damaged');
  }
}

function read(raw: unknown): Read<WarmUp> {
  if (!isRecord(raw) || raw.version === undefined) {
    return no('not-a-payload');
  }
  if (raw.version !== 1) {
    return no('version');
  }
  if (sizeOf(raw) > MAX_SIZE || (isText(raw.text) && raw.text.length > MAX_SOURCE)) {
    return no('too-large');
  }
  const payload = readPayload(raw.payload);
  if (!payload.ok) {
    return payload;
  }
  const words = wordsOf(raw);
  const changes = isRecord(raw.payload) ? changesOf(raw, raw.payload, payload.value) : null;
  return words === null || changes === null
    ? no('damaged')
    : { ok: true, value: { ...words, payload: payload.value, changes } };
}

const no = (why: Why): Read<never> => ({ ok: false, why });

/** UTF-16 units of what the payload's own bounds do not hold. */
function sizeOf({ changes }: Json): number {
  const columns = isRecord(changes) ? Object.values(changes).filter(isText) : [];
  return columns.reduce((sum, { length }) => sum + length, 0);
}

function wordsOf(raw: Json): Omit<WarmUp, 'payload' | 'changes'> | null {
  const { function: name, call, asked, made, kept, stopped, text, coarse } = raw;
  if (!isText(name) || !isText(call) || !isText(text)) {
    return null;
  }
  if (!isCall(asked, MAX_CALLS) || !isCall(made, asked) || !isCall(kept, made)) {
    return null;
  }
  return {
    function: shortened(name),
    call: shortened(call),
    asked,
    made,
    kept,
    stopped: isText(stopped) ? shortened(stopped) : null,
    text,
    isCoarse: coarse === true
  };
}

const isCall = (raw: unknown, most: number): raw is number =>
  isCount(raw) && raw >= 1 && raw <= most;

function changesOf({ changes, kept }: Json, table: Json, payload: Payload): WarmUpChange[] | null {
  const columns = isRecord(changes) ? columnsOf(changes, 'call', ['site', 'verdict']) : null;
  const rows = isRecord(table.sites) ? columnsOf(table.sites, 'code', []) : null;
  const verdicts = verdictRowsOf(table);
  const isWhole = rows?.code.length === payload.sites.length;
  if (columns === null || verdicts === null || !isWhole || columns.call.length > MAX_ROWS) {
    return null;
  }
  if (columns.call.some(step => (step ?? 0) < 0)) {
    return null;
  }
  let call = 0;
  return columns.call.flatMap((step, row) => {
    call += step ?? 0;
    const site = columns.site[row] ?? -1;
    const verdict: Verdict | null = verdicts[columns.verdict[row] ?? -1] ?? null;
    const isInside = isCall(call, Number(kept)) && payload.sites[site] !== undefined;
    return isInside && verdict !== null ? [{ call, site, verdict }] : [];
  });
}
