// SPDX-License-Identifier: BSD-3-Clause
import { isCount, isRecord, isText } from './guards';
import type { SourceMark } from './types';

/** Which revision of whose payload a bundle holds; looked at without reading the rest. */
export type Label = {
  readonly id: string;
  readonly session: string;
  readonly revision: number;
  readonly source: SourceMark;
};

/** The label of a bundle; null: it has none. */
export function labelOf(raw: unknown): Label | null {
  if (!isRecord(raw)) {
    return null;
  }
  const { id, session, revision } = raw;
  const source = markOf(raw.source);
  return isText(id) && isText(session) && isCount(revision) && source !== null
    ? { id, session, revision, source }
    : null;
}

/** The source of a bundle; null: it has none. */
export function markOf(raw: unknown): SourceMark | null {
  return isRecord(raw) && isCount(raw.length) && isCount(raw.crc32)
    ? { length: raw.length, crc32: raw.crc32 }
    : null;
}

/**
 * Whether `next` may take the place of `shown`: a newer revision of the same run. Another text
 * under the same id is that of a cell with the same id; another session that of another kernel.
 */
export function isUpdateOf(next: Label, shown: Label): boolean {
  return (
    next.id === shown.id &&
    next.session === shown.session &&
    next.source.length === shown.source.length &&
    next.source.crc32 === shown.source.crc32 &&
    next.revision > shown.revision
  );
}

/** Whether `next` is an older revision of the cell that `shown` shows, from the same kernel. */
export function isOutdatedBy(next: Label, shown: Label): boolean {
  return (
    next.id === shown.id && next.session === shown.session && next.revision < shown.revision
  );
}
