// SPDX-License-Identifier: BSD-3-Clause
/* Follows the active cell of the current notebook: what it shows, its kernel, its selection. */
import type { ICodeCellModel } from '@jupyterlab/cells';
import type { CodeEditor } from '@jupyterlab/codeeditor';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { isCode } from '../notebook/cells';

/** Calls what it was given; connected to one cell at a time, whatever the notebook's length. */
export class CellWatch {
  private outputs: ICodeCellModel['outputs'] | null = null;
  private selections: CodeEditor.IModel['selections'] | null = null;
  private session: NotebookPanel['sessionContext'] | null = null;

  /**
   * @param changed Called when another cell is active, or this one may show something else.
   * @param selected Called when another part of its source is selected.
   */
  constructor(
    private readonly tracker: INotebookTracker,
    private readonly changed: () => void,
    private readonly selected: () => void
  ) {
    tracker.activeCellChanged.connect(this.onCell, this);
    tracker.currentChanged.connect(this.onCell, this);
    this.connect();
  }

  dispose(): void {
    this.tracker.activeCellChanged.disconnect(this.onCell, this);
    this.tracker.currentChanged.disconnect(this.onCell, this);
    this.disconnect();
  }

  /** Take notice of an editor that a cell has made meanwhile. */
  refresh(): void {
    this.disconnect();
    this.connect();
  }

  private onCell(): void {
    this.refresh();
    this.changed();
  }

  private connect(): void {
    const { activeCell, currentWidget } = this.tracker;
    if (activeCell !== null && isCode(activeCell) && !activeCell.model.isDisposed) {
      this.outputs = activeCell.model.outputs;
      this.outputs.changed.connect(this.onChange, this);
    }
    this.selections = activeCell?.editor?.model.selections ?? null;
    this.selections?.changed.connect(this.onSelect, this);
    this.session = currentWidget?.sessionContext ?? null;
    this.session?.statusChanged.connect(this.onChange, this);
    this.session?.kernelChanged.connect(this.onChange, this);
  }

  private disconnect(): void {
    this.outputs?.changed.disconnect(this.onChange, this);
    this.selections?.changed.disconnect(this.onSelect, this);
    this.session?.statusChanged.disconnect(this.onChange, this);
    this.session?.kernelChanged.disconnect(this.onChange, this);
    this.outputs = this.selections = this.session = null;
  }

  private onChange(): void {
    this.changed();
  }

  private onSelect(): void {
    this.selected();
  }
}
