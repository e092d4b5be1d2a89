// SPDX-License-Identifier: BSD-3-Clause
/* One press of the button: colour a cell that ran, or take its colours away. */
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { CodeCell } from '@jupyterlab/cells';
import type * as nbformat from '@jupyterlab/nbformat';
import { NotebookActions } from '@jupyterlab/notebook';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { askKernel } from './ask';
import type { Answer } from './ask';
import { isCode } from '../notebook/cells';
import { kernelOf, languageOfNotebook } from '../notebook/kernels';
import { whyWords } from '../output/legend';
import { hasBundle, putBundle, removeBundle } from '../output/upsert';
import { findBundle } from '../payload/find';
import { isOutdatedBy, labelOf } from '../payload/label';
import { MIME } from '../payload/mime';

const PENDING = 'jp-Specialize-pending';

/** Show an answer, unless something newer of the same run came while it was on its way. */
function putAnswer(cell: CodeCell, bundle: nbformat.IMimeBundle): void {
  const { outputs } = cell.model;
  const next = labelOf(bundle[MIME]);
  const shown = labelOf(findBundle(outputs)?.raw);
  if (next === null || shown === null || !isOutdatedBy(next, shown)) {
    putBundle(outputs, bundle);
  }
}

const hasKernel = (panel: NotebookPanel): boolean => Boolean(panel.sessionContext.session?.kernel);

/** Asks kernels for bundles, one request a cell at a time, and says why there is none. */
export class Annotator {
  private readonly pending = new WeakSet<CodeCell>();

  /** @param changed Called when a request begins and when it ends. */
  constructor(
    private readonly trans: TranslationBundle,
    private readonly changed: () => void
  ) {}

  /** Whether a request for this cell is under way. */
  isPending(cell: CodeCell): boolean {
    return this.pending.has(cell);
  }

  /** Colour `cell`, or take its colours away if it has some. */
  async toggle(panel: NotebookPanel, cell: CodeCell): Promise<void> {
    if (hasBundle(cell.model.outputs)) {
      removeBundle(cell.model.outputs);
    } else {
      await this.annotate(panel, cell);
    }
  }

  /**
   * Mend that `%%specialize` is not known to the kernel, where that can be: asking loads the
   * extension. Says what was done, or what is to be done.
   */
  async loadMagic(panel: NotebookPanel, cell: CodeCell): Promise<void> {
    const answer = await this.ask(panel, cell);
    const { trans } = this;
    // A notification is cut after 140 characters: the rest is behind its button.
    if (answer?.kind === 'no-package') {
      this.notify('warning', trans.__('This kernel does not have the package ipyspecialize.'), [
        trans.__('What to Do'),
        this.installWords(panel)
      ]);
    } else if (answer?.kind === 'not-run') {
      const text = trans.__('ipyspecialize was not loaded. It is loaded now: run the cell again.');
      this.notify('info', text, [
        trans.__('Why'),
        trans.__(
          'IPython does not read the start-up files of the place where ipyspecialize is installed ' +
            'for this kernel, or they are switched off by SPECIALIZE_DISABLE. After the next start ' +
            'of the kernel, run "%load_ext ipyspecialize" first.'
        )
      ]);
    }
  }

  private notify(
    kind: 'info' | 'warning',
    text: string,
    [label, details]: [label: string, details: string]
  ): void {
    const callback = (): void => {
      void this.say(details);
    };
    Notification[kind](text, { autoClose: false, actions: [{ label, callback }] });
  }

  private installWords(panel: NotebookPanel): string {
    return this.trans.__(
      'The kernel "%1" does not have the package ipyspecialize. Install it in the ' +
        'environment that this kernel runs in: run "%pip install ipyspecialize" in a cell, ' +
        'restart the kernel, and run the cell again.',
      panel.sessionContext.kernelDisplayName
    );
  }

  /** Colour `cell` by what its kernel has to say of it now. */
  async annotate(panel: NotebookPanel, cell: CodeCell): Promise<void> {
    const answer = await this.ask(panel, cell);
    if (answer === null) {
      return;
    }
    if (answer.kind === 'bundle') {
      putAnswer(cell, answer.bundle);
    } else if (await this.explain(panel, cell, answer)) {
      await NotebookActions.run(panel.content, panel.sessionContext);
      await this.annotateOnce(panel, cell);
    }
  }

