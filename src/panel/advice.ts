// SPDX-License-Identifier: BSD-3-Clause
/*
 * Why there is nothing to see, or less than there could be, and what to do next.
 * In: what is known of notebook, kernel and cell. Out: words, and the commands that help.
 */
import type { IWords } from '../editor/words';
import type { KernelKind } from '../notebook/kernels';
import { whyWords } from '../output/legend';
import type { Read } from '../payload/types';
import { CommandIDs } from '../tokens';
import type { Missing } from './instructions';

/** A way out: a command of the application, or one of the panel's own (`retry`). */
export type Act = { readonly label: string; readonly command: string };

/** What is said instead of rows, or above them. */
export type Advice = { readonly text: string; readonly acts: readonly Act[] };

/** What the panel looks at. */
export type Situation = {
  /** null: no notebook is open. */
  readonly kernel: KernelKind | null;
  /** Of the kernel, as it names it. */
  readonly language: string;
  /** The active cell; `fresh`: of code that has not run. */
  readonly cell: 'none' | 'not-code' | 'fresh' | 'ran';
};

/** A value, since two per cent signs in a translated text become one. */
const MAGIC = '%%specialize';

/** Command of the panel itself: ask the kernel again. */
export const RETRY = 'retry';

/** What to say of an active cell that shows nothing of ours; `read`: what it shows, unreadable. */
export function cellAdvice(
  situation: Situation,
  read: Read<unknown> | null,
  trans: IWords
): Advice {
  if (read?.ok === false) {
    return { text: whyWords(read.why, trans), acts: [] };
  }
  const general = notebookAdvice(situation, trans);
  if (general !== null) {
    return general;
  }
  switch (situation.cell) {
    case 'none':
    case 'not-code':
      return {
        text: trans.__(
          'The active cell is not code. Select a code cell to see its bytecode, instruction by ' +
            'instruction.'
        ),
        acts: []
      };
    case 'fresh':
      return {
        text: trans.__(
          'This cell has not run yet. Run it, then press the button: its bytecode appears here.'
        ),
        acts: [{ label: trans.__('Show Specialization'), command: CommandIDs.annotate }]
      };
    case 'ran':
      return {
        text: trans.__(
          'This cell shows no specialization yet. Press the button, or put %1 on top ' +
            'of the cell and run it.',
          MAGIC
        ),
        acts: [{ label: trans.__('Show Specialization'), command: CommandIDs.annotate }]
      };
    default:
      return situation.cell satisfies never;
  }
}

/** What to say of a notebook in which no cell shows anything of ours. */
export function reviewAdvice(situation: Situation, trans: IWords): Advice {
  return (
    notebookAdvice(situation, trans) ?? {
      text: trans.__(
        'No cell of this notebook shows its specialization yet. Here they are listed, with their ' +
          'functions, those that fail most first.'
      ),
      acts: [{ label: trans.__('Annotate All Cells That Ran'), command: CommandIDs.annotateAll }]
    }
  );
}

/** What keeps a whole notebook from showing anything; null: nothing does. */
function notebookAdvice({ kernel, language }: Situation, trans: IWords): Advice | null {
  const choose = { label: trans.__('Choose a Kernel'), command: 'notebook:change-kernel' };
  switch (kernel) {
    case null:
      return {
        text: trans.__(
          'This panel shows what CPython made of the code of a notebook. Open a notebook with a ' +
            'Python kernel to begin.'
        ),
        acts: []
      };
    case 'none':
      return {
        text: trans.__('This notebook has no kernel. Choose one, run a cell, and look again.'),
        acts: [choose]
      };
    case 'dead':
      return {
        text: trans.__(
          'The kernel of this notebook has died, and what it knew of the code with it. Restart it ' +
            'and run the cells again.'
        ),
        acts: [{ label: trans.__('Restart the Kernel'), command: 'notebook:restart-kernel' }]
      };
    case 'other':
      return {
        text: trans.__(
          'The kernel of this notebook runs %1. Specialization is a matter of CPython: choose a ' +
            'Python kernel.',
          language
        ),
        acts: [choose]
      };
    case 'python':
    case 'unknown':
      return null;
    default:
      return kernel satisfies never;
  }
}

/** What to say above the sites of a payload whose other instructions are missing. */
export function missingAdvice(why: Missing, trans: IWords): Advice {
  const only = trans.__('Only the adaptive instructions are listed, as they were saved.');
  const because = (text: string, ...acts: Act[]): Advice => ({ text: `${only} ${text}`, acts });
  const retry = { label: trans.__('Ask Again'), command: RETRY };
  switch (why) {
    case 'none':
      return because(
        trans.__('Without a kernel nobody knows the others: choose one and run the cell.'),
        {
          label: trans.__('Choose a Kernel'),
          command: 'notebook:change-kernel'
        }
      );
    case 'dead':
      return because(trans.__('The kernel has died: restart it and run the cell again.'), {
        label: trans.__('Restart the Kernel'),
        command: 'notebook:restart-kernel'
      });
    case 'other':
      return because(trans.__('The kernel is not of Python, and knows nothing of the others.'));
    case 'ended':
      return because(trans.__('The kernel that ran the cell has ended: run the cell again.'));
    case 'changed':
      return because(
        trans.__('The kernel has run the cell anew since: run it with %1, or ask again.', MAGIC),
        retry
      );
    case 'forgotten':
      return because(
        trans.__('This kernel has not seen the run, or has forgotten it: run the cell again.')
      );
    case 'no-package':
      return because(
        trans.__('The kernel lacks the package ipyspecialize: run "%pip install ipyspecialize".')
      );
    case 'too-many':
      return because(
        trans.__('There are too many of the others: split the cell and run it again to see them.')
      );
    case 'cancelled':
      return because(trans.__('The kernel was interrupted before it answered.'), retry);
    case 'old':
      return because(
        trans.__('The kernel did not understand the question: update ipyspecialize in it.'),
        retry
      );
    default:
      return why satisfies never;
  }
}
