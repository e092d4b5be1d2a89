// SPDX-License-Identifier: BSD-3-Clause
/* Checks of single values from outside. */

/** A JSON object that nobody has looked into yet. */
export type Json = Readonly<Record<string, unknown>>;

/** UTF-16 units of a text that is shown; what is over is cut. */
export const MAX_TEXT = 1_000;
/** Entries of a list of notes; what is over is dropped. */
export const MAX_NOTES = 200;

/** Whether `raw` is an object and no array. */
export function isRecord(raw: unknown): raw is Json {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

/** Whether `raw` is a string. */
export function isText(raw: unknown): raw is string {
  return typeof raw === 'string';
}

/** Whether `raw` is a whole number from 0 that a JavaScript number holds exactly. */
export function isCount(raw: unknown): raw is number {
  return Number.isSafeInteger(raw) && (raw as number) >= 0;
}

/** What the kernel half takes for a cell id; the notebook file may hold anything. */
const CELL_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Whether `raw` is a well-formed cell id: it is pasted into code, and pointed at. */
export function isCellId(raw: unknown): raw is string {
  return isText(raw) && CELL_ID.test(raw);
}

/** `text`, short enough to be shown. */
export function shortened(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
}

/** The entries of `raw` that `read` understands, at most `MAX_NOTES` of them. */
export function listOf<T>(raw: unknown, read: (entry: Json) => T | null): T[] {
  const entries: unknown[] = Array.isArray(raw) ? raw.slice(0, MAX_NOTES) : [];
  return entries.map(entry => (isRecord(entry) ? read(entry) : null)).filter(item => item !== null);
}
