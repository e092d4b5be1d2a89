// SPDX-License-Identifier: BSD-3-Clause
import { SidePanel } from '@jupyterlab/ui-components';
import type { AccordionPanel } from '@lumino/widgets';
import type { PanelContext } from './context';

/** Height of the two parts at first: what is listed of a cell, and of the notebook. */
const SIZES = [0.6, 0.4];

/** The side panel: empty until it is first seen, so that JupyterLab's start does not wait for it. */
export class SpecializePanel extends SidePanel {
  private filling: Promise<void> | null = null;

  constructor(private readonly context: PanelContext) {
    super();
    this.id = 'jp-specialize-panel';
    this.addClass('jp-SpecializePanel');
  }

  /** Give the focus to what is listed of the cell; the panel has to be seen. */
  async takeFocus(): Promise<void> {
    await this.fill();
    this.content.widgets[0]?.activate();
  }

  protected override onAfterShow(): void {
    void this.fill();
  }

  protected override onAfterAttach(): void {
    if (this.isVisible) {
      void this.fill();
    }
  }

  private fill(): Promise<void> {
    this.filling ??= this.load();
    return this.filling;
  }

  private async load(): Promise<void> {
    const { Bytecode, Review } = await import('./content');
    if (this.isDisposed) {
      return;
    }
    this.addWidget(new Bytecode(this.context));
    this.addWidget(new Review(this.context));
    (this.content as AccordionPanel).setRelativeSizes(SIZES);
  }
}
