// SPDX-License-Identifier: BSD-3-Clause
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.spec.ts'],
    setupFiles: ['tests/browser.ts'],
    server: {
      // CommonJS-style imports of JupyterLab's packages, which Node alone does not resolve.
      deps: { inline: [/@jupyterlab/, /@jupyter\//, /@rjsf/, /@microsoft/] }
    }
  }
});
