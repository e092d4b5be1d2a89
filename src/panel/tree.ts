// SPDX-License-Identifier: BSD-3-Clause
/*
 * A list of rows in two levels that may be very long: only those in view are in the page. A row is
 * one or two lines high; the focus is the list's own, and the active row is named to screen readers.
 */
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { TWISTY, rowElement } from './treeRow';
import type { TreeRow } from './treeRow';

/** What becomes of what a person does to a row. */
export interface ITreeActions<T> {
  /** Click, Enter or the space bar; `byKey`: the person works without a pointer. */
  activate(row: T, byKey: boolean): void;
  /** An arrow key, or a click on the twisty. */
  open(row: T, isOpen: boolean): void;
  /** The row that is pointed at, by pointer or key; null: none. */
  point(row: T | null): void;
}

/** How rows are shown. */
export type TreeLook<T> = {
  /** What a screen reader says of the list. */
  readonly label: string;
  /** Names a row among all others, also after rows have come and gone. */
  readonly idOf: (row: T) => string;
  /** Asked for the rows in view only. */
  readonly describe: (row: T) => TreeRow;
  /** How many lines a row takes; asked for all. */
  readonly linesOf: (row: T) => 1 | 2;
};

/** Height of a line, in multiples of its font size. */
const LINE = 1.6;
/** Font size in px where the page has none. */
const FONT_SIZE = 13;
/** Rows that are drawn beyond both edges. */
const SPARE = 12;
/** Rows that are drawn where the page has no layout. */
const AT_LEAST = 40;

let count = 0;

/** Shows rows of type `T`. */
export class Tree<T> extends Widget {
  private readonly prefix = `jp-Specialize-tree-${count++}`;
  private readonly sizer = document.createElement('div');
  private rows: readonly T[] = [];
  /** Lines above each row, and below the last one. */
  private above: readonly number[] = [0];
  private drawn = new Map<number, HTMLElement>();
  private active = -1;
  private height = Math.round(LINE * FONT_SIZE);

  constructor(
    private readonly look: TreeLook<T>,
    private readonly actions: ITreeActions<T>
  ) {
    super();
    this.addClass('jp-Specialize-tree');
    this.node.setAttribute('role', 'tree');
    this.node.setAttribute('aria-label', look.label);
    this.node.tabIndex = 0;
    this.sizer.setAttribute('role', 'presentation');
    this.sizer.className = 'jp-Specialize-treeRows';
    this.node.append(this.sizer);
  }

  /** Show these rows in place of the others; the active one stays active if it is among them. */
  setRows(rows: readonly T[]): void {
    const id = this.idAt(this.active);
    this.rows = rows;
    let lines = 0;
    this.above = [0, ...rows.map(row => (lines += this.look.linesOf(row)))];
    this.active = id === null ? -1 : rows.findIndex(row => this.look.idOf(row) === id);
    // A tree without items is none: a screen reader need not hear of it.
    this.setHidden(rows.length === 0);
    this.repaint();
  }

  /**
   * Bring the first row for which `isIt` holds into view; the focus stays where it is.
   *
   * @returns Whether there is one.
   */
  reveal(isIt: (row: T) => boolean): boolean {
    const index = this.rows.findIndex(isIt);
    if (index < 0) {
      return false;
    }
    this.scrollTo(index);
    this.repaint();
    return true;
  }

