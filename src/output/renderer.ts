// SPDX-License-Identifier: BSD-3-Clause
import type { IRenderMime } from '@jupyterlab/rendermime';
import type { ISignal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import type { IWords } from '../editor/words';
import { MIME } from '../payload/mime';
import type { ISessions } from '../tokens';
import { buttonElement, countParts, notePart, part, showPalette } from './elements';
import { legendOf } from './legend';
import type { Changed } from './legend';

/** What the line under a cell needs of the application. */
export type LegendContext = {
  readonly trans: IWords;
  readonly sessions: ISessions;
  /** Whether what changed is marked in the code, and a way to change that. */
  readonly comparing: IComparing;
  /** Whether what never ran or was not tried is painted, too; may change with `comparing`. */
  readonly showsAll: () => boolean;
  /** Show the specialization of another cell of the notebook, and the cell. */
  readonly showCell: (cellId: string) => void;
};

/** A switch of the whole page. */
export interface IComparing {
  readonly isOn: boolean;
  readonly changed: ISignal<unknown, unknown>;
  toggle(): void;
}

/** The one line under a coloured cell. Everything in it is text. */
export class LegendRenderer extends Widget implements IRenderMime.IRenderer {
  private raw: unknown = null;
  /** Frames what changed; null: nothing was gained or lost. */
  private button: HTMLButtonElement | null = null;
  private showAll = false;

  constructor(private readonly context: LegendContext) {
    super();
    this.addClass('jp-Specialize-legend');
    context.sessions.changed.connect(this.render, this);
    context.comparing.changed.connect(this.onSettings, this);
  }

  override dispose(): void {
    this.context.sessions.changed.disconnect(this.render, this);
    this.context.comparing.changed.disconnect(this.onSettings, this);
    super.dispose();
  }

  /** Say what the bundle holds. */
  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.raw = model.data[MIME];
    this.render();
    return Promise.resolve();
  }

  private render(): void {
    const { trans, sessions } = this.context;
    this.showAll = this.context.showsAll();
    const { head, counts, since, hasFrames, notes, edited, elsewhere, palette } = legendOf(
      this.raw,
      trans,
      { isEnded: session => sessions.isEnded(session), showAll: this.showAll }
    );
    this.button = hasFrames ? this.switchButton() : null;
    showPalette(this.node, palette);
    this.node.replaceChildren(
      part('jp-Specialize-legendHead', head),
      ...countParts(counts),
      ...(since === '' ? [] : [sincePart(since, this.button)]),
      ...notes.map(notePart),
      part('jp-Specialize-legendNote jp-Specialize-legendEdited', edited),
      ...elsewhere.map(changed => this.changedPart(changed))
    );
  }

  private switchButton(): HTMLButtonElement {
    const { trans, comparing } = this.context;
    const button = actionButton(
      trans.__('show in the code'),
      trans.__('Frame what was gained (+) and lost (−) since the run before'),
      () => {
        comparing.toggle();
      }
    );
    button.setAttribute('aria-pressed', String(comparing.isOn));
    return button;
  }

  private onSettings(): void {
    if (this.context.showsAll() !== this.showAll) {
      this.render();
    }
    this.button?.setAttribute('aria-pressed', String(this.context.comparing.isOn));
  }

  private changedPart({ text, cellId }: Changed): HTMLElement {
    const element = notePart(text);
    if (cellId !== null) {
      const { trans, showCell } = this.context;
      const button = actionButton(
        trans.__('annotate'),
        trans.__('Colour that cell by what CPython has specialized'),
        () => {
          showCell(cellId);
        }
      );
      element.append(': ', button);
    }
    return element;
  }
}

function sincePart(since: string, button: HTMLButtonElement | null): HTMLElement {
  const element = notePart(since);
  if (button !== null) {
    element.append(' · ', button);
  }
  return element;
}

/** An action in a sentence. */
function actionButton(text: string, title: string, onClick: () => void): HTMLButtonElement {
  return buttonElement('jp-Specialize-link', text, title, onClick);
}
