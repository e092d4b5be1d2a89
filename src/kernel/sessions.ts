// SPDX-License-Identifier: BSD-3-Clause
/*
 * Know which kernel sessions have ended, so that what they left is shown as what it is: a picture
 * of code that no longer exists.
 */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { ICodeCellModel } from '@jupyterlab/cells';
import type { Kernel, Session } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import type { ISignal } from '@lumino/signaling';
import { findBundle } from '../payload/find';
import { labelOf } from '../payload/label';
import type { ISessions } from '../tokens';

/** The sessions that have ended since the page was loaded. */
export class Sessions implements ISessions {
  private readonly ended = new Set<string>();
  private readonly emitter = new Signal<ISessions, void>(this);

  get changed(): ISignal<ISessions, void> {
    return this.emitter;
  }

  isEnded(session: string): boolean {
    return this.ended.has(session);
  }

  end(sessions: Iterable<string>): void {
    const { size } = this.ended;
    for (const session of sessions) {
      this.ended.add(session);
    }
    if (this.ended.size > size) {
      this.emitter.emit();
    }
  }
}

type Change = Session.ISessionConnection.IKernelChangedArgs;

/** Status of a kernel whose memory is gone. */
const GONE: readonly Kernel.Status[] = ['restarting', 'autorestarting', 'terminating', 'dead'];

/**
 * Note the end of whatever session the cells of a notebook show when its kernel goes.
 *
 * @param cells The notebook's code cells at that moment.
 * @returns A function that ends it.
 */
export function followKernel(
  context: ISessionContext,
  cells: () => Iterable<ICodeCellModel>,
  sessions: ISessions
): () => void {
  const end = (): void => {
    sessions.end(sessionsIn(cells()));
  };
  const onStatus = (_: ISessionContext, status: Kernel.Status): void => {
    if (GONE.includes(status)) {
      end();
    }
  };
  const onKernel = (_: ISessionContext, { oldValue, newValue }: Change): void => {
    // The first kernel of a page takes the place of none, and may well be the one that ran them.
    if (oldValue !== null && oldValue.id !== newValue?.id) {
      end();
    }
  };
  context.statusChanged.connect(onStatus);
  context.kernelChanged.connect(onKernel);
  return () => {
    context.statusChanged.disconnect(onStatus);
    context.kernelChanged.disconnect(onKernel);
  };
}

function sessionsIn(cells: Iterable<ICodeCellModel>): string[] {
  return [...cells]
    .map(({ outputs }) => labelOf(findBundle(outputs)?.raw)?.session)
    .filter(session => session !== undefined);
}
