// SPDX-License-Identifier: BSD-3-Clause
/*
 * Every sentence the editor shows, through a translator: JupyterLab's own bundle fits the type.
 * In: verdicts and counts. Out: words. The variable is called `trans` everywhere, because the
 * extractor of the translations looks for that name.
 */

/** The two calls of a gettext bundle that are used here; `%1`, `%2` stand for the values. */
export interface IWords {
  __(text: string, ...values: unknown[]): string;
  /** `%1` is `n` itself, further values follow. */
  _n(one: string, many: string, n: number, ...values: unknown[]): string;
}