  handleEvent(event: Event): void {
    switch (event.type) {
      case 'scroll':
        this.draw();
        break;
      case 'keydown':
        this.onKey(event as KeyboardEvent);
        break;
      case 'click':
        this.onClick(event);
        break;
      case 'pointerover':
        this.actions.point(this.rowOf(event));
        break;
      case 'pointerleave':
        this.actions.point(null);
        break;
      case 'focus':
        // A pointer says itself which row it means, and none must move below it.
        if (this.node.matches(':focus-visible')) {
          this.setActive(Math.max(0, this.active));
        }
        break;
      case 'blur':
        this.actions.point(null);
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
    const size = Number.parseFloat(getComputedStyle(this.node).fontSize);
    this.height = Math.round(LINE * (size > 0 ? size : FONT_SIZE));
    this.repaint();
  }

  /** Ask again how the rows in view look. */
  repaint(): void {
    this.drawn.forEach(element => {
      element.remove();
    });
    this.drawn.clear();
    this.sizer.style.height = `${this.topOf(this.rows.length)}px`;
    this.draw();
  }

  /** Put the rows in view into the page, and take the others out. */
  private draw(): void {
    const { scrollTop, clientHeight } = this.node;
    const first = Math.max(0, this.indexAt(scrollTop) - SPARE);
    const shown = Math.max(AT_LEAST, Math.ceil(clientHeight / this.height) + 2 * SPARE);
    const last = Math.min(this.rows.length, first + shown);
    for (const [index, element] of this.drawn) {
      if (index < first || index >= last) {
        element.remove();
        this.drawn.delete(index);
      }
    }
    for (let index = first; index < last; index++) {
      const row = this.rows[index];
      if (row !== undefined && !this.drawn.has(index)) {
        const element = this.elementOf(row, index);
        this.drawn.set(index, element);
        // In the order of the rows: it is the order in which a screen reader goes through them.
        this.sizer.insertBefore(element, this.drawn.get(index + 1) ?? null);
      }
    }
    this.nameActive();
  }

  private elementOf(row: T, index: number): HTMLElement {
    const element = rowElement(this.look.describe(row));
    element.id = `${this.prefix}-${index}`;
    element.dataset.index = String(index);
    element.style.top = `${this.topOf(index)}px`;
    element.style.height = `${this.topOf(index + 1) - this.topOf(index)}px`;
    element.style.lineHeight = `${this.height}px`;
    return element;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const index = this.active;
    const row = this.rows[index];
    const page = Math.max(1, Math.floor(this.node.clientHeight / this.height) - 1);
    switch (event.key) {
      case 'ArrowDown':
        this.setActive(index + 1);
        break;
      case 'ArrowUp':
        this.setActive(index - 1);
        break;
      case 'PageDown':
        this.setActive(index + page);
        break;
      case 'PageUp':
        this.setActive(index - page);
        break;
      case 'Home':
        this.setActive(0);
        break;
      case 'End':
        this.setActive(this.rows.length - 1);
        break;
      case 'ArrowRight':
        this.openOrStep(row, true);
        break;
      case 'ArrowLeft':
        this.openOrStep(row, false);
        break;
      case 'Enter':
      case ' ':
        if (row !== undefined) {
          this.actions.activate(row, true);
        }
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** Right opens a row, or steps into an open one; left closes it, or steps out of its parent. */
  private openOrStep(row: T | undefined, wantsOpen: boolean): void {
    if (row === undefined) {
      return;
    }
    const { isOpen, level } = this.look.describe(row);
    if (isOpen === !wantsOpen) {
      this.actions.open(row, wantsOpen);
    } else if (wantsOpen && isOpen === true) {
      this.setActive(this.active + 1);
    } else if (!wantsOpen && level === 2) {
      let parent = this.active - 1;
      for (let above = this.rows[parent]; above && this.look.describe(above).level !== 1;) {
        above = this.rows[--parent];
      }
      this.setActive(parent);
    }
  }

  private onClick(event: Event): void {
    const row = this.rowOf(event);
    if (row === null) {
      return;
    }
    this.setActive(this.rows.indexOf(row));
    const { isOpen } = this.look.describe(row);
    const isTwisty = event.target instanceof Element && event.target.matches(`.${TWISTY}`);
    if (isTwisty && isOpen !== null) {
      this.actions.open(row, !isOpen);
    } else {
      this.actions.activate(row, false);
    }
  }

  private rowOf(event: Event): T | null {
    const { target } = event;
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
    return this.rows[Number(element?.dataset.index ?? -1)] ?? null;
  }

  private setActive(index: number): void {
    const to = Math.min(Math.max(0, index), this.rows.length - 1);
    const row = this.rows[to];
    if (row === undefined) {
      return;
    }
    this.active = to;
    this.scrollTo(to);
    this.draw();
    this.actions.point(row);
  }

  private scrollTo(index: number): void {
    const { node } = this;
    const top = this.topOf(index);
    const bottom = this.topOf(index + 1);
    if (top < node.scrollTop) {
      node.scrollTop = top;
    } else if (bottom > node.scrollTop + node.clientHeight && node.clientHeight > 0) {
      node.scrollTop = bottom - node.clientHeight;
    }
  }

  /** Where row `index` begins, in px. */
  private topOf(index: number): number {
    return this.height * (this.above[index] ?? 0);
  }

  /** The row at `y` px. */
  private indexAt(y: number): number {
    let [low, high] = [0, this.rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      [low, high] = this.topOf(middle + 1) > y ? [low, middle] : [middle + 1, high];
    }
    return low;
  }

  private nameActive(): void {
    for (const [index, element] of this.drawn) {
      element.classList.toggle('jp-mod-active', index === this.active);
    }
    const element = this.drawn.get(this.active);
    if (element === undefined) {
      this.node.removeAttribute('aria-activedescendant');
    } else {
      this.node.setAttribute('aria-activedescendant', element.id);
    }
  }

  private idAt(index: number): string | null {
    const row = this.rows[index];
    return row === undefined ? null : this.look.idOf(row);
  }
}

const EVENTS = ['scroll', 'keydown', 'click', 'pointerover', 'pointerleave', 'focus', 'blur'];
