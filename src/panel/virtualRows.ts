// SPDX-License-Identifier: BSD-3-Clause
/*
 * Rows of one or two lines in a box that scrolls: only those in view are in the page.
 * In: how many lines each row has, and a maker of elements. Out: the elements, each in its place.
 */

/** Height of a line, in multiples of its font size. */
const LINE = 1.6;
/** Font size in px where the page has none. */
const FONT_SIZE = 13;
/** Rows that are drawn beyond both edges. */
const SPARE = 12;
/** Rows that are drawn where the page has no layout. */
const AT_LEAST = 40;

/** Rows are known by their number, from 0. */
export class VirtualRows {
  private readonly sizer = document.createElement('div');
  /** Lines above each row, and below the last one. */
  private above: readonly number[] = [0];
  private readonly drawn = new Map<number, HTMLElement>();
  /** Of a line, in px. */
  private height = Math.round(LINE * FONT_SIZE);

  /**
   * @param box What scrolls.
   * @param make Asked for the rows in view only; null: there is no such row.
   */
  constructor(
    private readonly box: HTMLElement,
    private readonly make: (index: number) => HTMLElement | null
  ) {
    this.sizer.setAttribute('role', 'presentation');
    this.sizer.className = 'jp-Specialize-treeRows';
    box.append(this.sizer);
  }

  /** Lines that fit into the box, at least one. */
  get page(): number {
    return Math.max(1, Math.floor(this.box.clientHeight / this.height) - 1);
  }

  /** The element of a row; undefined: it is out of view. */
  elementAt(index: number): HTMLElement | undefined {
    return this.drawn.get(index);
  }

  /** Show rows of so many lines in place of the others. */
  setLines(lines: readonly number[]): void {
    let sum = 0;
    this.above = [0, ...lines.map(count => (sum += count))];
    this.repaint();
  }

  /** Take notice of the box's font. */
  measure(): void {
    const size = Number.parseFloat(getComputedStyle(this.box).fontSize);
    this.height = Math.round(LINE * (size > 0 ? size : FONT_SIZE));
    this.repaint();
  }

  /** Make the rows in view anew. */
  repaint(): void {
    this.drawn.forEach(element => {
      element.remove();
    });
    this.drawn.clear();
    this.sizer.style.height = `${this.topOf(this.above.length - 1)}px`;
    this.draw();
  }

  /** Put the rows in view into the page, and take the others out. */
  draw(): void {
    const { scrollTop, clientHeight } = this.box;
    const first = Math.max(0, this.indexAt(scrollTop) - SPARE);
    const shown = Math.max(AT_LEAST, Math.ceil(clientHeight / this.height) + 2 * SPARE);
    const last = Math.min(this.above.length - 1, first + shown);
    for (const [index, element] of this.drawn) {
      if (index < first || index >= last) {
        element.remove();
        this.drawn.delete(index);
      }
    }
    for (let index = first; index < last; index++) {
      const element = this.drawn.has(index) ? null : this.make(index);
      if (element !== null) {
        this.place(element, index);
        this.drawn.set(index, element);
        // In the order of the rows: it is the order in which a screen reader goes through them.
        this.sizer.insertBefore(element, this.drawn.get(index + 1) ?? null);
      }
    }
  }

  /** Scroll as far as it takes to see a row. */
  scrollTo(index: number): void {
    const { box } = this;
    const top = this.topOf(index);
    const bottom = this.topOf(index + 1);
    if (top < box.scrollTop) {
      box.scrollTop = top;
    } else if (bottom > box.scrollTop + box.clientHeight && box.clientHeight > 0) {
      box.scrollTop = bottom - box.clientHeight;
    }
    this.draw();
  }

  private place(element: HTMLElement, index: number): void {
    element.dataset.index = String(index);
    element.style.top = `${this.topOf(index)}px`;
    element.style.height = `${this.topOf(index + 1) - this.topOf(index)}px`;
    element.style.lineHeight = `${this.height}px`;
  }

  /** Where row `index` begins, in px. */
  private topOf(index: number): number {
    return this.height * (this.above[index] ?? 0);
  }

  /** The row at `y` px. */
  private indexAt(y: number): number {
    let [low, high] = [0, this.above.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      [low, high] = this.topOf(middle + 1) > y ? [low, middle] : [middle + 1, high];
    }
    return low;
  }
}

/** The row that an event met; -1: none. */
export function rowMet({ target }: Event): number {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return Number(element?.dataset.index ?? -1);
}
