// SPDX-License-Identifier: BSD-3-Clause
/*
 * Cards, keys and switches of a page, which can be read without this script as well.
 * In: marks in its source, two blocks of JSON. Out: attributes that the style sheet looks for, and
 * a card, text throughout. Nothing is fetched or kept. `report/page.py` puts `cards.js` before it.
 */
import { byLine, cardOf, covering, fails, readSpans } from './cards.js';

/** Milliseconds in which the pointer can move from a mark to its card. */
const GRACE = 200;

const page = document.documentElement;
const source = document.querySelector('pre');
const card = document.querySelector('#card');
const json = id => JSON.parse(document.querySelector(`script#${id}`)?.textContent ?? 'null');

/* The listing ------------------------------------------------------------------------------- */

const marks = [...(source?.querySelectorAll('i') ?? [])];
/** Classes of marks: `failing`, `bare` as a rule, bare also when all sites are shown (`never`). */
const kinds = Object.fromEntries(
  Object.entries(json('kinds') ?? {}).map(([kind, names]) => [kind, new Set(names.split(' '))])
);
const isFailing = mark => kinds.failing.has(mark.className);
const isPainted = mark => !kinds['all' in page.dataset ? 'never' : 'bare'].has(mark.className);

const lineOf = mark => Number(mark.closest('b').id.slice(1));
const isText = node => node.nodeName !== 'A';
const lengthOf = nodes => nodes.reduce((sum, node) => sum + node.textContent.length, 0);

/** The text of a line, without its number and its end. */
function textOf(line) {
  const nodes = [...document.querySelector(`#L${line}`).childNodes].filter(isText);
  return nodes
    .map(node => node.textContent)
    .join('')
    .replace(/\n$/, '');
}

/** UTF-16 units from the start of the line. */
function columnOf(mark) {
  const nodes = [...mark.parentNode.childNodes];
  return lengthOf(nodes.slice(0, nodes.indexOf(mark)).filter(isText));
}

const data = json('cards');
let spans = null;

/** The spans below a mark, innermost first; none: the page has no cards. */
function spansBelow(mark) {
  spans ??= byLine(data ? readSpans(data) : []);
  return covering(spans.get(lineOf(mark)) ?? [], lineOf(mark), columnOf(mark));
}

/* The card ---------------------------------------------------------------------------------- */

let shown = null;
let leaving = 0;

function elementOf(tag, text, name = '') {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}

/** A card as elements; everything in it is text. */
function elementsOf({ code, verdicts, more, around, beyond }) {
  const texts = verdicts.flatMap(([says, details, why]) => [
    elementOf('p', says, 'verdict'),
    elementOf('p', details, 'detail'),
    ...why.map(text => elementOf('p', text, 'why'))
  ]);
  const rest = more === '' ? [] : [elementOf('p', more, 'detail')];
  const list = elementOf('ul');
  for (const [part, says] of around) {
    const item = elementOf('li');
    item.append(elementOf('code', part), ` ${says}`);
    list.append(item);
  }
  const outer = around.length === 0 ? [] : [elementOf('p', 'Part of', 'part'), list];
  const most = beyond === '' ? [] : [elementOf('p', beyond)];
  return [elementOf('code', code), ...texts, ...rest, ...outer, ...most];
}

