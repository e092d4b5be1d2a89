// SPDX-License-Identifier: BSD-3-Clause
/*
 * A text that is shown, not edited, with an overlay of its own: for code that stands in no cell.
 * In: the text, then payloads of it. Out: an editor's element.
 */
import { Compartment, EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { overlayAttributes, overlayField, setShown } from './field';
import type { Shown } from './field';
import { hover } from './hover';
import type { IWords } from './words';

/** What a listing is made of. */
export type ListingOptions = {
  readonly text: string;
  /** What it is called: for screen readers. */
  readonly label: string;
  /** How editors look here; without it, as CodeMirror's own. */
  readonly theme: Extension;
  readonly trans: IWords;
};

/** A read-only editor; it takes the focus, so that the keyboard reaches what it holds. */
export class Listing {
  private readonly language = new Compartment();
  private readonly view: EditorView;

  constructor({ text, label, theme, trans }: ListingOptions) {
    const attributes = { 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' };
    this.view = new EditorView({
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorState.readOnly.of(true),
          EditorView.editable.of(false),
          EditorView.contentAttributes.of(attributes),
          theme,
          this.language.of([]),
          overlayField,
          overlayAttributes,
          hover(trans)
        ]
      })
    });
  }

  /** Where it is shown. */
  get node(): HTMLElement {
    return this.view.dom;
  }

  /** Colour the words of a language, once it is known. */
  setLanguage(language: Extension): void {
    this.view.dispatch({ effects: this.language.reconfigure(language) });
  }

  /** Paint `shown` in place of what is painted. */
  show(shown: Shown): void {
    this.view.dispatch({ effects: setShown.of(shown) });
  }

  /** End it; further calls do nothing that is seen. */
  dispose(): void {
    this.view.destroy();
  }
}
