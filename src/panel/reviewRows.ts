// SPDX-License-Identifier: BSD-3-Clause
/* How cells and functions look and sound in the review. */
import type { IWords } from '../editor/words';
import type { Summary } from '../model/summary';
import { barElement, elementOf, nameElement, shareText, summaryWords, trouble } from './dom';
import type { ReviewRow } from './reviewModel';
import type { RowShape } from './tree';
import type { TreeRow } from './treeRow';

/** Names a row among those of its notebook. */
export function idOf(row: ReviewRow): string {
  return row.kind === 'cell' ? row.entry.id : `${row.entry.id} ${row.part.id}`;
}

/** Each cell with its functions below. */
export function shapeOf({ kind }: ReviewRow): RowShape {
  return { level: kind === 'cell' ? 1 : 2, lines: 1 };
}

/** A row of the review. */
export function describeRow(row: ReviewRow, trans: IWords): TreeRow {
  const { entry } = row;
  if (row.kind === 'cell') {
    const { executionCount } = entry.payload;
    const count = `[${executionCount ?? ' '}]`;
    return {
      isOpen: entry.functions.length === 0 ? null : row.isOpen,
      isMarked: false,
      label: `${count} ${entry.title}, ${summaryWords(entry.summary, trans)}`,
      classes: 'jp-Specialize-part',
      draw: () => [
        elementOf('span', 'jp-Specialize-quiet', count),
        elementOf('span', 'jp-Specialize-name jp-Specialize-code', entry.title),
        ...numbers(entry.summary, trans)
      ]
    };
  }
  const { part } = row;
  const name = part.name ?? trans.__('top level of the cell');
  const where = part.line === null ? '' : trans.__('line %1', part.line);
  return {
    isOpen: null,
    isMarked: false,
    label: [name, where, summaryWords(part.summary, trans)].filter(Boolean).join(', '),
    classes: '',
    draw: () => [
      nameElement(part.name ?? trans.__('top level')),
      elementOf('span', 'jp-Specialize-quiet jp-Specialize-where', where),
      ...numbers(part.summary, trans)
    ]
  };
}

function numbers(summary: Summary, trans: IWords): HTMLElement[] {
  return [
    elementOf('span', 'jp-Specialize-trouble', trouble(summary)),
    barElement(summary),
    elementOf('span', 'jp-Specialize-share', shareText(summary, trans))
  ];
}
