// SPDX-License-Identifier: BSD-3-Clause
/*
 * The one reader of bundles from the notebook file: untrusted, any shape, any size.
 * In: anything. Out: a payload whose types hold, or a code that says why there is none.
 *
 * Too much is refused before it is looked at. What breaks the format is refused as a whole; a row
 * that points nowhere is dropped; what merely decorates (options, warnings, reasons) is left out.
 * Places are not checked against a text here: `model/paint.ts` clamps them to the one at hand.
 */
import { rowsIn } from './columns';
import { isCellId, isCount, isRecord, isText, listOf, shortened } from './guards';
import type { Json } from './guards';
import { markOf } from './label';
import { tablesOf } from './tables';
import type { Before, Elsewhere, Options, Payload, Read, Warning, Why } from './types';

/** UTF-16 units of all columns and strings together. */
export const MAX_SIZE = 2_000_000;
/** Rows of one table; a writer sends a tenth of it at most. */
export const MAX_ROWS = 100_000;

const ID = /^specialize:[A-Za-z0-9_-]{1,64}$/;
/** UTF-16 units of a session, a cell id or a version. */
const MAX_NAME = 80;

/** Check a bundle and turn its columns into records. Never throws. */
export function readPayload(raw: unknown): Read<Payload> {
  try {
    return read(raw);
  } catch {
    // A getter or a proxy that throws: whatever it is, it did not come out of JSON.
    return no('damaged');
  }
}

function read(raw: unknown): Read<Payload> {
  if (!isRecord(raw) || raw.version === undefined) {
    return no('not-a-payload');
  }
  if (raw.version !== 1) {
    return no('version');
  }
  if (!isWithinBounds(raw)) {
    return no('too-large');
  }
  const label = labelOf(raw);
  const tables = tablesOf(raw);
  return label === null || tables === null
    ? no('damaged')
    : { ok: true, value: { ...label, ...tables, ...notesOf(raw) } };
}

const no = (why: Why): Read<never> => ({ ok: false, why });

/** Whether the payload is small enough to be read; looks at lengths and commas only. */
function isWithinBounds(raw: Json): boolean {
  const strings = isText(raw.strings) ? raw.strings : '';
  const tables = TABLES.map(name => raw[name]).filter(isRecord);
  const columns = tables.flatMap(table => Object.values(table)).filter(isText);
  const size = columns.reduce((sum, { length }) => sum + length, strings.length);
  return (
    size <= MAX_SIZE &&
    rowsIn(strings, '\n') <= MAX_ROWS &&
    columns.every(column => rowsIn(column, ',') <= MAX_ROWS)
  );
}

const TABLES = ['codes', 'spans', 'verdicts', 'sites', 'places', 'instructions'] as const;

type Label = Omit<
  Payload,
  'codes' | 'spans' | 'sites' | 'instructions' | 'elsewhere' | 'warnings' | 'cut'
>;

function labelOf(raw: Json): Label | null {
  const { id, session, revision, python } = raw;
  const source = markOf(raw.source);
  if (!isText(id) || !ID.test(id) || !isName(session) || !isName(python)) {
    return null;
  }
  if (!isCount(revision) || source === null) {
    return null;
  }
  return {
    id,
    session,
    revision,
    python,
    cellId: isName(raw.cell_id) ? raw.cell_id : null,
    executionCount: isCount(raw.execution_count) ? raw.execution_count : null,
    changedBy: isCount(raw.changed_by) ? raw.changed_by : null,
    before: isRecord(raw.before) ? beforeOf(raw.before) : null,
    source,
    options: optionsOf(raw.options)
  };
}

const isName = (raw: unknown): raw is string => isText(raw) && raw.length <= MAX_NAME;

function beforeOf({ execution_count: count, specialized, painted }: Json): Before | null {
  return isCount(specialized) && isCount(painted) && specialized <= painted
    ? { executionCount: isCount(count) ? count : null, specialized, painted }
    : null;
}

function optionsOf(raw: unknown): Options {
  const { mode, palette }: Json = isRecord(raw) ? raw : {};
  return {
    mode: mode === 'dark' || mode === 'light' ? mode : null,
    palette: palette === 'blue' || palette === 'green' ? palette : null
  };
}

function notesOf(raw: Json): Pick<Payload, 'elsewhere' | 'warnings' | 'cut'> {
  return {
    elsewhere: listOf(raw.elsewhere, elsewhereOf),
    warnings: listOf(raw.warnings, warningOf),
    cut: isRecord(raw.cut) ? cutOf(raw.cut) : null
  };
}

function elsewhereOf(raw: Json): Elsewhere | null {
  if (!isText(raw.function) || !isCount(raw.sites)) {
    return null;
  }
  return {
    cellId: isCellId(raw.cell_id) ? raw.cell_id : null,
    executionCount: isCount(raw.execution_count) ? raw.execution_count : null,
    function: shortened(raw.function),
    sites: raw.sites
  };
}

function warningOf({ id, text }: Json): Warning | null {
  return isName(id) && isText(text) ? { id, text: shortened(text) } : null;
}

function cutOf({ sites, text }: Json): Payload['cut'] {
  return isCount(sites) && isText(text) ? { sites, text: shortened(text) } : null;
}
