// SPDX-License-Identifier: BSD-3-Clause
/*
 * A list of rows in two levels that may be very long. The focus is the list's own, and the active
 * row is named to screen readers.
 */
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { ranksOf } from './outline';
import type { Level, Rank } from './outline';
import { moveBy } from './treeKeys';
import { TWISTY, rowElement } from './treeRow';
import type { TreeRow } from './treeRow';
import { VirtualRows, rowMet } from './virtualRows';

/** What becomes of what a person does to a row. */
export interface ITreeActions<T> {
  /** Click, Enter or the space bar; `byKey`: the person works without a pointer. */
  activate(row: T, byKey: boolean): void;
  /** An arrow key, or a click on the twisty. */
  open(row: T, isOpen: boolean): void;
  /** The row that is pointed at, by pointer or key; null: none. */
  point(row: T | null): void;
}

/** What the tree must know of a row that is not in view. */
export type RowShape = {
  readonly level: Level;
  /** How many lines it takes. */
  readonly lines: 1 | 2;
};

/** How rows are shown. */
export type TreeLook<T> = {
  /** What a screen reader says of the list. */
  readonly label: string;
  /** Names a row among all others, also after rows have come and gone. */
  readonly idOf: (row: T) => string;
  /** Asked for all. */
  readonly shapeOf: (row: T) => RowShape;
  /** Asked for the rows in view only. */
  readonly describe: (row: T) => TreeRow;
};

let count = 0;

/** Shows rows of type `T`. */
export class Tree<T> extends Widget {
  private readonly prefix = `jp-Specialize-tree-${count++}`;
  private readonly view: VirtualRows;
  private rows: readonly T[] = [];
  private levels: readonly Level[] = [];
  private ranks: readonly Rank[] = [];
  private active = -1;

  constructor(
    private readonly look: TreeLook<T>,
    private readonly actions: ITreeActions<T>
  ) {
    super();
    this.addClass('jp-Specialize-tree');
    this.node.setAttribute('role', 'tree');
    this.node.setAttribute('aria-label', look.label);
    this.node.tabIndex = 0;
    this.view = new VirtualRows(this.node, index => this.elementOf(index));
  }

  /** Show these rows in place of the others; the active one stays active if it is among them. */
  setRows(rows: readonly T[]): void {
    const { idOf, shapeOf } = this.look;
    const old = this.rows[this.active];
    const id = old === undefined ? null : idOf(old);
    const shapes = rows.map(shapeOf);
    this.rows = rows;
    this.levels = shapes.map(({ level }) => level);
    this.ranks = ranksOf(this.levels);
    this.active = id === null ? -1 : rows.findIndex(row => idOf(row) === id);
    // A tree without items is none: a screen reader need not hear of it.
    this.setHidden(rows.length === 0);
    this.view.setLines(shapes.map(({ lines }) => lines));
    this.nameActive();
  }

  /**
   * Bring the first row for which `isIt` holds into view; the focus stays where it is.
   *
   * @returns Whether there is one.
   */
  reveal(isIt: (row: T) => boolean): boolean {
    const index = this.rows.findIndex(isIt);
    if (index >= 0) {
      this.view.scrollTo(index);
    }
    return index >= 0;
  }

  /** Ask again how the rows in view look. */
  repaint(): void {
    this.view.repaint();
    this.nameActive();
  }

  handleEvent(event: Event): void {
    switch (event.type) {
      case 'scroll':
        this.view.draw();
        this.nameActive();
        break;
      case 'keydown':
        this.onKey(event as KeyboardEvent);
        break;
      case 'click':
        this.onClick(event);
        break;
      case 'pointerover':
        this.actions.point(this.rows[rowMet(event)] ?? null);
        break;
      case 'pointerleave':
      case 'blur':
        this.actions.point(null);
        break;
      case 'focus':
        // A pointer says itself which row it means, and none must move below it.
        if (this.node.matches(':focus-visible')) {
          this.setActive(this.active);
        }
        break;
    }
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    for (const type of EVENTS) {
      this.node.addEventListener(type, this);
    }
    this.onResize();
  }

  protected override onBeforeDetach(message: Message): void {
    for (const type of EVENTS) {
      this.node.removeEventListener(type, this);
    }
    super.onBeforeDetach(message);
  }

  protected override onAfterShow(): void {
    this.onResize();
  }

  protected override onResize(): void {
    this.view.measure();
    this.nameActive();
  }

  private elementOf(index: number): HTMLElement | null {
    const [row, rank] = [this.rows[index], this.ranks[index]];
    if (row === undefined || rank === undefined) {
      return null;
    }
    const element = rowElement(this.look.describe(row));
    element.id = `${this.prefix}-${index}`;
    element.setAttribute('aria-level', String(this.levels[index]));
    // Siblings out of view are not in the page: what a screen reader would count is said.
    element.setAttribute('aria-posinset', String(rank.position));
    element.setAttribute('aria-setsize', String(rank.size));
    return element;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const { active: index, levels } = this;
    const row = this.rows[index];
    const isOpen = row === undefined ? null : this.look.describe(row).isOpen;
    const move = moveBy(event.key, { index, levels, isOpen, page: this.view.page });
    if (move === null) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    switch (move.kind) {
      case 'go':
        this.setActive(move.to);
        break;
      case 'open':
        if (row !== undefined) {
          this.actions.open(row, move.isOpen);
        }
        break;
      case 'activate':
        if (row !== undefined) {
          this.actions.activate(row, true);
        }
        break;
      case 'stay':
        break;
      default:
        move satisfies never;
    }
  }

  private onClick(event: Event): void {
    const index = rowMet(event);
    const row = this.rows[index];
    if (row === undefined) {
      return;
    }
    this.setActive(index);
    const { isOpen } = this.look.describe(row);
    const isTwisty = event.target instanceof Element && event.target.matches(`.${TWISTY}`);
    if (isTwisty && isOpen !== null) {
      this.actions.open(row, !isOpen);
    } else {
      this.actions.activate(row, false);
    }
  }

  /** Make the row nearest to `index` the active one, and bring it into view. */
  private setActive(index: number): void {
    const to = Math.min(Math.max(0, index), this.rows.length - 1);
    const row = this.rows[to];
    if (row === undefined) {
      return;
    }
    this.active = to;
    this.view.scrollTo(to);
    this.nameActive();
    this.actions.point(row);
  }

  private nameActive(): void {
    for (const element of this.node.querySelectorAll(`.${ACTIVE}`)) {
      element.classList.remove(ACTIVE);
    }
    const element = this.view.elementAt(this.active);
    if (element === undefined) {
      this.node.removeAttribute('aria-activedescendant');
    } else {
      element.classList.add(ACTIVE);
      this.node.setAttribute('aria-activedescendant', element.id);
    }
  }
}

const ACTIVE = 'jp-mod-active';
const EVENTS = ['scroll', 'keydown', 'click', 'pointerover', 'pointerleave', 'focus', 'blur'];
