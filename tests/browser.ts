// SPDX-License-Identifier: BSD-3-Clause
/* What JupyterLab's packages look for when they are loaded, and jsdom does not have. */
import { vi } from 'vitest';

vi.stubGlobal('DragEvent', class extends Event {});
// Nothing is laid out, so nothing ever changes size.
vi.stubGlobal(
  'ResizeObserver',
  class {
    disconnect = vi.fn();
    observe = vi.fn();
    unobserve = vi.fn();
  }
);
vi.stubGlobal('matchMedia', (media: string) =>
  Object.assign(new EventTarget(), {
    media,
    matches: false,
    addListener: vi.fn(),
    removeListener: vi.fn()
  })
);
