// SPDX-License-Identifier: BSD-3-Clause
/* Brings what a source holds into one editor, and keeps it up to date. */
import type { Extension } from '@codemirror/state';
import { ViewPlugin } from '@codemirror/view';
import type { EditorView, PluginValue } from '@codemirror/view';
import { readOnce } from '../payload/reading';
import type { Payload } from '../payload/types';
import { setShown } from './field';
import { switchGutter } from './gutter';
import type { IOverlaySource, OverlayOptions } from './source';

/** Show in an editor what `source` holds, from now on. */
export function feed(source: IOverlaySource): Extension {
  return ViewPlugin.define(view => new Feed(view, source));
}

class Feed implements PluginValue {
  private readonly unsubscribe: () => void;
  private raw: unknown = null;
  private payload: Payload | null = null;
  private options: OverlayOptions | null = null;
  private isEnded = false;
  private isQueued = false;
  private isDestroyed = false;

  constructor(
    private readonly view: EditorView,
    private readonly source: IOverlaySource
  ) {
    this.unsubscribe = source.subscribe(() => {
      this.queue();
    });
    this.queue();
  }

  destroy(): void {
    this.isDestroyed = true;
    this.unsubscribe();
  }

  /** One look at the source for any number of calls; never within an update of the view. */
  private queue(): void {
    if (this.isQueued) {
      return;
    }
    this.isQueued = true;
    queueMicrotask(() => {
      this.isQueued = false;
      if (!this.isDestroyed) {
        this.refresh();
      }
    });
  }

  private refresh(): void {
    const raw = this.source.read();
    const options = this.source.options();
    const isSameBundle = raw === this.raw;
    const payload = isSameBundle ? this.payload : payloadOf(raw);
    const isEnded = payload !== null && this.source.isEnded(payload.session);
    const isSameLook = isSamePaint(options, this.options) && isEnded === this.isEnded;
    if (isSameBundle && (payload === null || isSameLook)) {
      return;
    }
    const wasShown = this.payload !== null;
    this.raw = raw;
    this.options = options;
    this.isEnded = isEnded;
    this.payload = payload;
    if (wasShown || payload !== null) {
      const shown = payload && { payload, options, isEnded };
      const gutter = switchGutter(
        this.view.state,
        options.gutter && payload !== null,
        this.source.trans
      );
      this.view.dispatch({ effects: [setShown.of(shown), ...gutter] });
    }
  }
}

/** The payload in `raw`, or null: what is wrong with it is said under the cell. */
function payloadOf(raw: unknown): Payload | null {
  const read = raw === null ? null : readOnce(raw);
  return read?.ok ? read.value : null;
}

function isSamePaint(a: OverlayOptions, b: OverlayOptions | null): boolean {
  return (
    a.blend === b?.blend &&
    a.showAll === b.showAll &&
    a.gutter === b.gutter &&
    a.mode === b.mode &&
    a.states?.join() === b.states?.join()
  );
}
