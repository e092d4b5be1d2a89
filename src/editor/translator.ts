// SPDX-License-Identifier: BSD-3-Clause

/** The two calls of a gettext bundle that are used here; `%1`, `%2` stand for the values. */
export interface IWords {
  __(text: string, ...values: unknown[]): string;
  /** `%1` is `n` itself, further values follow. */
  _n(one: string, many: string, n: number, ...values: unknown[]): string;
}
