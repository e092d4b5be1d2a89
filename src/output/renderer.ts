// SPDX-License-Identifier: BSD-3-Clause
import type { IRenderMime } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';
import type { IWords } from '../editor/words';
import { MIME } from '../payload/mime';
import { legendOf } from './legend';

/** The one line under a coloured cell. Everything in it is text. */
export class LegendRenderer extends Widget implements IRenderMime.IRenderer {
  constructor(private readonly trans: IWords) {
    super();
    this.addClass('jp-Specialize-legend');
  }

  /** Say what the bundle holds. */
  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const { head, counts, notes, palette } = legendOf(model.data[MIME], this.trans);
    // The colours' rules look for both on whatever shows the hues of one cell.
    this.toggleClass('jp-Specialize-on', palette !== null);
    this.node.dataset.specializePalette = palette ?? '';
    this.node.replaceChildren(
      part('jp-Specialize-legendHead', head),
      ...counts.map(({ text, classes }) => part(`jp-Specialize-legendCount ${classes}`, text)),
      ...notes.map(note => part('jp-Specialize-legendNote', note))
    );
    return Promise.resolve();
  }
}

function part(classes: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = classes.trim();
  element.textContent = text;
  return element;
}
