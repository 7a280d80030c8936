import { chmodSync, existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { PORT, STAGE_PORT, WORKERS } from './tests/e2e/installation'

// Thousands of lines of the access log would bury what a story says.
process.env['LOG_LEVEL'] ??= 'warn'
/** A fresh installation for every run; workers inherit the choice through the environment. */
if (!process.env['E2E_DATA']) {
  process.env['E2E_DATA'] = mkdtempSync(join(tmpdir(), 'petaguru-e2e-'))
  chmodSync(process.env['E2E_DATA'], 0o755)
}

const executablePath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((p) => existsSync(p))

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: '.data/e2e-results',
  // How long a fact is waited for at most, said here and nowhere else: on a machine that is busy with something else everything
  // takes several times as long, and a story that waits for facts loses nothing by patience.
  timeout: 900_000,
  expect: { timeout: 120_000 },
  workers: WORKERS,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: '.data/test/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${PORT}`,
    actionTimeout: 120_000,
    locale: 'id-ID',
    viewport: { width: 360, height: 740 },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: 'node --import tsx tests/e2e/stage.ts',
    url: `http://localhost:${STAGE_PORT}/`,
    timeout: 900_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
    env: { E2E_DATA: process.env['E2E_DATA'] },
  },
})
