// SPDX-License-Identifier: BSD-3-Clause
import { isCount, isRecord, isText } from './guards';

/** Which revision of whose payload a bundle holds; looked at without reading the rest. */
export type Label = { readonly id: string; readonly session: string; readonly revision: number };

/** The label of a bundle; null: it has none. */
export function labelOf(raw: unknown): Label | null {
  if (!isRecord(raw)) {
    return null;
  }
  const { id, session, revision } = raw;
  return isText(id) && isText(session) && isCount(revision) ? { id, session, revision } : null;
}

/** Whether `next` may take the place of `shown`: the same cell, and newer or of another kernel. */
export function isUpdateOf(next: Label, shown: Label): boolean {
  return (
    next.id === shown.id && (next.session !== shown.session || next.revision > shown.revision)
  );
}
