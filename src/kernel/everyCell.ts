// SPDX-License-Identifier: BSD-3-Clause
/*
 * The setting "colour every cell", told to a notebook's kernel: when it changes, when the kernel
 * does, and after each restart. A kernel of another language is left alone; one without the
 * package answers with an error that nobody sees.
 */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';
import { languageOf } from '../notebook/language';
import { callOf, quietly } from './request';

/** Whether every cell is to be coloured, and word of a change. */
export interface IWish {
  isOn(): boolean;
  /** @returns A function that ends it. */
  subscribe(changed: () => void): () => void;
}

/**
 * Keep the kernel of `context` told.
 *
 * @returns A function that ends it.
 */
export function followWish(context: ISessionContext, wish: IWish): () => void {
  let told: { kernel: string; isOn: boolean } | null = null;
  const tell = (): void => {
    const kernel = context.session?.kernel ?? null;
    const isOn = wish.isOn();
    // A kernel that was never asked to colour every cell need not be asked to stop.
    const known = told?.kernel === kernel?.id ? told?.isOn : false;
    if (kernel === null || isOn === known || !isPython(context)) {
      return;
    }
    told = { kernel: kernel.id, isOn };
    request(kernel, isOn);
  };
  const onStatus = (_: ISessionContext, status: Kernel.Status): void => {
    if (status === 'restarting' || status === 'autorestarting') {
      told = null;
      // The connection drops what waits for the old process right after this signal.
      queueMicrotask(tell);
    }
  };
  context.kernelChanged.connect(tell);
  context.statusChanged.connect(onStatus);
  const unsubscribe = wish.subscribe(tell);
  tell();
  return () => {
    unsubscribe();
    context.kernelChanged.disconnect(tell);
    context.statusChanged.disconnect(onStatus);
  };
}

function request(kernel: Kernel.IKernelConnection, isOn: boolean): void {
  const call = callOf('annotate_every_cell', isOn ? 'True' : 'False');
  const { done } = kernel.requestExecute(quietly(call));
  // It is gone before it answered: the next one will be told.
  done.catch(() => undefined);
}

function isPython(context: ISessionContext): boolean {
  return languageOf(context)?.startsWith('python') === true;
}
