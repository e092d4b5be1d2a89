// SPDX-License-Identifier: BSD-3-Clause
/* Small elements of the panel. Everything in them is text. */
import type { IWords } from '../editor/words';
import { stateWord } from '../editor/words';
import { LOOKS, STATES, halvesOf } from '../model/states';
import type { State } from '../model/states';
import type { Summary } from '../model/summary';
import type { Act, Advice } from './advice';

/** An element with this class and text. */
export function elementOf(tag: string, name: string, text = ''): HTMLElement {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}

/** A qualified name: where there is no room, what encloses it is cut first. */
export function nameElement(name: string): HTMLElement {
  const element = elementOf('span', 'jp-Specialize-name');
  const end = name.lastIndexOf('.') + 1;
  element.append(
    elementOf('span', 'jp-Specialize-owner', name.slice(0, end)),
    elementOf('span', 'jp-Specialize-own', name.slice(end))
  );
  return element;
}

/** A button of JupyterLab's looks. */
export function buttonOf(label: string, press: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'jp-Specialize-button';
  button.textContent = label;
  button.addEventListener('click', press);
  return button;
}

/** What is said instead of rows, with the buttons that help. */
export function adviceElement({ text, acts }: Advice, run: (act: Act) => void): HTMLElement {
  const element = elementOf('div', 'jp-Specialize-advice');
  element.append(elementOf('p', '', text));
  for (const act of acts) {
    element.append(
      buttonOf(act.label, () => {
        run(act);
      })
    );
  }
  return element;
}

/** A bar whose parts are the shares of the painted states, green first. */
export function barElement({ counts, painted }: Summary): HTMLElement {
  const bar = elementOf('span', 'jp-Specialize-bar');
  for (const state of [...STATES].reverse()) {
    const halves = halvesOf(state, { showAll: false });
    const count = counts[state] ?? 0;
    if (halves !== null && count > 0) {
      const part = elementOf('span', `jp-Specialize-barPart jp-Specialize-l${4 * halves}`);
      part.style.flexGrow = String(count / painted);
      bar.append(part);
    }
  }
  return bar;
}

/** How a row shows a state: its glyph, in the colours of the marks. */
export function glyphElement(state: State | null): HTMLElement {
  const halves = state === null ? null : halvesOf(state, { showAll: false });
  const level = halves === null ? '' : ` jp-Specialize-l${4 * halves}`;
  const glyph = state === null ? '' : LOOKS[state].glyph;
  return elementOf('span', `jp-Specialize-glyph${level}`, glyph);
}

/** `80 %`; a dash where nothing is painted. */
export function shareText({ share }: Summary, trans: IWords): string {
  return share === null ? '–' : trans.__('%1 %', share);
}

/** The painted states that occur, `× 2 ~ 1`, those that are specialized left out. */
export function trouble({ counts }: Summary): string {
  return STATES.filter(
    state => state !== 'specialized' && halvesOf(state, { showAll: false }) !== null
  )
    .filter(state => (counts[state] ?? 0) > 0)
    .map(state => `${LOOKS[state].glyph} ${counts[state] ?? 0}`)
    .join('  ');
}

/** A summary for a screen reader: `80 % specialized, 2 failed`. */
export function summaryWords({ counts, share }: Summary, trans: IWords): string {
  const states = STATES.filter(state => state !== 'specialized').flatMap(state => {
    const count = counts[state] ?? 0;
    return count > 0 ? [`${count} ${stateWord(state, trans)}`] : [];
  });
  const head =
    share === null ? trans.__('nothing specialized yet') : trans.__('%1 % specialized', share);
  return [head, ...states].join(', ');
}

/** Replace what is in `node`; a button with a `data-key` keeps the focus if it is still there. */
export function replaceKeepingFocus(node: HTMLElement, children: readonly HTMLElement[]): void {
  const { activeElement } = document;
  const key = activeElement instanceof HTMLElement ? activeElement.dataset.key : undefined;
  const had = node.contains(activeElement);
  node.replaceChildren(...children);
  if (had && key !== undefined) {
    node.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }
}
