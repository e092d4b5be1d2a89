// SPDX-License-Identifier: BSD-3-Clause
/*
 * The instructions of a cell: those its payload carries, else what its kernel answers. Each payload
 * is asked for once; an answer of another run than the one that is shown is not taken.
 */
import type { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { askInstructions } from '../kernel/ask';
import type { Answer } from '../kernel/ask';
import { kernelOf } from '../notebook/kernels';
import { MIME } from '../payload/mime';
import { readOnce } from '../payload/reading';
import type { Payload } from '../payload/types';

/**
 * Why a payload stays without instructions. `ended`: the session that ran it has. `changed`: the
 * kernel knows another run of the cell. `forgotten`: it knows none. `too-many`: more than are sent.
 * `cancelled`: interrupted before it answered. `old`: it knows the cell, but not the question.
 */
export type Missing =
  | 'none'
  | 'dead'
  | 'other'
  | 'ended'
  | 'changed'
  | 'forgotten'
  | 'no-package'
  | 'too-many'
  | 'cancelled'
  | 'old';

/** What can be listed now: with the instructions, or with the sites alone and the reason. */
export type Listing =
  | { readonly kind: 'whole'; readonly payload: Payload }
  | { readonly kind: 'pending'; readonly payload: Payload }
  | { readonly kind: 'missing'; readonly payload: Payload; readonly why: Missing };

/** Asks kernels, one question at a time for each payload. */
export class Instructions {
  private known = new WeakMap<Payload, Listing>();

  /** @param changed Called when an answer has come. */
  constructor(private readonly changed: () => void) {}

  /** What can be listed of `payload`, which `cell` shows; asks its kernel for what is missing. */
  of(panel: NotebookPanel, cell: CodeCell, payload: Payload, isEnded: boolean): Listing {
    if (payload.instructions !== null) {
      return { kind: 'whole', payload };
    }
    const known = this.known.get(payload);
    const kind = kernelOf(panel);
    if (known?.kind === 'whole') {
      return known;
    }
    if (kind === 'none' || kind === 'dead' || kind === 'other') {
      return { kind: 'missing', payload, why: kind };
    }
    if (isEnded) {
      return { kind: 'missing', payload, why: 'ended' };
    }
    if (known === undefined) {
      void this.ask(panel, cell, payload);
    }
    return known ?? { kind: 'pending', payload };
  }

  /** Forget what was not answered, so that the next look asks again. */
  retry(): void {
    this.known = new WeakMap();
    this.changed();
  }

  private async ask(panel: NotebookPanel, cell: CodeCell, payload: Payload): Promise<void> {
    const kernel = panel.sessionContext.session?.kernel;
    if (!kernel) {
      return; // not there yet: its coming is a change, and asks again
    }
    const { known } = this;
    known.set(payload, { kind: 'pending', payload });
    known.set(payload, listingOf(await askInstructions(kernel, cell.model.id), payload));
    this.changed();
  }
}

/** What an answer makes of `payload`. */
export function listingOf(answer: Answer, payload: Payload): Listing {
  const missing = (why: Missing): Listing => ({ kind: 'missing', payload, why });
  switch (answer.kind) {
    case 'bundle': {
      const read = readOnce(answer.bundle[MIME]);
      if (!read.ok || !isSameRun(read.value, payload)) {
        return missing('changed');
      }
      return read.value.instructions === null
        ? missing('too-many')
        : { kind: 'whole', payload: read.value };
    }
    case 'not-run':
    case 'not-recorded':
    case 'bad-id':
      return missing('forgotten');
    case 'no-package':
      return missing('no-package');
    case 'aborted':
    case 'restarted':
      return missing('cancelled');
    case 'rubbish':
    case 'error':
      return missing('old');
    default:
      return answer satisfies never;
  }
}

function isSameRun(a: Payload, b: Payload): boolean {
  return (
    a.id === b.id &&
    a.session === b.session &&
    a.executionCount === b.executionCount &&
    a.source.length === b.source.length &&
    a.source.crc32 === b.source.crc32
  );
}
