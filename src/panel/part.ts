// SPDX-License-Identifier: BSD-3-Clause
/*
 * One part of the side panel: a head above a list, drawn anew only while it is seen. Escape leads
 * back to the notebook.
 */
import type { Message } from '@lumino/messaging';
import { PanelLayout, Widget } from '@lumino/widgets';
import type { PanelContext } from './context';

/** What both parts have in common; `update` asks for a `refresh`, many calls cost one. */
export abstract class PanelPart extends Widget {
  protected readonly head = new Widget();
  private list: Widget | null = null;

  constructor(protected readonly context: PanelContext) {
    super();
    this.head.addClass('jp-Specialize-head');
    context.sessions.changed.connect(this.update, this);
  }

  override dispose(): void {
    this.context.sessions.changed.disconnect(this.update, this);
    super.dispose();
  }

  handleEvent(event: Event): void {
    if (event instanceof KeyboardEvent && event.key === 'Escape') {
      event.stopPropagation();
      this.context.tracker.currentWidget?.activate();
    }
  }

  /** Draw what there is to see now. */
  protected abstract refresh(): void;

  /** Put the head above `list`. */
  protected stack(list: Widget): void {
    const layout = new PanelLayout();
    layout.addWidget(this.head);
    layout.addWidget(list);
    this.layout = layout;
    this.list = list;
  }

  /** Focus the list; where it is empty, what helps. */
  protected override onActivateRequest(): void {
    if (this.isVisible) {
      this.refresh();
      const help = this.head.node.querySelector('button');
      (this.list?.isHidden === false ? this.list.node : help)?.focus();
    }
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this.node.addEventListener('keydown', this);
    this.update();
  }

  protected override onBeforeDetach(message: Message): void {
    this.node.removeEventListener('keydown', this);
    super.onBeforeDetach(message);
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
