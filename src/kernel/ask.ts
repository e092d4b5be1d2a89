// SPDX-License-Identifier: BSD-3-Clause
/*
 * Ask a kernel for the bundle of a cell that ran, or for its instructions. The request runs no code
 * of the user's and leaves no trace: no output, no count, no history. It queues behind what is
 * running.
 */
import type * as nbformat from '@jupyterlab/nbformat';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { isCellId, isRecord, isText } from '../payload/guards';
import { MIME } from '../payload/mime';
import { readPayload } from '../payload/read';
import type { Why } from '../payload/types';
import { callOf, quietly } from './request';
import type { KernelFunction } from './request';

/** What came back; `rubbish`: what cannot be shown. */
export type Answer =
  | { readonly kind: 'bundle'; readonly bundle: nbformat.IMimeBundle }
  | { readonly kind: Silence }
  | { readonly kind: 'rubbish'; readonly why: Why }
  | { readonly kind: 'error'; readonly text: string };

/**
 * Why there is no bundle. `bad-id`: the cell's id is none, the notebook file is damaged.
 * `not-run`: this kernel has not seen the cell run. `not-recorded`: it ran, the recording is
 * gone. `no-package`: the kernel's environment lacks `ipyspecialize`. `aborted`: interrupted
 * while it waited. `restarted`: the kernel went away.
 */
export type Silence =
  'bad-id' | 'not-run' | 'not-recorded' | 'no-package' | 'aborted' | 'restarted';

/** Functions of the kernel half that answer with a bundle. */
type Question = Extract<KernelFunction, 'bundle_for' | 'instructions_for'>;

/**
 * Ask `kernel` for a payload of the cell `cellId` with all its instructions, as they are now. Never
 * rejects. `error`: an older kernel half, or a kernel that evaluates nothing, cannot say.
 */
export async function askInstructions(
  kernel: Kernel.IKernelConnection,
  cellId: string
): Promise<Answer> {
  if (!isCellId(cellId)) {
    return { kind: 'bad-id' };
  }
  try {
    return (await byExpression(kernel, 'instructions_for', cellId)) ?? { kind: 'error', text: '' };
  } catch {
    return { kind: 'restarted' };
  }
}

/** Ask `kernel` for the bundle of the cell `cellId`. Never rejects. */
export async function askKernel(kernel: Kernel.IKernelConnection, cellId: string): Promise<Answer> {
  if (!isCellId(cellId)) {
    return { kind: 'bad-id' };
  }
  try {
    return (await byExpression(kernel, 'bundle_for', cellId)) ?? (await byMagic(kernel, cellId));
  } catch {
    // Restarting or changing the kernel cancels what waits for it.
    return { kind: 'restarted' };
  }
}

/** The usual way; null: this kernel does not evaluate `user_expressions`. */
async function byExpression(
  kernel: Kernel.IKernelConnection,
  question: Question,
  cellId: string
): Promise<Answer | null> {
  const { content } = await kernel.requestExecute({
    ...quietly(''),
    user_expressions: { bundle: callOf(question, `'${cellId}'`) }
  }).done;
  if (content.status !== 'ok') {
    return failure(content);
  }
  const value: unknown = content.user_expressions.bundle;
  if (!isRecord(value)) {
    return null;
  }
  if (value.status === 'ok' && isRecord(value.data)) {
    return answerIn(value.data as nbformat.IMimeBundle);
  }
  const name = isText(value.ename) ? value.ename : '';
  const text = isText(value.evalue) ? value.evalue : '';
  return name === 'ModuleNotFoundError' && text.includes('ipyspecialize')
    ? { kind: 'no-package' }
    : { kind: 'error', text: `${name}: ${text}` };
}

/** For kernels such as Pyodide's: the magic displays the bundle, and the display is caught. */
async function byMagic(kernel: Kernel.IKernelConnection, cellId: string): Promise<Answer> {
  const bundles: nbformat.IMimeBundle[] = [];
  const future = kernel.requestExecute(quietly(`%specialize --cell ${cellId}`));
  future.onIOPub = message => {
    const { data } = message.content as { data?: unknown };
    if (message.header.msg_type === 'display_data' && isRecord(data) && MIME in data) {
      bundles.push(data as nbformat.IMimeBundle);
    }
  };
  const { content } = await future.done;
  const bundle = bundles.at(-1);
  return bundle === undefined ? failure(content, 'not-run') : answerIn(bundle);
}

function answerIn(bundle: nbformat.IMimeBundle): Answer {
  const payload: unknown = bundle[MIME];
  const error = isRecord(payload) ? payload.error : null;
  if (error === 'not-run' || error === 'not-recorded') {
    return { kind: error };
  }
  const read = readPayload(payload);
  return read.ok ? { kind: 'bundle', bundle } : { kind: 'rubbish', why: read.why };
}

function failure(
  content: KernelMessage.IExecuteReplyMsg['content'],
  otherwise: Silence = 'aborted'
): Answer {
  if (content.status === 'error') {
    return { kind: 'error', text: `${content.ename}: ${content.evalue}` };
  }
  return { kind: otherwise };
}
