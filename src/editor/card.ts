// SPDX-License-Identifier: BSD-3-Clause
/*
 * The card about one place in the code: which sites cover it, innermost first.
 * In: an editor's state and an offset. Out: the card as data, and the same as an element.
 */
import type { EditorState } from '@codemirror/state';
import type { DecorationSet } from '@codemirror/view';
import { changesOf } from '../model/compare';
import type { Change } from '../model/compare';
import { coveringOf, linesOf, placeOf } from '../model/place';
import type { Covering, Lines, Place } from '../model/place';
import { LOOKS, loudness } from '../model/states';
import type { Payload, Verdict } from '../payload/types';
import { isCompared } from './compare';
import { overlayField } from './field';
import {
  changeWords,
  detailWords,
  endedWords,
  opcodeWords,
  staleWords,
  verdictWords
} from './words';
import type { IWords } from './words';

/** What is known of one span. */
export type Section = {
  /** Its source in one line, cut. */
  readonly text: string;
  /** Loudest first. */
  readonly verdicts: readonly Verdict[];
  /** null: changes are not marked, or there is nothing to compare with. */
  readonly change: Change | null;
};

/** What is known of the characters from `from` to `to` of the document. */
export type Card = Place & {
  /** Innermost span first. */
  readonly sections: readonly Section[];
  readonly payload: Payload;
  /** Whether the text has been edited since it ran. */
  readonly isStale: boolean;
  /** Whether the kernel that ran it has ended. */
  readonly isEnded: boolean;
};

/** Spans that a card looks at, that it names around the innermost, and verdicts on one span. */
const MAX_SECTIONS = 64;
const MAX_AROUND = 6;
const MAX_VERDICTS = 4;
const MAX_WARNINGS = 8;
/** UTF-16 units of a span's source, and its lines that are looked at. */
const MAX_CODE = 48;
const MAX_LINES = 48;

/**
 * The card for the character at `at`.
 *
 * @returns null: no site covers it, or it was typed after the run.
 */
export function cardAt(state: EditorState, at: number): Card | null {
  const { shown, ran, since, marks } = state.field(overlayField, false) ?? {};
  if (!shown || !ran || !marks || at < 0) {
    return null;
  }
  if (since && !isMarked(marks, at)) {
    return null;
  }
  const lines = linesOf(ran.toJSON());
  const covering = coveringOf(shown.payload, lines, since?.invertedDesc.mapPos(at, 1) ?? at);
  const changes = isCompared(state) ? changesOf(shown.payload) : [];
  const sections = covering ? sectionsOf(shown.payload, covering, lines, changes) : [];
  if (covering === null || sections.length === 0) {
    return null;
  }
  return {
    from: Math.min(at, since?.mapPos(covering.from, 1) ?? covering.from),
    to: Math.max(at + 1, since?.mapPos(covering.to, -1) ?? covering.to),
    sections,
    payload: shown.payload,
    isStale: since !== null,
    isEnded: shown.isEnded
  };
}

function isMarked(marks: DecorationSet, at: number): boolean {
  const cursor = marks.iter(at);
  while (cursor.value !== null && cursor.to <= at) {
    cursor.next();
  }
  return cursor.value !== null && cursor.from <= at;
}

function sectionsOf(
  payload: Payload,
  { rows }: Covering,
  lines: Lines,
  changes: readonly (Change | null)[]
): Section[] {
  const sections = rows.slice(0, MAX_SECTIONS).map(row => {
    const span = payload.spans[row];
    const place = span ? placeOf(span, lines) : null;
    const verdicts = payload.sites
      .filter(site => site.span === row)
      .map(site => site.verdict)
      .sort((a, b) => loudness(a.state) - loudness(b.state));
    const text = place ? excerpt(lines, place) : '';
    return { text, verdicts, change: changes[row] ?? null };
  });
  return sections.filter(section => section.verdicts.length > 0);
}

/** The text of a place in one line, cut to what fits on a card. */
function excerpt({ texts, starts }: Lines, { from, to }: Place): string {
  let row = starts.filter(start => start <= from).length - 1;
  const last = row + MAX_LINES;
  let text = '';
  for (; row < last && text.length <= MAX_CODE && (starts[row] ?? to) < to; row++) {
    const start = starts[row] ?? 0;
    const line = texts[row]?.slice(Math.max(from - start, 0), to - start).trim() ?? '';
    text = joined(text, line);
  }
  const isWhole = (starts[row] ?? to) >= to && text.length <= MAX_CODE;
  return isWhole ? text : `${text.slice(0, MAX_CODE - 1)}…`;
}

/** `code` and its next `line`, as one would write them in one: no space within a bracket. */
function joined(code: string, line: string): string {
  const isTight = code === '' || line === '' || /[([{]$/.test(code) || /^[)\]}]/.test(line);
  return `${code}${isTight ? '' : ' '}${line}`;
}

