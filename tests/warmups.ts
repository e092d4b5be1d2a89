// SPDX-License-Identifier: BSD-3-Clause
/* The shared cases of `payload/warm-ups`, loaded. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WarmUp } from '../src/payload/types';
import { readWarmUp } from '../src/payload/warmup';

/** One case; `payload/warm-ups/README.md` says what the fields are. */
export type WarmUpCase = {
  readonly sentence: string;
  readonly text: string;
  readonly calls: readonly (readonly [string, string | null, number | null][])[];
  readonly turns: readonly number[];
  readonly wire: Readonly<Record<string, unknown>>;
};

const FOLDER = join(import.meta.dirname, '../payload/warm-ups');

/** All cases, by file name. */
export const WARM_UPS: readonly WarmUpCase[] = readdirSync(FOLDER)
  .filter(file => file.endsWith('.json'))
  .sort()
  .map(file => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as WarmUpCase);

/** The first case with some fields of its wire replaced, read. */
export function warmUpOf(changes: object = {}): WarmUp {
  const read = readWarmUp({ ...WARM_UPS[0]?.wire, ...changes });
  if (!read.ok) {
    throw new Error(read.why);
  }
  return read.value;
}
