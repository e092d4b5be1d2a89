// SPDX-License-Identifier: BSD-3-Clause
import type { IRenderMime } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';
import type { Extension } from '@codemirror/state';
import { Listing } from '../editor/listing';
import type { IWords } from '../editor/words';
import { turnsOf } from '../model/warmup';
import { WARM_UP_MIME } from '../payload/mime';
import type { WarmUp } from '../payload/types';
import { readWarmUp } from '../payload/warmup';
import type { ISpecializeState } from '../tokens';
import { buttonElement, countParts, keepKeys, notePart, part, showPalette } from './elements';
import { whyWords } from './legend';
import { frameOf, notesOf, titleOf } from './warmup';

/** What the film of a warm-up needs of the application. */
export type WarmUpContext = {
  readonly trans: IWords;
  readonly state: ISpecializeState;
  /** How editors look. */
  readonly theme: Extension;
  /** Colours the words of Python; null: they stay plain. */
  readonly python: () => Promise<Extension | null>;
};

/** Time in ms for which a call is shown while the film plays; a long film hurries. */
const CALL_TIME = 500;
const FILM_TIME = 12_000;

/** A function's source and a slider over its calls. Everything in it is text. */
export class WarmUpRenderer extends Widget implements IRenderMime.IRenderer {
  private film: Film | null = null;

  constructor(private readonly context: WarmUpContext) {
    super();
    this.addClass('jp-Specialize-warmUp');
  }

  override dispose(): void {
    this.film?.dispose();
    super.dispose();
  }

  /** Show the warm-up of a bundle, from its last call on. */
  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const { trans } = this.context;
    const read = readWarmUp(model.data[WARM_UP_MIME]);
    this.film?.dispose();
    this.film = read.ok ? new Film(read.value, this.context) : null;
    showPalette(this.node, read.ok ? read.value.payload.options.palette : null);
    this.node.replaceChildren(
      ...(this.film?.parts ?? [
        part('jp-Specialize-legendNote', read.ok ? '' : whyWords(read.why, trans))
      ])
    );
    return Promise.resolve();
  }
}

/** The parts of one film, and the call that is shown. */
class Film {
  private readonly listing: Listing;
  private readonly slider = document.createElement('input');
  private readonly sentence = part('jp-Specialize-legendHead', '');
  private readonly counts = part('jp-Specialize-warmUpCounts', '');
  private readonly play: HTMLButtonElement;
  private readonly turns: readonly number[];
  private timer: number | undefined;
  private isDisposed = false;

  constructor(
    private readonly warmUp: WarmUp,
    private readonly context: WarmUpContext
  ) {
    const { trans, theme, state } = context;
    this.turns = turnsOf(warmUp);
    this.listing = new Listing({
      text: warmUp.text,
      label: trans.__('Source of %1', warmUp.function),
      theme,
      trans
    });
    this.play = button(trans.__('Play'), trans.__('Show one call after the other'), () => {
      this.toggle();
    });
    this.play.classList.add('jp-Specialize-warmUpPlay');
    state.changed.connect(this.paint, this);
    this.prepareSlider();
    this.paint();
    void this.addLanguage();
  }

  /** What is shown, from top to bottom. */
  get parts(): HTMLElement[] {
    const { trans } = this.context;
    const label = document.createElement('label');
    label.append(`${trans.__('Call')} `, this.slider);
    const next = button(
      trans.__('Next change'),
      trans.__('Go to the next call that changed the picture'),
      () => {
        this.goToNextTurn();
      }
    );
    const controls = part('jp-Specialize-warmUpControls', '');
    controls.append(this.play, label, next);
    const code = part('jp-Specialize-warmUpCode', '');
    code.append(this.listing.node);
    const words = part('jp-Specialize-legend', '');
    words.append(this.sentence, this.counts, ...notesOf(this.warmUp, trans).map(notePart));
    return [part('jp-Specialize-warmUpTitle', titleOf(this.warmUp, trans)), controls, code, words];
  }

  dispose(): void {
    this.isDisposed = true;
    this.stop();
    this.context.state.changed.disconnect(this.paint, this);
    this.listing.dispose();
  }

  private get call(): number {
    return Number(this.slider.value);
  }

  private prepareSlider(): void {
    const { slider, warmUp } = this;
    keepKeys(slider);
    slider.type = 'range';
    slider.min = '1';
    slider.max = String(warmUp.kept);
    slider.step = '1';
    slider.value = slider.max;
    slider.addEventListener('input', () => {
      this.stop();
      this.paint();
    });
  }

  private goTo(call: number): void {
    this.slider.value = String(call);
    this.paint();
  }

  /** Behind the last change the first call comes again. */
  private goToNextTurn(): void {
    this.stop();
    this.goTo(this.turns.find(turn => turn > this.call) ?? 1);
  }

  private toggle(): void {
    if (this.timer !== undefined) {
      this.stop();
      return;
    }
    const { kept } = this.warmUp;
    if (this.call === kept) {
      this.goTo(1);
    }
    this.timer = window.setInterval(
      () => {
        this.goTo(this.call + 1);
        if (this.call >= kept) {
          this.stop();
        }
      },
      Math.min(CALL_TIME, FILM_TIME / kept)
    );
    this.play.textContent = this.context.trans.__('Pause');
  }

  private stop(): void {
    window.clearInterval(this.timer);
    this.timer = undefined;
    this.play.textContent = this.context.trans.__('Play');
  }

  private paint(): void {
    const { trans, state } = this.context;
    const { payload, sentence, counts } = frameOf(
      this.warmUp,
      this.call,
      trans,
      state.settings.showAll
    );
    this.listing.show({ payload, options: state.settings, isEnded: false });
    this.slider.setAttribute('aria-valuetext', sentence);
    this.sentence.textContent = sentence;
    this.counts.replaceChildren(...countParts(counts));
  }

  private async addLanguage(): Promise<void> {
    const python = await this.context.python();
    if (python !== null && !this.isDisposed) {
      this.listing.setLanguage(python);
    }
  }
}

function button(text: string, title: string, onClick: () => void): HTMLButtonElement {
  return buttonElement('jp-Specialize-button', text, title, onClick);
}
