// SPDX-License-Identifier: BSD-3-Clause
/* What is sent to a kernel: calls of the kernel half's functions, in requests without a trace. */
import type { KernelMessage } from '@jupyterlab/services';

/** Functions that the kernel half has for this half. */
export type KernelFunction = 'annotate_every_cell' | 'bundle_for' | 'instructions_for';

/**
 * A call as Python. Names of the user's namespace must not matter: a cell may have shadowed any.
 *
 * @param argument A literal of Python.
 */
export function callOf(name: KernelFunction, argument: string): string {
  return `__import__('ipyspecialize.ipython', fromlist=['*']).${name}(${argument})`;
}

/** A request that leaves no trace: no output, no count, no history. */
export function quietly(code: string): KernelMessage.IExecuteRequestMsg['content'] {
  return { code, silent: true, store_history: false, stop_on_error: false, allow_stdin: false };
}