  /**
   * Colour every cell that ran, one after the other, and say at the end how that went. Stops where
   * asking on would give the same answer.
   */
  async annotateAll(panel: NotebookPanel): Promise<void> {
    const { trans } = this;
    if (kernelOf(panel) === 'other') {
      await this.say(
        trans.__(
          'The kernel of this notebook runs %1. Specialization is a matter of CPython: choose a ' +
            'Python kernel.',
          languageOfNotebook(panel)
        )
      );
      return;
    }
    const cells = panel.content.widgets
      .filter(isCode)
      .filter(({ model }) => model.executionCount !== null && !hasBundle(model.outputs));
    if (cells.length === 0) {
      Notification.info(
        trans.__('There is nothing to add: every cell that ran is coloured, or none has run yet.')
      );
      return;
    }
    let coloured = 0;
    for (const cell of cells) {
      const answer = cell.isDisposed ? null : await this.ask(panel, cell);
      if (answer?.kind === 'bundle') {
        putAnswer(cell, answer.bundle);
        coloured++;
      } else if (answer?.kind === 'no-package') {
        await this.say(this.installWords(panel));
        return;
      } else if (answer?.kind === 'aborted' || answer?.kind === 'restarted' || !hasKernel(panel)) {
        return;
      }
    }
    const left = cells.length - coloured;
    const text = trans._n('%1 cell coloured.', '%1 cells coloured.', coloured);
    if (left === 0) {
      Notification.success(text, { autoClose: 3000 });
    } else {
      const rest = trans._n(
        'This kernel cannot say anything of %1 cell: run it to colour it.',
        'This kernel cannot say anything of %1 cells: run them to colour them.',
        left
      );
      Notification.warning(`${text} ${rest}`);
    }
  }

  /** After a run that the user asked for: what is missing now is said, and not asked again. */
  private async annotateOnce(panel: NotebookPanel, cell: CodeCell): Promise<void> {
    const answer = await this.ask(panel, cell);
    if (answer?.kind === 'bundle') {
      putAnswer(cell, answer.bundle);
    } else if (answer?.kind === 'error' || answer?.kind === 'rubbish') {
      await this.explain(panel, cell, answer);
    }
  }

  /** What the kernel says; null: there is none, a request is under way, or the cell is too. */
  private async ask(panel: NotebookPanel, cell: CodeCell): Promise<Answer | null> {
    const kernel = panel.sessionContext.session?.kernel;
    if (this.pending.has(cell)) {
      return null;
    }
    if (!kernel) {
      await this.say(
        this.trans.__('This notebook has no kernel: choose one, run the cell, and try again.')
      );
      return null;
    }
    this.setPending(cell, true);
    const { executionCount } = cell.model;
    try {
      const answer = await askKernel(kernel, cell.model.id);
      // Run again meanwhile: the answer is of the run before, and its place is the next one's.
      return cell.isDisposed || cell.model.executionCount !== executionCount ? null : answer;
    } finally {
      this.setPending(cell, false);
    }
  }

  private setPending(cell: CodeCell, isPending: boolean): void {
    if (isPending) {
      this.pending.add(cell);
    } else {
      this.pending.delete(cell);
    }
    cell.toggleClass(PENDING, isPending);
    this.changed();
  }

  /** Say why there are no colours; resolves to whether the user wants the cell to run. */
  private async explain(
    panel: NotebookPanel,
    cell: CodeCell,
    answer: Exclude<Answer, { kind: 'bundle' }>
  ): Promise<boolean> {
    const { trans } = this;
    switch (answer.kind) {
      case 'not-run':
        return this.offerRun(
          cell.model.executionCount === null
            ? trans.__('This cell has not run yet, so there is nothing to show.')
            : trans.__(
                'This kernel knows of no code of this cell: there is none in it (comments alone, ' +
                  'or a syntax error), or it ran before the kernel was started again, or before ' +
                  'ipyspecialize was loaded.'
              )
        );
      case 'not-recorded':
        return this.offerRun(
          trans.__('The recording of this cell had to make room for later ones.')
        );
      case 'no-package':
        await this.say(this.installWords(panel));
        return false;
      case 'bad-id':
        await this.say(
          trans.__(
            'The id of this cell is damaged in the notebook file: copy the cell, delete this ' +
              'one, and run the copy.'
          )
        );
        return false;
      case 'aborted':
      case 'restarted':
        // The user interrupted or restarted the kernel: no news.
        return false;
      case 'rubbish':
        await this.say(whyWords(answer.why, trans));
        return false;
      case 'error':
        await this.say(trans.__('The kernel could not read this cell. It says: %1', answer.text));
        return false;
      default:
        return answer satisfies never;
    }
  }

  private async offerRun(text: string): Promise<boolean> {
    const { trans } = this;
    const { button } = await showDialog({
      title: trans.__('Specialization'),
      body: text,
      buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Run Cell and Show') })]
    });
    return button.accept;
  }

  private async say(text: string): Promise<void> {
    await showDialog({
      title: this.trans.__('Specialization'),
      body: text,
      buttons: [Dialog.okButton()]
    });
  }
}
