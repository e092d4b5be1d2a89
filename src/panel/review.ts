// SPDX-License-Identifier: BSD-3-Clause
/* All annotated cells of the current notebook and their functions, and a way to each. */
import { placesIn, select } from '../editor/places';
import { goToCell, payloadOf } from '../notebook/cells';
import type { Extent } from '../payload/types';
import { CommandIDs } from '../tokens';
import { reviewAdvice } from './advice';
import { situationOf } from './context';
import type { PanelContext } from './context';
import { adviceElement, buttonOf, elementOf, replaceKeepingFocus, summaryWords } from './dom';
import { NotebookWatch } from './notebookWatch';
import { PanelPart } from './part';
import { entryOf, ordered, rowsOf, total } from './reviewModel';
import type { CellEntry, Order, ReviewRow } from './reviewModel';
import { describeRow, idOf, shapeOf } from './reviewRows';
import { Tree } from './tree';

/** Lists the current notebook while it is seen. */
export class Review extends PanelPart {
  private readonly tree: Tree<ReviewRow>;
  private readonly watch: NotebookWatch;
  private readonly closed = new Set<string>();
  private order: Order = 'failing';

  constructor(context: PanelContext) {
    super(context);
    const { trans, tracker } = context;
    this.addClass('jp-Specialize-review');
    this.title.label = trans.__('Notebook Review');
    this.tree = new Tree<ReviewRow>(
      {
        label: trans.__('Cells and functions of the notebook'),
        idOf,
        shapeOf,
        describe: row => describeRow(row, trans)
      },
      {
        activate: (row, byKey) => void this.goTo(row, byKey),
        open: ({ entry }, isOpen) => {
          this.open(entry, isOpen);
        },
        point: () => undefined
      }
    );
    this.watch = new NotebookWatch(tracker, () => {
      this.update();
    });
    this.stack(this.tree);
  }

  override dispose(): void {
    this.watch.dispose();
    super.dispose();
  }

  protected override refresh(): void {
    const { tracker, trans } = this.context;
    const entries = this.entries();
    if (entries.length === 0) {
      const advice = reviewAdvice(situationOf(tracker), trans);
      replaceKeepingFocus(this.head.node, [
        adviceElement(advice, ({ command }) => {
          this.context.execute(command);
        })
      ]);
    } else {
      replaceKeepingFocus(this.head.node, this.headOf(entries));
    }
    this.tree.setRows(rowsOf(ordered(entries, this.order), this.closed));
  }

  private entries(): CellEntry[] {
    const cells = this.context.tracker.currentWidget?.content.widgets ?? [];
    return cells.flatMap((cell, index) => {
      const payload = payloadOf(cell);
      const { id, sharedModel } = cell.model;
      return payload === null ? [] : [entryOf({ index, id, source: sharedModel.source, payload })];
    });
  }

  private headOf(entries: readonly CellEntry[]): HTMLElement[] {
    const { trans, execute } = this.context;
    const text = trans._n(
      '%1 cell: %2',
      '%1 cells: %2',
      entries.length,
      summaryWords(total(entries), trans)
    );
    const orders = elementOf('div', 'jp-Specialize-filter');
    orders.setAttribute('role', 'group');
    orders.setAttribute('aria-label', trans.__('Order'));
    orders.append(
      this.orderButton('failing', trans.__('Failing First')),
      this.orderButton('place', trans.__('Notebook Order'))
    );
    const acts = elementOf('div', 'jp-Specialize-acts');
    for (const [command, label] of [
      [CommandIDs.annotateAll, trans.__('Annotate All Cells That Ran')],
      [CommandIDs.clearAll, trans.__('Clear All')]
    ] as const) {
      const button = buttonOf(label, () => {
        execute(command);
      });
      button.dataset.key = command;
      acts.append(button);
    }
    return [elementOf('p', 'jp-Specialize-total', text), orders, acts];
  }

  private orderButton(order: Order, label: string): HTMLElement {
    const button = elementOf('button', 'jp-Specialize-switch', label);
    button.setAttribute('aria-pressed', String(this.order === order));
    button.dataset.key = order;
    button.addEventListener('click', () => {
      this.order = order;
      this.refresh();
    });
    return button;
  }

  private open({ id }: CellEntry, isOpen: boolean): void {
    if (isOpen) {
      this.closed.delete(id);
    } else {
      this.closed.add(id);
    }
    this.refresh();
  }

  /** Go to a cell, or to what fails first in a function; a key takes the focus along. */
  private async goTo(row: ReviewRow, byKey: boolean): Promise<void> {
    const panel = this.context.tracker.currentWidget;
    const index = panel?.content.widgets.findIndex(({ model }) => model.id === row.entry.id) ?? -1;
    if (panel === null || index < 0) {
      return; // deleted meanwhile
    }
    const view = await goToCell(panel, index);
    const [place] = view ? placesIn(view.state, [aimOf(row)]) : [];
    if (view && place) {
      select(view, place);
    }
    if (byKey) {
      panel.content.mode = view && place ? 'edit' : 'command';
      panel.content.activate();
    }
  }
}

/** Where a row leads within its cell; null: to the cell as a whole. */
function aimOf(row: ReviewRow): Extent | null {
  if (row.kind === 'cell') {
    return null;
  }
  const { failing, line } = row.part;
  return failing ?? (line === null ? null : wholeLine(line));
}

/** A line to its end, as far as that is. */
function wholeLine(line: number): Extent {
  return { line, column: 0, endLine: line, endColumn: Number.MAX_SAFE_INTEGER };
}
