import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const alias = { '@': fileURLToPath(new URL('.', import.meta.url)) }

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          testTimeout: 300_000,
          maxWorkers: 2,
          // A type of item has its own tests in its folder.
          include: ['tests/unit/**/*.test.{ts,tsx}', 'lib/items/types/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/integration/database.ts'],
          // How long a fact is waited for at most, on a machine that is busy with something else.
          testTimeout: 900_000,
          hookTimeout: 900_000,
          // Every file has a database of its own; two at a time keep both cores of a small machine busy.
          maxWorkers: 2,
          // Thousands of lines of the access log would bury what a test says.
          env: { LOG_LEVEL: 'warn' },
        },
      },
      {
        resolve: { alias },
        test: {
          // Simulations that are too long for every day: `npm run proof`, before a release.
          name: 'proof',
          include: ['tests/proof/**/*.test.ts'],
          globalSetup: ['tests/integration/database.ts'],
          testTimeout: 1_800_000,
          hookTimeout: 600_000,
          maxWorkers: 2,
          env: { LOG_LEVEL: 'warn' },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: ['tests/integration/database.ts'],
          // How long a fact is waited for at most, on a machine that is busy with something else.
          testTimeout: process.env['FAULTS'] === 'long' ? 3_600_000 : 600_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
