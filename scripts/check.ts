/**
 * `npm test`: everything, two things at a time where neither disturbs the other. `npm test -- unit lint` runs parts of it,
 * `npm test -- --changed [commit]` what the changed files touch. Ends with one line that counts.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunningDatabase } from '@/lib/platform/embedded-postgres'
import { connected } from '@/tests/demonstration'
import { changedFiles, screensChanged, storiesOf } from './check/changed'
import { counted, failures, REPORTS } from './check/counts'
import { browserReady, testServer } from './check/place'
import { endSteps, runSteps, type Outcome, type Step } from './check/steps'

const daily = ['types', 'lint', 'unit', 'integration', 'faults', 'browser'] as const
/** The long simulations run when they are asked for: before a release. */
const parts = [...daily, 'proof'] as const
type Part = (typeof parts)[number]
/** Its figures are those of one machine in quiet: nothing runs beside it. */
const QUIET = 'tests/faults/stall.test.ts'

const bin = (name: string, file: string) => join('node_modules', name, file)
const vitest = (report: string, project: string, ...more: string[]) => [
  bin('vitest', 'vitest.mjs'),
  'run',
  ...['--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${REPORTS}/${report}.json`],
  ...more,
]
const files = (names: readonly string[]) => names.filter((f) => /\.(?:ts|tsx|mjs)$/.test(f))

type Wanted = { parts: readonly Part[]; since: string | null }

/** What the command line asks for; throws a sentence. */
function wanted(args: readonly string[]): Wanted {
  const at = args.indexOf('--changed')
  const named = at < 0 ? args : args.slice(0, at)
  const unknown = named.filter((a) => !(parts as readonly string[]).includes(a))
  if (unknown.length) throw new Error(`Bagian uji tidak dikenal: ${unknown.join(', ')}. Yang ada: ${parts.join(', ')}; atau --changed.`)
  return { parts: named.length ? (named as Part[]) : daily, since: at < 0 ? null : (args[at + 1] ?? 'HEAD') }
}

/** The demonstration is loaded once, under this name, by the first part that wants it. */
const demonstration = `petaguru_demonstration_${process.pid}`

async function proof({ parts: chosen, since }: Wanted, server: RunningDatabase | null): Promise<Outcome[]> {
  const has = (part: Part) => chosen.includes(part)
  const touched = since === null ? null : changedFiles(since)
  const related = since === null ? [] : [`--changed=${since}`, '--passWithNoTests']
  const onServer = { TEST_SERVER_URL: server?.ownerUrl, TEST_DEMONSTRATION: demonstration }
  const stories = touched ? storiesOf(touched) : []
  const lint = touched ? files(touched) : ['.']
  const when = (yes: boolean, step: Step): Step[] => (yes ? [step] : [])

  const outcomes = await runSteps(
    [
      ...when(has('types'), { name: 'jenis (tsc)', args: [bin('typescript', 'bin/tsc'), '--noEmit'] }),
      ...when(has('lint') && lint.length > 0, { name: 'kaidah (eslint)', args: [bin('eslint', 'bin/eslint.js'), ...lint] }),
      ...when((has('faults') && !touched) || (has('browser') && (!touched || stories.length > 0)), {
        name: 'bangunan',
        args: ['--import', 'tsx', 'scripts/build.ts'],
      }),
    ],
    when(has('unit'), { name: 'uji unit', args: vitest('unit', 'unit', ...related) }),
  )
  // One after the other: faults kill and stall processes, and what is not about that must not feel it.
  outcomes.push(
    ...(await runSteps([
      ...when(has('integration'), { name: 'uji integrasi', args: vitest('integration', 'integration', ...related), env: onServer }),
      ...when(has('faults'), {
        name: 'uji gangguan (bentuk pendek)',
        args: vitest('faults', 'faults', `--exclude=${QUIET}`, ...related),
        env: onServer,
      }),
      ...when(has('faults'), {
        name: 'uji jawaban di samping pekerjaan berat',
        args: vitest('stall', 'faults', QUIET, ...related),
        env: onServer,
      }),
    ])),
  )
  outcomes.push(
    ...(await runSteps(when(has('proof'), { name: 'simulasi panjang', args: vitest('proof', 'proof', ...related), env: onServer }))),
  )
  if (has('browser') && (!touched || stories.length > 0)) {
    const data = mkdtempSync(join(tmpdir(), 'petaguru-e2e-'))
    const args = [bin('@playwright/test', 'cli.js'), 'test', ...stories]
    const env = { E2E_SERVER_URL: server!.url, E2E_SERVER_OWNER_URL: server!.ownerUrl, E2E_DATA: data, TEST_DEMONSTRATION: demonstration }
    outcomes.push(...(await runSteps([{ name: 'uji peramban', args, env }])))
    rmSync(data, { recursive: true, force: true })
  } else if (touched && screensChanged(touched)) {
    console.log(
      '\n  Uji peramban tidak tahu berkas mana yang disentuh ceritanya; yang berubah dapat tampak di layar. Jalankan juga: npm test -- browser',
    )
  }
  return outcomes
}

async function main(): Promise<number> {
  const asked = wanted(process.argv.slice(2))
  rmSync(REPORTS, { recursive: true, force: true })
  mkdirSync(REPORTS, { recursive: true })
  const seen = (['faults', 'browser'] as const).some((p) => asked.parts.includes(p))
  const withBrowser = !seen || browserReady()
  const usable = withBrowser ? asked.parts : asked.parts.filter((p) => p !== 'faults' && p !== 'browser')
  const server = usable.some((p) => p !== 'types' && p !== 'lint' && p !== 'unit') ? await testServer() : null
  // Whoever breaks off leaves no server behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(
      signal,
      () =>
        void endSteps()
          .then(() => server?.stop())
          .then(() => process.exit(1)),
    )
  let outcomes: Outcome[]
  try {
    outcomes = await proof({ ...asked, parts: usable }, server)
  } finally {
    // On an outside server nothing of ours is left.
    if (server) await connected(server.ownerUrl, (client) => client.query(`DROP DATABASE IF EXISTS "${demonstration}" WITH (FORCE)`))
    await server?.stop()
  }
  console.log(`\n${outcomes.map((o) => `${o.name} ${o.seconds} detik`).join(' · ')}`)
  const reports = ['unit', 'integration', 'faults', 'stall', 'proof']
  for (const f of failures(reports)) console.log(`\nGAGAL: ${f.file}${f.test ? ` › ${f.test}` : ''}\n${f.said}`)
  const total = counted(reports)
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  const proven = asked.since !== null || !usable.some((p) => p !== 'types' && p !== 'lint') || total.passed > 0
  return withBrowser && proven && total.failed === 0 && outcomes.every((o) => o.ok) ? 0 : 1
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(`\n  ${(error as Error).message}\n`)
    process.exit(1)
  },
)
