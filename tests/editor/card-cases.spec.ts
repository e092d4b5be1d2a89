// SPDX-License-Identifier: BSD-3-Clause
// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { cardElement } from '../../src/editor/card';
import { cardAt } from '../../src/editor/overlay';
import { CASES } from '../cases';
import { cell, trans } from './cell';

/** Lines of the card of a shared case at one place; none: no card. */
function linesAt(name: string, line: number, column: number): string[] {
  const state = cell(name);
  const card = cardAt(state, state.doc.line(line).from + column);
  const element = card && cardElement(card, trans);
  return [...(element?.querySelectorAll(':not(li) > code, p, li') ?? [])].map(
    part => part.textContent
  );
}

const places = CASES.flatMap(({ name, sentence, expect: { cards = [] } }) =>
  cards.map(card => ({ name, sentence, ...card }))
);

describe('what the card says in the shared cases', () => {
  it.each(places)('$name: $sentence', ({ name, line, column, says }) => {
    expect(linesAt(name, line, column)).toEqual(says);
  });
});
