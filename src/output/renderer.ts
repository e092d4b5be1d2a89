// SPDX-License-Identifier: BSD-3-Clause
import type { IRenderMime } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';
import type { IWords } from '../editor/words';
import { MIME } from '../payload/mime';
import type { ISessions } from '../tokens';
import { countParts, keepKeys, notePart, part } from './elements';
import { legendOf } from './legend';
import type { Changed } from './legend';

/** What the line under a cell needs of the application. */
export type LegendContext = {
  readonly trans: IWords;
  readonly sessions: ISessions;
  /** Show the specialization of another cell of the notebook, and the cell. */
  readonly showCell: (cellId: string) => void;
};

/** The one line under a coloured cell. Everything in it is text. */
export class LegendRenderer extends Widget implements IRenderMime.IRenderer {
  private raw: unknown = null;

  constructor(private readonly context: LegendContext) {
    super();
    this.addClass('jp-Specialize-legend');
    context.sessions.changed.connect(this.render, this);
  }

  override dispose(): void {
    this.context.sessions.changed.disconnect(this.render, this);
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
    const { head, counts, notes, edited, elsewhere, palette } = legendOf(this.raw, trans, session =>
      sessions.isEnded(session)
    );
    // The colours' rules look for both on whatever shows the hues of one cell.
    this.toggleClass('jp-Specialize-on', palette !== null);
    this.node.dataset.specializePalette = palette ?? '';
    this.node.replaceChildren(
      part('jp-Specialize-legendHead', head),
      ...countParts(counts),
      ...notes.map(notePart),
      part('jp-Specialize-legendNote jp-Specialize-legendEdited', edited),
      ...elsewhere.map(changed => this.changedPart(changed))
    );
  }

  private changedPart({ text, cellId }: Changed): HTMLElement {
    const element = notePart(text);
    if (cellId !== null) {
      const { trans, showCell } = this.context;
      const button = document.createElement('button');
      keepKeys(button);
      button.className = 'jp-Specialize-legendAction';
      button.textContent = trans.__('annotate');
      button.title = trans.__('Colour that cell by what CPython has specialized');
      button.addEventListener('click', () => {
        showCell(cellId);
      });
      element.append(': ', button);
    }
    return element;
  }
}
