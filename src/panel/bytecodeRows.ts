// SPDX-License-Identifier: BSD-3-Clause
/* How functions and instructions look and sound in the list. */
import { detailWords, stateWord, verdictWords } from '../editor/words';
import type { IWords } from '../editor/words';
import { LOOKS } from '../model/states';
import type { Instruction } from '../payload/types';
import type { Kind, Part, Row } from './bytecodeModel';
import {
  barElement,
  elementOf,
  glyphElement,
  nameElement,
  shareText,
  summaryWords,
  trouble
} from './dom';
import type { RowShape } from './tree';
import type { TreeRow } from './treeRow';

/** What rows of one listing share. */
export type RowContext = {
  readonly trans: IWords;
  /** Version that ran the code. */
  readonly python: string;
  /** Instructions of what is selected in the editor. */
  readonly marked: ReadonlySet<Instruction>;
};

/** Names a row among those of its cell. */
export function idOf(row: Row): string {
  return row.kind === 'part'
    ? row.part.id
    : `${row.part.id} ${row.instruction.code.line ?? ''} ${row.instruction.offset}`;
}

/** An instruction of an adaptive family has a second line: what became of it. */
export function shapeOf(row: Row): RowShape {
  return row.kind === 'part'
    ? { level: 1, lines: 1 }
    : { level: 2, lines: row.instruction.verdict === null ? 1 : 2 };
}

/** A row of the list. */
export function describeRow(row: Row, context: RowContext): TreeRow {
  return row.kind === 'part'
    ? describePart(row.part, row.isOpen, context)
    : describeInstruction(row.instruction, context);
}

function describePart(part: Part, isOpen: boolean, { trans }: RowContext): TreeRow {
  const { name, line, summary, instructions } = part;
  const title = name ?? trans.__('top level of the cell');
  const where = line === null ? '' : trans.__('line %1', line);
  const count = trans._n('%1 instruction', '%1 instructions', instructions.length);
  return {
    isOpen,
    isMarked: false,
    label: [title, where, count, summaryWords(summary, trans)].filter(Boolean).join(', '),
    classes: 'jp-Specialize-part',
    draw: () => [
      nameElement(name ?? trans.__('top level')),
      elementOf('span', 'jp-Specialize-quiet jp-Specialize-where', where),
      elementOf('span', 'jp-Specialize-trouble', trouble(summary)),
      barElement(summary),
      elementOf('span', 'jp-Specialize-share', shareText(summary, trans))
    ]
  };
}

function describeInstruction(
  instruction: Instruction,
  { trans, python, marked }: RowContext
): TreeRow {
  const { offset, op, live, arg, words, verdict } = instruction;
  const base = live === op ? '' : `[${op}]`;
  const argument = words ?? (arg === null ? '' : String(arg));
  const said =
    verdict === null
      ? ''
      : [verdictWords(verdict, python, trans), ...detailWords(verdict, trans)].join(' · ');
  return {
    isOpen: null,
    isMarked: marked.has(instruction),
    label: [trans.__('at %1', offset), live, base, argument, said].filter(Boolean).join(', '),
    classes: verdict === null ? 'jp-Specialize-neutral' : '',
    draw: () => {
      const first = elementOf('span', 'jp-Specialize-instruction');
      first.append(
        glyphElement(verdict?.state ?? null),
        elementOf('span', 'jp-Specialize-offset', String(offset)),
        elementOf('span', 'jp-Specialize-live', live),
        elementOf('span', 'jp-Specialize-quiet jp-Specialize-base', base),
        elementOf('span', 'jp-Specialize-argument', argument)
      );
      const second = elementOf('span', 'jp-Specialize-said', said);
      return verdict === null ? [first] : [first, second];
    }
  };
}

/** What a filter shows and does. */
export type Filter = {
  readonly counts: ReadonlyMap<Kind, number>;
  readonly hidden: ReadonlySet<Kind>;
  /** Instructions that are hidden. */
  readonly left: number;
  toggle(kind: Kind): void;
  showAll(): void;
};

/** A switch for each kind of instruction that occurs, and how many are hidden. */
export function filterElement(filter: Filter, trans: IWords): HTMLElement {
  const { counts, hidden, left, toggle, showAll } = filter;
  const group = elementOf('div', 'jp-Specialize-filter');
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', trans.__('Instructions that are listed'));
  for (const [kind, count] of counts) {
    const button = elementOf('button', 'jp-Specialize-switch', kindText(kind, count, trans));
    button.setAttribute('aria-pressed', String(!hidden.has(kind)));
    button.dataset.key = kind;
    button.addEventListener('click', () => {
      toggle(kind);
    });
    group.append(button);
  }
  if (left > 0) {
    const text = trans._n('%1 hidden: show all', '%1 hidden: show all', left);
    const button = elementOf('button', 'jp-Specialize-link', text);
    button.dataset.key = 'all';
    button.addEventListener('click', showAll);
    group.append(button);
  }
  return group;
}

function kindText(kind: Kind, count: number, trans: IWords): string {
  return kind === 'neutral'
    ? trans.__('%1 neutral', count)
    : `${LOOKS[kind].glyph} ${count} ${stateWord(kind, trans)}`;
}
