// SPDX-License-Identifier: BSD-3-Clause
/* The instructions of the active cell, linked with its source both ways. */
import type { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { outline, placesIn, select } from '../editor/places';
import type { Place } from '../model/place';
import { endedWords } from '../editor/words';
import { goToCell, isCode, shownBy, viewOf } from '../notebook/cells';
import type { Instruction, Payload } from '../payload/types';
import { RETRY, cellAdvice, missingAdvice } from './advice';
import type { Act } from './advice';
import { chosenBy, countsOf, kindOf, listOf, partsOf } from './bytecodeModel';
import type { Kind, Part, Row } from './bytecodeModel';
import { describeRow, filterElement, idOf, shapeOf } from './bytecodeRows';
import { situationOf } from './context';
import type { PanelContext } from './context';
import { adviceElement, elementOf, replaceKeepingFocus } from './dom';
import { Instructions } from './instructions';
import type { Listing } from './instructions';
import { PanelPart } from './part';
import { Tree } from './tree';
import { CellWatch } from './watch';

/** What is listed: a cell, what is known of it, and the functions in it. */
type Subject = {
  readonly panel: NotebookPanel;
  readonly cell: CodeCell;
  readonly payload: Payload;
  readonly parts: readonly Part[];
};

/** Lists the active cell while it is seen. */
export class Bytecode extends PanelPart {
  private readonly tree: Tree<Row>;
  private readonly watch: CellWatch;
  private readonly instructions: Instructions;
  private subject: Subject | null = null;
  /** Parts that a person opened or closed, by cell and part. */
  private readonly opened = new Map<string, Map<string, boolean>>();
  private readonly hidden = new Set<Kind>();
  private marked: ReadonlySet<Instruction> = new Set();

  constructor(context: PanelContext) {
    super(context);
    const { trans, tracker } = context;
    const changed = (): void => {
      this.update();
    };
    this.addClass('jp-Specialize-bytecode');
    this.title.label = trans.__('Bytecode of the Cell');
    this.tree = this.makeTree();
    this.instructions = new Instructions(changed);
    this.watch = new CellWatch(tracker, changed, () => {
      this.mark();
    });
    this.stack(this.tree);
  }

  override dispose(): void {
    this.watch.dispose();
    super.dispose();
  }

  protected override onBeforeHide(): void {
    this.point(null);
  }

  private makeTree(): Tree<Row> {
    const { trans } = this.context;
    return new Tree<Row>(
      {
        label: trans.__('Functions and instructions of the active cell'),
        idOf,
        shapeOf,
        describe: row =>
          describeRow(row, {
            trans,
            python: this.subject?.payload.python ?? '',
            marked: this.marked
          })
      },
      {
        activate: (row, byKey) => void this.goTo(row, byKey),
        open: (row, isOpen) => {
          this.open(row.part, isOpen);
        },
        point: row => {
          this.point(row);
        }
      }
    );
  }

  protected override refresh(): void {
    const { tracker, trans, sessions } = this.context;
    const { currentWidget: panel, activeCell: cell } = tracker;
    this.watch.refresh();
    const read = cell && shownBy(cell);
    if (panel === null || cell === null || !isCode(cell) || !read?.ok) {
      this.subject = null;
      const advice = cellAdvice(situationOf(tracker), read, trans);
      this.head.node.replaceChildren(adviceElement(advice, this.run));
      this.tree.setRows([]);
      return;
    }
    const isEnded = sessions.isEnded(read.value.session);
    const listing = this.instructions.of(panel, cell, read.value, isEnded);
    const { payload } = listing;
    if (payload !== this.subject?.payload || cell !== this.subject.cell) {
      this.subject = { panel, cell, payload, parts: partsOf(payload) };
      this.marked = new Set();
    }
    this.draw(this.subject, this.notesOf(listing, isEnded));
    this.mark();
  }

  private draw(subject: Subject, notes: readonly HTMLElement[]): void {
    const { hidden } = this;
    const opened = this.opened.get(subject.payload.id) ?? new Map<string, boolean>();
    const view = listOf(subject.parts, { opened, hidden });
    const filter = {
      counts: countsOf(subject.parts),
      hidden,
      left: view.hidden,
      toggle: (kind: Kind): void => {
        if (!hidden.delete(kind)) {
          hidden.add(kind);
        }
        this.update();
      },
      showAll: (): void => {
        hidden.clear();
        this.update();
      }
    };
    replaceKeepingFocus(this.head.node, [...notes, filterElement(filter, this.context.trans)]);
    this.tree.setRows(view.rows);
  }

  private notesOf(listing: Listing, isEnded: boolean): HTMLElement[] {
    const { trans } = this.context;
    switch (listing.kind) {
      case 'pending':
        return [
          elementOf(
            'p',
            'jp-Specialize-advice',
            trans.__('Waiting for the kernel: it says the other instructions when it is idle.')
          )
        ];
      case 'missing':
        return [adviceElement(missingAdvice(listing.why, trans), this.run)];
      case 'whole': {
        const text = isEnded ? endedWords(listing.payload.executionCount, trans) : '';
        return text === '' ? [] : [elementOf('p', 'jp-Specialize-advice', text)];
      }
      default:
        return listing satisfies never;
    }
  }

  private readonly run = ({ command }: Act): void => {
    if (command === RETRY) {
      this.instructions.retry();
    } else {
      this.context.execute(command);
    }
  };

  private open({ id }: Part, isOpen: boolean): void {
    const cell = this.subject?.payload.id ?? '';
    this.opened.set(cell, new Map(this.opened.get(cell)).set(id, isOpen));
    this.refresh();
  }

  /** Select what stands behind a row; a key takes the focus along. */
  private async goTo(row: Row, byKey: boolean): Promise<void> {
    const { subject } = this;
    if (row.kind === 'part') {
      this.open(row.part, !row.isOpen);
      return;
    }
    if (subject === null) {
      return;
    }
    const { content } = subject.panel;
    const view = await goToCell(subject.panel, content.widgets.indexOf(subject.cell));
    const place = view && placesIn(view.state, [row.instruction.extent])[0];
    if (view === null || !place) {
      return;
    }
    select(view, place);
    if (byKey) {
      content.mode = 'edit';
      view.focus();
    }
  }

  /** Outline in the editor what stands behind a row. */
  private point(row: Row | null): void {
    const view = viewOf(this.subject?.cell.isDisposed === false ? this.subject.cell : null);
    if (view !== null) {
      const extent = row?.kind === 'instruction' ? row.instruction.extent : null;
      outline(view, placesIn(view.state, [extent])[0] ?? null);
    }
  }

  /** Mark the rows of what is selected in the editor, and bring the first of them into view. */
  private mark(): void {
    const view = viewOf(this.subject?.cell.isDisposed === false ? this.subject.cell : null);
    if (this.subject === null || view === null || !this.isVisible) {
      return;
    }
    const all = this.subject.parts.flatMap(({ instructions }) => instructions);
    const places: (Place | null)[] = placesIn(
      view.state,
      all.map(({ extent }) => extent)
    );
    const { from, to } = view.state.selection.main;
    const chosen = chosenBy(places, from, to).flatMap(index => all[index] ?? []);
    const isSame = chosen.length === this.marked.size && chosen.every(one => this.marked.has(one));
    if (isSame) {
      return;
    }
    this.marked = new Set(chosen);
    this.tree.repaint();
    const first = chosen.find(({ verdict }) => verdict !== null) ?? chosen[0];
    if (view.hasFocus && first !== undefined) {
      this.reveal(first, this.subject.parts);
    }
  }

  /** Bring the row of an instruction into view, its function opened. */
  private reveal(instruction: Instruction, parts: readonly Part[]): void {
    const isIt = (row: Row): boolean =>
      row.kind === 'instruction' && row.instruction === instruction;
    const part = parts.find(({ instructions }) => instructions.includes(instruction));
    if (!this.tree.reveal(isIt) && part && !this.hidden.has(kindOf(instruction))) {
      this.open(part, true);
      this.tree.reveal(isIt);
    }
  }
}
