// SPDX-License-Identifier: BSD-3-Clause
/*
 * Columns of a table, each one string on the wire, turned into rows of numbers; and the table of
 * strings. In: unchecked strings. Out: rows, or null where the table breaks the format.
 */

import { isText, shortened } from './guards';

/** One column: whole numbers and nulls. */
export type Column = readonly (number | null)[];

/** More digits, and a JavaScript number is not exact any more. */
const DIGITS = 15;
const MINUS = '-'.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);

/**
 * The named columns of a table.
 *
 * @param table - Strings by column name; other names are ignored.
 * @param key - A column without nulls: it says how many rows there are.
 * @param others - Columns that may be absent: all null then.
 * @returns Columns with the same number of rows each; null: the table breaks the format.
 */
export function columnsOf<Name extends string>(
  table: Readonly<Record<string, unknown>>,
  key: Name,
  others: readonly Name[]
): Record<Name, Column> | null {
  const keys = table[key] === '' ? [] : columnOf(table[key]);
  if (keys === null || keys.includes(null)) {
    return null;
  }
  const columns = new Map<Name, Column>([[key, keys]]);
  for (const name of others) {
    const column = otherColumn(table[name], keys.length);
    if (column?.length !== keys.length) {
      return null;
    }
    columns.set(name, column);
  }
  return Object.fromEntries(columns) as Record<Name, Column>;
}

/** The table of strings, each short enough to be shown; null: not a string. */
export function stringsOf(raw: unknown): string[] | null {
  return isText(raw) ? raw.split('\n').map(shortened) : null;
}

/** How many rows a column or a table of strings has, by what parts them; nothing is copied. */
export function rowsIn(text: string, separator: ',' | '\n'): number {
  let rows = 1;
  for (let at = -1; (at = text.indexOf(separator, at + 1)) >= 0; ) {
    rows++;
  }
  return rows;
}

/** A column of a table of `rows` rows; null: not a column. */
function otherColumn(raw: unknown, rows: number): Column | null {
  if (raw === undefined) {
    return new Array<null>(rows).fill(null);
  }
  // The empty string is no row, or one null.
  return raw === '' && rows === 0 ? [] : columnOf(raw);
}

/** Values of comma-separated whole numbers; null: not a string, or not of whole numbers. */
function columnOf(raw: unknown): Column | null {
  if (typeof raw !== 'string') {
    return null;
  }
  const values: (number | null)[] = [];
  for (const cell of raw.split(',')) {
    const value = cell === '' ? null : wholeNumber(cell);
    if (value === undefined) {
      return null;
    }
    values.push(value);
  }
  return values;
}

/** `text` as a number; undefined: not a whole number in base 10, or too long to be exact. */
function wholeNumber(text: string): number | undefined {
  const sign = text.charCodeAt(0) === MINUS ? 1 : 0;
  const digits = text.length - sign;
  if (digits < 1 || digits > DIGITS) {
    return undefined;
  }
  let value = 0;
  for (let i = sign; i < text.length; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) {
      return undefined;
    }
    value = value * 10 + digit;
  }
  return sign === 1 ? 0 - value : value;
}
