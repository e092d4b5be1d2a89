// SPDX-License-Identifier: BSD-3-Clause
/*
 * Payloads that somebody has written to do harm, each for a cell with the text `SOURCE`, and films
 * of warm-ups.
 */

export const MIME = 'application/vnd.jupyterlab-specialize.v1+json';
export const FILM_MIME = 'application/vnd.jupyterlab-specialize.warm-up.v1+json';
export const SOURCE = 'total = alpha + beta';
/** What it would do, were it taken for markup. */
const EVIL = '"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
/** CRC-32 of the source, as the format has it. */
const CRC32 = 0x00d6fd5d;

type Json = Record<string, unknown>;

const column = (rows: number, value: (row: number) => number | string): string =>
  Array.from({ length: rows }, (_, row) => value(row)).join();

/** A payload for the source with one failing site on `alpha + beta`, and whatever `change` says. */
function payload(change: Json = {}): Json {
  return {
    version: 1,
    id: 'specialize:cell-0',
    session: '0123456789abcdef',
    revision: 1,
    python: '3.12.1',
    cell_id: 'cell-0',
    execution_count: 1,
    source: { length: SOURCE.length, crc32: CRC32 },
    options: { mode: null, palette: null },
    strings: '<module>\nBINARY_OP\nfailed',
    codes: { name: '0', line: '1' },
    spans: { line: '1', column: '8', end: '12' },
    verdicts: { op: '1', state: '2' },
    sites: { span: '0', code: '0', offset: '2', verdict: '0' },
    reasons: [],
    elsewhere: [],
    warnings: [],
    cut: null,
    ...change
  };
}

/** `count` sites, each on a span of its own, nested as deep as the line is long. */
function crowd(count: number): Json {
  return payload({
    spans: {
      line: column(count, row => (row === 0 ? 1 : 0)),
      column: column(count, row => row % 20),
      end: column(count, row => 1 + (row % 997))
    },
    sites: {
      span: column(count, row => (row === 0 ? 0 : 1)),
      code: column(count, () => 0),
      offset: column(count, row => 2 * row),
      verdict: column(count, () => 0)
    }
  });
}

/** Arrays in arrays; the server's own parser gives up at a thousand. */
const deep = (levels: number): unknown =>
  JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown;

/** By what is wrong with them. */
export const HOSTILE: Record<string, Json> = {
  'markup in every string': payload({
    python: EVIL,
    strings: `${EVIL}\n${EVIL}\nfailed`,
    verdicts: { op: '1', form: '0', operator: '0', state: '2', reason: '0' },
    reasons: [{ id: EVIL, text: EVIL, fix: EVIL }],
    warnings: [{ id: EVIL.slice(0, 60), text: EVIL }],
    elsewhere: [{ cell_id: EVIL, execution_count: 1, function: EVIL, sites: 1 }],
    cut: { sites: 1, text: EVIL }
  }),
  'a hundred thousand nested sites': crowd(100_000),
  'a million sites': crowd(1_000_000),
  'deep arrays everywhere': payload({ strings: deep(400), reasons: deep(400) as Json }),
  'negative numbers': payload({ spans: { line: '-1', column: '-8', end: '-12' } }),
  'fractional numbers': payload({ spans: { line: '1.5', column: '0.1', end: '1e3' } }),
  'numbers beyond any': payload({ spans: { line: '1', column: '9'.repeat(400), end: '12' } }),
  'spans far outside': payload({ spans: { line: '1', lines: '99999999', end: '99999999' } }),
  'rows that point nowhere': payload({
    sites: { span: '9', code: '9', offset: '2', verdict: '9' }
  }),
  'wrong types': payload({ id: 7, source: 'x', strings: {}, spans: [], sites: null }),
  'a thousand warnings': payload({
    warnings: Array.from({ length: 1_000 }, () => ({ id: 'w', text: 'x'.repeat(2_000) }))
  }),
  'names of the prototype': JSON.parse(
    '{"version": 1, "__proto__": {"id": "specialize:a"}, "constructor": 1, "strings": "__proto__"}'
  ) as Json
};

/** A film of a thousand calls, and whatever `change` says. */
function film(change: Json = {}): Json {
  return {
    version: 1,
    function: EVIL,
    call: EVIL,
    asked: 1_000,
    made: 1_000,
    stopped: EVIL,
    text: SOURCE,
    kept: 1_000,
    coarse: true,
    payload: payload(),
    changes: { call: '2', site: '0', verdict: '0' },
    ...change
  };
}

/** By what is wrong with them. */
export const HOSTILE_FILMS: Record<string, Json> = {
  'markup in every string': film({ payload: HOSTILE['markup in every string'] }),
  'markup for a source': film({ text: `${EVIL}\n`.repeat(1_000) }),
  'a change of every call': film({
    changes: {
      call: column(100_000, row => (row % 100 === 0 ? 1 : 0)),
      site: column(100_000, () => 0),
      verdict: column(100_000, () => 0)
    }
  }),
  'a hundred thousand nested sites': film({ payload: crowd(100_000) }),
  'calls without end': film({ asked: 1e9, made: 1e9, kept: 1e9 }),
  'calls that were never made': film({ asked: 0, made: -1, kept: 0.5 }),
  'changes that point nowhere': film({ changes: { call: '999,9', site: '7,-1', verdict: '9,' } }),
  'changes that go back': film({ changes: { call: '5,-9', site: '0,0', verdict: '0,0' } }),
  'deep arrays everywhere': film({ text: deep(400), changes: deep(400) as Json }),
  'no payload': film({ payload: null })
};
