import { chmodSync, existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

/** A fresh installation for every run; workers inherit the choice through the environment. */
if (!process.env['E2E_DATA']) {
  process.env['E2E_DATA'] = mkdtempSync(join(tmpdir(), 'petaguru-e2e-'))
  chmodSync(process.env['E2E_DATA'], 0o755)
}

const port = Number(process.env['E2E_PORT'] ?? 3199)
const executablePath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((p) => existsSync(p))

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: '.data/e2e-results',
  timeout: 90_000,
  workers: 1,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: '.data/test/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${port}`,
    actionTimeout: 15_000,
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
    command: 'node scripts/start.mjs',
    url: `http://localhost:${port}/api/health/ready`,
    timeout: 300_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    env: {
      PORT: String(port),
      PETAGURU_DATA: process.env['E2E_DATA'],
      PETAGURU_DEMO_EVERY: '8',
      LOG_LEVEL: 'warn',
      NEXTAUTH_SECRET: 'petaguru-e2e-secret-0123456789',
      NEXTAUTH_URL: `http://localhost:${port}`,
    },
  },
})
