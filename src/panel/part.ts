// SPDX-License-Identifier: BSD-3-Clause
/* One part of the side panel: a head above a list, drawn anew only while it is seen. */
import type { Message } from '@lumino/messaging';
import { PanelLayout, Widget } from '@lumino/widgets';
import type { PanelContext } from './context';

/** What both parts have in common; `update` asks for a `refresh`, many calls cost one. */
export abstract class PanelPart extends Widget {
  protected readonly head = new Widget();

  constructor(protected readonly context: PanelContext) {
    super();
    this.head.addClass('jp-Specialize-head');
    context.sessions.changed.connect(this.update, this);
  }

  override dispose(): void {
    this.context.sessions.changed.disconnect(this.update, this);
    super.dispose();
  }

  /** Draw what there is to see now. */
  protected abstract refresh(): void;

  /** Put the head above `list`. */
  protected stack(list: Widget): void {
    const layout = new PanelLayout();
    layout.addWidget(this.head);
    layout.addWidget(list);
    this.layout = layout;
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this.update();
  }

  protected override onAfterShow(): void {
    this.update();
  }

  protected override onUpdateRequest(): void {
    if (this.isVisible) {
      this.refresh();
    }
  }
}
