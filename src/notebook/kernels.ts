// SPDX-License-Identifier: BSD-3-Clause
import type { NotebookPanel } from '@jupyterlab/notebook';
import { languageOf } from './language';

/** What a notebook's kernel can say; `unknown`: it is not there yet, or its language is not known. */
export type KernelKind = 'none' | 'dead' | 'other' | 'python' | 'unknown';

/** The language of the notebook's kernel, or of the file where it has none; '': not known. */
export function languageOfNotebook({ sessionContext, content }: NotebookPanel): string {
  return languageOf(sessionContext) ?? content.model?.defaultKernelLanguage.toLowerCase() ?? '';
}

/** What the kernel of a notebook is. */
export function kernelOf(panel: NotebookPanel): KernelKind {
  const { hasNoKernel, session } = panel.sessionContext;
  const kernel = session?.kernel;
  if (!kernel) {
    return hasNoKernel ? 'none' : 'unknown';
  }
  if (kernel.status === 'dead' || kernel.isDisposed) {
    return 'dead';
  }
  const language = languageOfNotebook(panel);
  return language === '' ? 'unknown' : language.startsWith('python') ? 'python' : 'other';
}
