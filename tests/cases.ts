// SPDX-License-Identifier: BSD-3-Clause
/* The shared cases of `payload/cases`, loaded. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readPayload } from '../src/payload/read';
import type { Changes } from '../src/model/compare';
import type { Payload } from '../src/payload/types';

type Row = [
  line: number,
  column: number,
  end: number,
  level: number,
  strength: number,
  state: string
];

/** One case; `payload/cases/README.md` says what the fields are. */
export type Case = {
  readonly name: string;
  readonly sentence: string;
  readonly source: string;
  readonly payload: unknown;
  readonly expect: {
    readonly gradient: readonly Row[];
    readonly sharp: readonly Row[];
    readonly gradient_all?: readonly Row[];
    readonly sharp_all?: readonly Row[];
    readonly cards?: readonly { line: number; column: number; says: readonly string[] }[];
    readonly changes?: Changes;
    readonly summary: { counts: Record<string, number>; painted: number; share: number | null };
  };
};

const FOLDER = join(import.meta.dirname, '../payload/cases');

/** All cases, by file name. */
export const CASES: readonly Case[] = readdirSync(FOLDER)
  .filter(file => file.endsWith('.json'))
  .sort()
  .map(file => {
    const text = readFileSync(join(FOLDER, file), 'utf-8');
    return { ...(JSON.parse(text) as Case), name: file.replace('.json', '') };
  });

/** The case called `name`. */
export function caseOf(name: string): Case {
  const found = CASES.find(one => one.name === name);
  if (found === undefined) {
    throw new Error(`payload/cases has no ${name}.json`);
  }
  return found;
}

/** `raw` as a payload; throws if it is none. */
export function payloadOf(raw: unknown): Payload {
  const read = readPayload(raw);
  if (!read.ok) {
    throw new Error(`not readable: ${read.why}`);
  }
  return read.value;
}

/** Lines of `source` as the wire counts them. */
export const linesOf = (source: string): string[] => source.split(/\r\n?|\n/);
