// SPDX-License-Identifier: BSD-3-Clause
/*
 * How long a payload takes from the notebook file to marks, as a table.
 * In: cells made up of nested arithmetic, one site in five failing. Out: medians in ms.
 */
import { Text } from '@codemirror/state';
import { runnerImport } from 'vite';

const RUNS = 21;
const SIZES = [100, 1_000, 5_000, 25_000];
/** Spans on one line: the sum, its two products, and two names. */
const PER_LINE = 5;

const load = async path =>
  (await runnerImport(new URL(`../src/${path}`, import.meta.url).pathname)).module;
const { readPayload } = await load('payload/read.ts');
const { sourceOf } = await load('payload/checksum.ts');
const { paint } = await load('model/paint.ts');
const { toMarks } = await load('editor/field.ts');

console.log('sites   kB  read  paint  read+paint+marks');
for (const sites of SIZES) {
  const { text, raw } = cellOf(sites / PER_LINE);
  const doc = Text.of(text.split('\n'));
  const options = { blend: 'gradient', showAll: false };
  const payload = readPayload(raw).value;
  const row = [
    median(() => readPayload(raw)),
    median(() => paint(payload, doc.toJSON(), options)),
    median(() => toMarks({ payload: readPayload(raw).value, options }, doc))
  ];
  const size = Math.round(JSON.stringify(raw).length / 1000);
  console.log(`${pad(sites, 5)}${pad(size, 5)}${row.map(ms => pad(ms.toFixed(1), 7)).join('')}`);
}

function cellOf(lines) {
  const text = Array.from({ length: lines }, () => '    total = alpha * 2.0 + beta * 3').join('\n');
  const spans = { line: [], column: [], end: [], neutral: [] };
  const sites = { span: [], code: [], offset: [], verdict: [] };
  for (let line = 0; line < lines; line++) {
    for (const [i, [from, to]] of [
      [12, 34],
      [12, 23],
      [12, 17],
      [26, 34],
      [26, 30]
    ].entries()) {
      const row = spans.line.length;
      spans.line.push(i === 0 ? 1 : 0);
      spans.column.push(from);
      spans.end.push(to - from);
      spans.neutral.push(1);
      sites.span.push(row === 0 ? 0 : 1);
      sites.code.push(0);
      sites.offset.push(2 * row);
      sites.verdict.push(row % 5 === 0 ? 1 : 0);
    }
  }
  const raw = {
    version: 1,
    id: 'specialize:bench',
    session: '0123456789abcdef',
    revision: 1,
    python: '3.11.7',
    cell_id: 'bench',
    execution_count: 1,
    source: sourceOf(text),
    options: { mode: null, palette: null },
    strings: ['BINARY_OP', 'specialized', 'failed', '<module>'],
    codes: { name: '3' },
    spans: joined(spans),
    verdicts: { op: '0,0', state: '1,2', attempts: ',3' },
    sites: joined(sites),
    reasons: [],
    elsewhere: [],
    warnings: [],
    cut: null
  };
  return { text, raw };
}

function joined(columns) {
  return Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values.join()]));
}

function median(act) {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    act();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[RUNS >> 1];
}

function pad(value, width) {
  return String(value).padStart(width);
}
