import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Where the parts leave what they counted. */
export const REPORTS = join('.data', 'test')

export type Counts = { passed: number; failed: number; skipped: number }
/** A test that failed: its file, its sentence and the beginning of what it said. `test` is null where the file itself did not load. */
export type Failure = { file: string; test: string | null; said: string }

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
  }[]
}
type Suite = {
  suites?: Suite[]
  specs?: { title: string; file: string; ok: boolean; tests: { results: { error?: { message?: string } }[] }[] }[]
}
type BrowserReport = { stats: { expected: number; unexpected: number; skipped: number; flaky: number }; suites: Suite[] }

const read = (name: string): unknown => {
  const file = join(REPORTS, `${name}.json`)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}
const vitestReport = (name: string) => read(name) as VitestReport | null
const browserReport = () => read('e2e') as BrowserReport | null

/** The tests of every report together. */
export function counted(vitest: readonly string[]): Counts {
  const sum: Counts = { passed: 0, failed: 0, skipped: 0 }
  for (const r of vitest.map(vitestReport)) {
    sum.passed += r?.numPassedTests ?? 0
    sum.failed += r?.numFailedTests ?? 0
    sum.skipped += r?.numPendingTests ?? 0
  }
  const stats = browserReport()?.stats
  sum.passed += (stats?.expected ?? 0) + (stats?.flaky ?? 0)
  sum.failed += stats?.unexpected ?? 0
  sum.skipped += stats?.skipped ?? 0
  return sum
}

/** The first lines of what a failure said, without the colours of a terminal and the stack under it. */
const first = (said: string) =>
  said
    .replace(/\u001b\[[0-9;]*m/g, '')
    .split('\n')
    .filter((line) => line.trim() && !/^\s*at /.test(line))
    .slice(0, 8)
    .join('\n')

function failedSpecs(suite: Suite): Failure[] {
  const own = (suite.specs ?? []).filter((s) => !s.ok)
  return [
    ...own.map((s) => ({
      file: s.file,
      test: s.title,
      said: first(s.tests.flatMap((t) => t.results.map((r) => r.error?.message ?? ''))[0] ?? ''),
    })),
    ...(suite.suites ?? []).flatMap(failedSpecs),
  ]
}

/** Every failed test of every report, so that the end of a long run says what its middle said. */
export function failures(vitest: readonly string[]): Failure[] {
  const failed = vitest.map(vitestReport).flatMap((r) =>
    (r?.testResults ?? []).flatMap((file): Failure[] => {
      const name = relative(process.cwd(), file.name)
      const tests = file.assertionResults.filter((t) => t.status === 'failed')
      if (file.status === 'failed' && !tests.length) return [{ file: name, test: null, said: first(file.message) }]
      return tests.map((t) => ({ file: name, test: t.fullName, said: first(t.failureMessages.join('\n')) }))
    }),
  )
  return [...failed, ...(browserReport()?.suites ?? []).flatMap(failedSpecs)]
}