function showCard(mark) {
  clearTimeout(leaving);
  if (mark === shown) {
    return;
  }
  hideCard();
  const below = spansBelow(mark);
  if (below.length === 0) {
    return;
  }
  shown = mark;
  card.replaceChildren(...elementsOf(cardOf(below, textOf)));
  card.hidden = false;
  const [place] = mark.getClientRects();
  const { width, height } = card.getBoundingClientRect();
  const fitsBelow = place.bottom + height + 8 < innerHeight || place.top < height + 8;
  const left = Math.max(8, Math.min(place.left, page.clientWidth - width - 8));
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${(fitsBelow ? place.bottom + 6 : place.top - height - 6) + scrollY}px`;
}

function hideCard() {
  clearTimeout(leaving);
  shown = null;
  card.hidden = true;
}

function hideSoon() {
  clearTimeout(leaving);
  leaving = setTimeout(hideCard, GRACE);
}

let pointer = '';
const placeOf = event => `${event.clientX} ${event.clientY}`;

/** Whether the pointer came somewhere by itself, not because the page moved below it. */
const isMoved = event => placeOf(event) !== pointer;

/** Say what the card says first, to those who do not see it. */
function announce(mark, where) {
  const below = spansBelow(mark);
  const said = below.length > 0 ? cardOf(below, textOf).spoken : mark.textContent;
  const words = [where, `line ${lineOf(mark)}`, said].filter(Boolean);
  document.querySelector('[role=status]').textContent = words.join(', ');
}

/* From mark to mark ------------------------------------------------------------------------- */

/** The mark that Tab comes to; the mark or line that was come to last; what is said of the next. */
let stop = null;
let current = null;
let where = '';

function holdAt(mark) {
  stop?.removeAttribute('tabindex');
  stop = mark ?? null;
  stop?.setAttribute('tabindex', '0');
}

function goTo(mark) {
  holdAt(mark);
  mark.scrollIntoView({ block: 'nearest' });
  mark.focus({ preventScroll: true });
}

function onFocus({ target }) {
  const mark = target.closest('i');
  if (mark !== null) {
    current = mark;
    showCard(mark);
    announce(mark, where);
  }
  where = '';
}

/** Go on from a line that a link leads to, or that somebody clicks into. */
function comeTo(place) {
  current = place?.closest('pre i, pre b') ?? current;
}

let failing = null;

/** The first mark of each failing span; every failing mark where there are no cards. */
function failingMarks() {
  const seen = new Set();
  failing ??= marks.filter(isFailing).filter(mark => {
    const span = spansBelow(mark).find(fails) ?? mark;
    return !seen.has(span) && seen.add(span);
  });
  return failing;
}

const isAfter = (a, b) => (b.compareDocumentPosition(a) & Node.DOCUMENT_POSITION_FOLLOWING) > 0;

/** Go to the next (`step` 1) or previous (-1) failing span; behind the last one comes the first. */
function goFailing(step) {
  const list = failingMarks();
  const at =
    step > 0
      ? list.findIndex(mark => current === null || isAfter(mark, current))
      : list.findLastIndex(mark => current !== null && isAfter(current, mark));
  const found = at >= 0 ? at : step > 0 ? 0 : list.length - 1;
  where = `${found + 1} of ${list.length} failing`;
  document.querySelector('.count').textContent = where;
  list[found].scrollIntoView({ block: 'center' });
  if (list[found] === document.activeElement) {
    hideCard();
    onFocus({ target: list[found] });
  }
  goTo(list[found]);
}

/** Where an arrow key leads from `mark`; undefined: nowhere, or it is another key. */
function neighbour(mark, key) {
  if (!key.startsWith('Arrow')) {
    return undefined;
  }
  // Blanks between two pieces of a stretch are painted with it, and are no place to stop at.
  const painted = marks.filter(isPainted).filter(other => other.textContent.trim() !== '');
  const behind = painted.filter(other => isAfter(other, mark));
  const before = painted.filter(other => isAfter(mark, other));
  const inLineOf = row => painted.filter(other => row && lineOf(other) === lineOf(row));
  const isElsewhere = other => lineOf(other) !== lineOf(mark);
  const nearest = row => {
    const column = columnOf(mark);
    const distance = other => Math.abs(columnOf(other) - column);
    return inLineOf(row).sort((a, b) => distance(a) - distance(b))[0];
  };
  switch (key) {
    case 'ArrowRight':
      return behind[0];
    case 'ArrowLeft':
      return before.at(-1);
    case 'ArrowDown':
      return nearest(behind.find(isElsewhere));
    default:
      return nearest(before.findLast(isElsewhere));
  }
}

/* Switches and keys ------------------------------------------------------------------------- */

const preference = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (page.dataset.mode ?? (preference.matches ? 'dark' : 'light')) === 'dark';
const isBlue = () => page.dataset.hue === 'blue';

const acts = {
  next: () => goFailing(1),
  previous: () => goFailing(-1),
  all: () => page.toggleAttribute('data-all'),
  dark: () => (page.dataset.mode = isDark() ? 'light' : 'dark'),
  blue: () => (page.dataset.hue = isBlue() ? 'green' : 'blue')
};

function showPressed() {
  const pressed = { all: 'all' in page.dataset, dark: isDark(), blue: isBlue() };
  for (const button of document.querySelectorAll('button[aria-pressed]')) {
    button.setAttribute('aria-pressed', String(pressed[button.dataset.do]));
  }
}

function onKey(event) {
  const { key } = event;
  const target = document.activeElement ?? page;
  const isModified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
  if (isModified || target.closest('input, textarea, select, [contenteditable]')) {
    return;
  }
  const mark = target.closest('pre i');
  const next = mark && neighbour(mark, key);
  if (key === 'Escape') {
    hideCard();
  } else if (next) {
    event.preventDefault();
    goTo(next);
  } else {
    document.querySelector(`button[data-key="${CSS.escape(key)}"]`)?.click();
  }
}

function begin() {
  for (const element of document.querySelectorAll('.bar, .hint')) {
    element.hidden = false;
  }
  for (const button of document.querySelectorAll('button[data-do]')) {
    button.addEventListener('click', () => {
      acts[button.dataset.do]();
      showPressed();
    });
  }
  showPressed();
  preference.addEventListener('change', showPressed);
  document.addEventListener('keydown', onKey);
  if (source === null) {
    return;
  }
  // Thousands of links would stand between a keyboard and what comes behind the source.
  for (const link of source.querySelectorAll('a')) {
    link.tabIndex = -1;
  }
  source.classList.toggle('carded', data !== null);
  holdAt(marks.find(isFailing) ?? marks.find(isPainted));
  source.addEventListener('focusin', onFocus);
  source.addEventListener('focusout', () => {
    // A click into the card, to copy from it.
    if (!card.matches(':hover')) {
      hideSoon();
    }
  });
  source.addEventListener('click', event => comeTo(event.target));
  const comeToTarget = () => comeTo(document.querySelector(':target'));
  addEventListener('hashchange', comeToTarget);
  comeToTarget();
  source.addEventListener('pointerover', event => {
    if (isMoved(event)) {
      const mark = event.target.closest('i');
      mark === null ? hideSoon() : showCard(mark);
    }
  });
  for (const element of [source, card]) {
    // A finger leaves the screen to read.
    element.addEventListener('pointerleave', event => {
      if (event.pointerType !== 'touch' && isMoved(event)) {
        hideSoon();
      }
    });
  }
  document.addEventListener('pointermove', event => (pointer = placeOf(event)));
  card.addEventListener('pointerenter', () => {
    clearTimeout(leaving);
  });
}

begin();
