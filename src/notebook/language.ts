// SPDX-License-Identifier: BSD-3-Clause
import type { ISessionContext } from '@jupyterlab/apputils';

/** The language of a session's kernel, in lower case; null: there is no kernel, or it is not known. */
export function languageOf({ session, specsManager }: ISessionContext): string | null {
  const name = session?.kernel?.name ?? '';
  return specsManager.specs?.kernelspecs[name]?.language.toLowerCase() ?? null;
}
