import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the parts leave what they counted. */
export const REPORTS = join('.data', 'test')

export type Counts = { passed: number; failed: number; skipped: number }

const read = (name: string): unknown => {
  const file = join(REPORTS, `${name}.json`)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

/** The tests of every report together. */
export function counted(vitest: readonly string[]): Counts {
  const sum: Counts = { passed: 0, failed: 0, skipped: 0 }
  for (const name of vitest) {
    const r = read(name) as { numPassedTests: number; numFailedTests: number; numPendingTests: number } | null
    sum.passed += r?.numPassedTests ?? 0
    sum.failed += r?.numFailedTests ?? 0
    sum.skipped += r?.numPendingTests ?? 0
  }
  const browser = read('e2e') as { stats: { expected: number; unexpected: number; skipped: number; flaky: number } } | null
  sum.passed += (browser?.stats.expected ?? 0) + (browser?.stats.flaky ?? 0)
  sum.failed += browser?.stats.unexpected ?? 0
  sum.skipped += browser?.stats.skipped ?? 0
  return sum
}
