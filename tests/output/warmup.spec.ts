// SPDX-License-Identifier: BSD-3-Clause
// @vitest-environment jsdom
/* The film of a warm-up, as it stands in the page. */
import type { IRenderMime } from '@jupyterlab/rendermime';
import { Signal } from '@lumino/signaling';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WarmUpRenderer } from '../../src/output/warmupRenderer';
import { WARM_UP_MIME } from '../../src/payload/mime';
import { DEFAULTS } from '../../src/tokens';
import type { ISpecializeState } from '../../src/tokens';
import { trans } from '../editor/cell';
import { WARM_UPS } from '../warmups';

const renderers: WarmUpRenderer[] = [];

afterEach(() => {
  for (const renderer of renderers.splice(0)) {
    renderer.dispose();
  }
  vi.useRealTimers();
});

/** The element that shows the first case, some fields of it replaced. */
async function shown(changes: object = {}): Promise<HTMLElement> {
  const sender = {} as ISpecializeState;
  const state = Object.assign(sender, { settings: DEFAULTS, changed: new Signal(sender) });
  const python = () => Promise.resolve(null);
  const renderer = new WarmUpRenderer({ trans, state, python, theme: [] });
  renderers.push(renderer);
  const data = { [WARM_UP_MIME]: { ...WARM_UPS[0]?.wire, ...changes } };
  await renderer.renderModel({ data } as unknown as IRenderMime.IMimeModel);
  return renderer.node;
}

const sliderOf = (node: HTMLElement): HTMLInputElement | null => node.querySelector('input');
const saidBy = (node: HTMLElement): (string | null | undefined)[] => [
  sliderOf(node)?.getAttribute('aria-valuetext'),
  node.querySelector('.jp-Specialize-legendHead')?.textContent
];
const press = (node: HTMLElement, text: string): void => {
  [...node.querySelectorAll('button')].find(({ textContent }) => textContent === text)?.click();
};

describe('the film of a warm-up', () => {
  it('opens at the last call, and says what was there', async () => {
    const said = 'call 5 of 5: 0 of 2 sites specialized (0 %)';
    expect(saidBy(await shown())).toEqual([said, said]);
  });

  it('paints the call that the slider is moved to', async () => {
    const node = await shown();
    const slider = sliderOf(node);
    if (slider !== null) {
      slider.value = '2';
      slider.dispatchEvent(new Event('input'));
    }
    const marks = [...node.querySelectorAll('.jp-Specialize-mark')];
    const code = marks.filter(mark => mark.closest('.cm-content') !== null);
    expect([saidBy(node)[0], code.map(({ textContent }) => textContent)]).toEqual([
      'call 2 of 5: 1 of 2 sites specialized (50 %)',
      ['x + x', 'y - 32']
    ]);
  });

  it('goes from change to change, and begins anew behind the last', async () => {
    const node = await shown();
    const calls = [1, 2, 3, 4].map(() => {
      press(node, 'Next change');
      return sliderOf(node)?.value;
    });
    expect(calls).toEqual(['1', '2', '5', '1']);
  });

  it('plays from the first call to the last, then stops', async () => {
    vi.useFakeTimers();
    const node = await shown();
    press(node, 'Play');
    const first = sliderOf(node)?.value;
    vi.advanceTimersByTime(60_000);
    const play = node.querySelector('.jp-Specialize-warmUpPlay')?.textContent;
    expect([first, sliderOf(node)?.value, play, vi.getTimerCount()]).toEqual(['1', '5', 'Play', 0]);
  });

  it('says what ended it, as text', async () => {
    const node = await shown({ stopped: '<img src=x>', kept: 3 });
    const notes = [...node.querySelectorAll('.jp-Specialize-legendNote')];
    expect([notes.map(({ textContent }) => textContent), node.querySelector('img')]).toEqual([
      [
        'call 5 of 20 was left by <img src=x>',
        'too much changed to be kept: the calls from 4 on are not shown; ask for fewer calls'
      ],
      null
    ]);
  });

  it('says why a damaged one is not shown', async () => {
    const node = await shown({ changes: 7 });
    expect(node.textContent).toContain('damaged');
  });
});
