// SPDX-License-Identifier: BSD-3-Clause
/* Follows all code cells of the current notebook: which there are, and what they show. */
import type { ICodeCellModel } from '@jupyterlab/cells';
import type { INotebookModel, INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';

type Outputs = ICodeCellModel['outputs'];

/** Calls `changed` for every change; many calls cost little, the caller coalesces them. */
export class NotebookWatch {
  private panel: NotebookPanel | null = null;
  private model: INotebookModel | null = null;
  private followed = new Set<Outputs>();

  constructor(
    private readonly tracker: INotebookTracker,
    private readonly changed: () => void
  ) {
    tracker.currentChanged.connect(this.onNotebook, this);
    this.connect();
  }

  dispose(): void {
    this.tracker.currentChanged.disconnect(this.onNotebook, this);
    this.disconnect();
  }

  private onNotebook(): void {
    this.disconnect();
    this.connect();
    this.changed();
  }

  private onCells(): void {
    this.followOutputs();
    this.changed();
  }

  private onChange(): void {
    this.changed();
  }

  private connect(): void {
    this.panel = this.tracker.currentWidget;
    this.panel?.content.modelChanged.connect(this.onNotebook, this);
    this.panel?.sessionContext.statusChanged.connect(this.onChange, this);
    this.panel?.sessionContext.kernelChanged.connect(this.onChange, this);
    this.model = this.panel?.content.model ?? null;
    this.model?.cells.changed.connect(this.onCells, this);
    this.followOutputs();
  }

  private disconnect(): void {
    this.panel?.content.modelChanged.disconnect(this.onNotebook, this);
    this.panel?.sessionContext.statusChanged.disconnect(this.onChange, this);
    this.panel?.sessionContext.kernelChanged.disconnect(this.onChange, this);
    this.model?.cells.changed.disconnect(this.onCells, this);
    this.panel = this.model = null;
    this.followOutputs();
  }

  /** Be connected to the outputs of the cells there are, and to no others. */
  private followOutputs(): void {
    const cells = this.model === null ? [] : [...this.model.cells];
    const now = new Set(
      cells
        .filter((model): model is ICodeCellModel => model.type === 'code')
        .map(({ outputs }) => outputs)
    );
    for (const outputs of this.followed) {
      if (!now.has(outputs)) {
        outputs.changed.disconnect(this.onChange, this);
      }
    }
    for (const outputs of now) {
      if (!this.followed.has(outputs)) {
        outputs.changed.connect(this.onChange, this);
      }
    }
    this.followed = now;
  }
}
