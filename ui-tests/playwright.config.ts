// SPDX-License-Identifier: BSD-3-Clause
/**
 * One server and one browser for all specs; `SPECIALIZE_APP=none`: no server.
 *
 * `npm test` names the browser, the port, the programs of .venv and the report; the defaults serve
 * `npx playwright test` in this folder.
 */
import { defineConfig } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const {
  CHROMIUM_PATH,
  JUPYTER_PATH,
  PLAYWRIGHT_JUNIT_OUTPUT_NAME,
  SPECIALIZE_APP = 'lab',
  SPECIALIZE_BIN,
  SPECIALIZE_PORT
} = process.env;
const url = `http://localhost:${SPECIALIZE_PORT ?? '18988'}`;
const home = resolve('.cache');
const jupyter = join(SPECIALIZE_BIN ?? resolve('..', '.venv', 'bin'), 'jupyter');

mkdirSync(home, { recursive: true });

export default defineConfig({
  testDir: './tests',
  // `full` is for the newest JupyterLab, `smoke` for every other server.
  projects: [
    { name: 'full', testIgnore: 'smoke.spec.ts' },
    { name: 'smoke', testMatch: 'smoke.spec.ts' },
    // `pages` opens files, and asks no server for anything.
    { name: 'pages', testDir: './pages' },
    { name: 'bench', testDir: './bench' }
  ],
  outputDir: './test-results',
  workers: 1,
  retries: 0,
  timeout: 90_000,
  forbidOnly: true,
  reportSlowTests: null,
  reporter: PLAYWRIGHT_JUNIT_OUTPUT_NAME === undefined ? [['list']] : [['list'], ['junit']],
  use: {
    baseURL: url,
    viewport: { width: 1024, height: 768 },
    video: 'off',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-features=LocalNetworkAccessChecks'
      ]
    }
  },
  webServer:
    SPECIALIZE_APP === 'none'
      ? []
      : [
          {
            command: [
              `"${jupyter}" ${SPECIALIZE_APP} --config jupyter_server_test_config.py`,
              `--allow-root --log-level CRITICAL --port ${new URL(url).port}`
            ].join(' '),
            // A person's own settings and start-up files stay out of the tests.
            env: {
              IPYTHONDIR: join(home, 'ipython'),
              JUPYTER_CONFIG_DIR: join(home, 'jupyter'),
              // A kernel of another language, beside those that `npm test` names.
              JUPYTER_PATH: [resolve('jupyter'), JUPYTER_PATH].filter(Boolean).join(delimiter),
              JUPYTER_PREFER_ENV_PATH: '1'
            },
            url: `${url}/api`,
            timeout: 120_000,
            reuseExistingServer: false
          }
        ]
});