/** The innermost section of a card as one text, for screen readers. */
export function cardSentence({ sections, payload, ...card }: Card, trans: IWords): string {
  const { text = '', verdicts = [], change = null } = sections[0] ?? {};
  const said = verdicts
    .slice(0, MAX_VERDICTS)
    .map(verdict =>
      inOneLine([
        [verdictWords(verdict, payload.python, trans), ...detailWords(verdict, trans)].join(', '),
        ...reasonsOf(verdict)
      ])
    );
  const notes = notesOf({ sections, payload, ...card }, trans);
  const changed = changeOf(change, payload, trans);
  return inOneLine([`${text}: ${said.join('; ')}`, ...changed, ...notes]);
}

/** Sentences one after the other, whether or not they end with a full stop. */
const inOneLine = (sentences: readonly string[]): string =>
  sentences
    .map((text, row) => (row < sentences.length - 1 ? text.replace(/\.$/, '') : text))
    .join('. ');

/** A card as an element; everything in it is text. */
export function cardElement(card: Card, trans: IWords): HTMLElement {
  const { payload, sections } = card;
  const [innermost, ...around] = sections;
  const element = elementOf('div', 'jp-Specialize-card');
  element.setAttribute('role', 'tooltip');
  if (innermost !== undefined) {
    element.append(sectionElement(innermost, payload, trans));
  }
  if (around.length > 0) {
    element.append(aroundElement(around, payload.python, trans));
  }
  const notes = [
    ...payload.warnings.slice(0, MAX_WARNINGS).map(({ text }) => text),
    ...notesOf(card, trans)
  ];
  element.append(...notes.map(text => elementOf('p', 'jp-Specialize-note', text)));
  return element;
}

/** What limits what the card says. */
function notesOf({ payload: { executionCount }, isStale, isEnded }: Card, trans: IWords): string[] {
  return [
    ...(isStale ? [staleWords(executionCount, trans)] : []),
    ...(isEnded ? [endedWords(executionCount, trans)] : [])
  ];
}

function sectionElement(section: Section, payload: Payload, trans: IWords): HTMLElement {
  const element = elementOf('div', 'jp-Specialize-section');
  element.append(elementOf('code', 'jp-Specialize-code', section.text));
  for (const verdict of section.verdicts.slice(0, MAX_VERDICTS)) {
    element.append(...verdictElements(verdict, payload.python, trans));
  }
  for (const text of changeOf(section.change, payload, trans)) {
    element.append(elementOf('p', 'jp-Specialize-detail', text));
  }
  const more = section.verdicts.length - MAX_VERDICTS;
  if (more > 0) {
    const text = trans._n('and one site more', 'and %1 sites more', more);
    element.append(elementOf('p', 'jp-Specialize-detail', text));
  }
  return element;
}

/** What became of a span, in at most one sentence. */
function changeOf(change: Change | null, { before }: Payload, trans: IWords): string[] {
  const text = change && changeWords(change, before?.executionCount ?? null, trans);
  return text ? [text] : [];
}

/** The code around the innermost span, a line for each: its own card says the rest. */
function aroundElement(sections: readonly Section[], python: string, trans: IWords): HTMLElement {
  const element = elementOf('div', 'jp-Specialize-around');
  const heading = elementOf('p', 'jp-Specialize-aroundHead', trans.__('Part of'));
  const list = elementOf('ul', 'jp-Specialize-aroundList');
  for (const { text, verdicts } of sections.slice(0, MAX_AROUND)) {
    const item = elementOf('li', 'jp-Specialize-aroundItem');
    const said = verdicts
      .slice(0, 1)
      .map(verdict => saidWords(verdict, python, trans))
      .join();
    item.append(elementOf('code', 'jp-Specialize-code', text), ` ${said}`);
    list.append(item);
  }
  element.append(heading, list);
  const more = sections.length - MAX_AROUND;
  if (more > 0) {
    const text = trans._n('and one expression more', 'and %1 expressions more', more);
    element.append(elementOf('p', 'jp-Specialize-aroundHead', text));
  }
  return element;
}

function verdictElements(verdict: Verdict, python: string, trans: IWords): HTMLElement[] {
  const details = [opcodeWords(verdict), ...detailWords(verdict, trans)].join(' · ');
  return [
    elementOf('p', 'jp-Specialize-verdict', saidWords(verdict, python, trans)),
    elementOf('p', 'jp-Specialize-detail', details),
    ...reasonsOf(verdict).map(text => elementOf('p', 'jp-Specialize-reason', text))
  ];
}

const saidWords = (verdict: Verdict, python: string, trans: IWords): string =>
  `${LOOKS[verdict.state].glyph} ${verdictWords(verdict, python, trans)}`;

/** Why, and what helps; empty: nothing is known. */
function reasonsOf({ reason }: Verdict): string[] {
  return reason === null ? [] : [reason.text, ...(reason.fix === null ? [] : [reason.fix])];
}

function elementOf(tag: string, name: string, text = ''): HTMLElement {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}
