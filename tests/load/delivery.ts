/**
 * Measures the delivery of tests on this machine: `npm run load`. Everything that counts is a ratio to something measured in
 * the same run, because machines differ and are shared: answers against pgbench's smallest possible upsert, interleaved with
 * it. `--json` prints one document and nothing else; `--quick` leaves the longest part out.
 */
import { closeDatabase } from '@/lib/platform/db'
import { cpuOf, cpuOfPostgres, machine, measurable, median } from './machine'
import { pageWeight } from './page'
import { pgbench, pgbenchIsHere, preparePgbench } from './pgbench'
import { openStage, unsettled } from './stage'
import type { Latency } from './client'

const json = process.argv.includes('--json')
const quick = process.argv.includes('--quick')
const [rounds, seconds] = quick ? [2, 2] : [4, 3]
const WRITERS = 2_000
const ANSWERS = 60
const SITTINGS = quick ? [100, 1_000] : [100, 1_000, 10_000]

const say = (words: string) => void (json ? process.stderr.write(`${words}\n`) : console.log(words))
const round = (x: number, digits = 1) => Math.round(x * 10 ** digits) / 10 ** digits

if (!pgbenchIsHere()) {
  console.error(
    'pgbench is missing, and nothing can be compared without it: apt-get install postgresql-contrib (or postgresql-client on Debian 12 and later).',
  )
  process.exit(2)
}
if (!measurable()) {
  console.error('The cost of processes is read from /proc, which this system does not have: run the load test on Linux.')
  process.exit(2)
}

const stage = await openStage()

/** CPU-milliseconds a participant of whole sittings, server and database together. */
async function sittings(participants: number, web: number, client: ReturnType<typeof stage.client>) {
  const { sittingId, seats } = await stage.seat(participants)
  const before = [cpuOf(web), cpuOfPostgres(stage.postmaster)] as const
  const done = await client.ask('sittings', { seats, answers: ANSWERS, connections: 64 })
  while ((await unsettled(sittingId)) > 0) await new Promise((r) => setTimeout(r, 500))
  const [server, database] = [cpuOf(web) - before[0], cpuOfPostgres(stage.postmaster) - before[1]].map((ms) => ms / participants)
  say(
    `  ${participants} sittings: ${round(server! + database!)} CPU-ms each (server ${round(server!)}, PostgreSQL ${round(database!)}), ${round(done.seconds)} s`,
  )
  return {
    participants,
    answers: ANSWERS,
    cpuMs: round(server! + database!, 2),
    serverCpuMs: round(server!, 2),
    postgresCpuMs: round(database!, 2),
    packetName: done.packetName,
  }
}

async function measure() {
  await preparePgbench(stage.folder, stage.ownerUrl, WRITERS)
  const web = await stage.serve()
  const client = stage.client()
  const { seats } = await stage.seat(WRITERS)

  const start = await client.ask('begin', { seats, connections: 64 })
  say(`starts: ${round(start.perSecond, 0)}/s, p95 ${round(start.p95)} ms`)

  await client.ask('answers', { clients: 128, seconds: 2 })
  const runs: { tps: number; by: Map<number, Latency> }[] = []
  for (let r = 0; r < rounds!; r++) {
    const tps = await pgbench(stage.folder, stage.ownerUrl, seconds!)
    const by = new Map<number, Latency>()
    for (const clients of [32, 128]) by.set(clients, await client.ask('answers', { clients, seconds: seconds! }))
    runs.push({ tps, by })
    say(
      `  round ${r + 1}: pgbench ${round(tps, 0)}/s, 32 clients ${round(by.get(32)!.perSecond, 0)}/s, 128 clients ${round(by.get(128)!.perSecond, 0)}/s`,
    )
  }
  const answers = [32, 128].map((clients) => {
    const of = (pick: (l: Latency) => number) => median(runs.map((r) => pick(r.by.get(clients)!)))
    return {
      clients,
      perSecond: round(
        of((l) => l.perSecond),
        0,
      ),
      ratio: round(median(runs.map((r) => r.by.get(clients)!.perSecond / r.tps)), 3),
      p50: round(
        of((l) => l.p50),
        2,
      ),
      p95: round(
        of((l) => l.p95),
        2,
      ),
      p99: round(
        of((l) => l.p99),
        2,
      ),
    }
  })
  const prepared = await pgbench(stage.folder, stage.ownerUrl, seconds!, true)
  const rate = answers[0]!.perSecond / 2
  const half = await client.ask('answers', { clients: 64, seconds: quick ? 3 : 6, perSecond: rate })
  for (const a of answers) say(`answers, ${a.clients} clients: ${a.perSecond}/s = ${a.ratio} × pgbench, p99 ${a.p99} ms`)
  say(`at half of that (${round(rate, 0)}/s by the clock): p99 ${round(half.p99)} ms`)

  const growth: Awaited<ReturnType<typeof sittings>>[] = []
  for (const participants of SITTINGS) growth.push(await sittings(participants, web, client))
  const page = await pageWeight(`http://127.0.0.1:${stage.port}`, growth[0]!.packetName)
  const middle = growth.find((g) => g.participants === 1_000)!
  return {
    machine: machine(),
    pgbenchTps: round(median(runs.map((r) => r.tps)), 0),
    pgbenchPreparedTps: round(prepared, 0),
    answers,
    half: { perSecond: round(half.perSecond, 0), p50: round(half.p50, 2), p99: round(half.p99, 2) },
    start: { perSecond: round(start.perSecond, 0), p50: round(start.p50), p95: round(start.p95), p99: round(start.p99) },
    sitting: {
      participants: middle.participants,
      answers: middle.answers,
      cpuMs: middle.cpuMs,
      serverCpuMs: middle.serverCpuMs,
      postgresCpuMs: middle.postgresCpuMs,
    },
    growth: growth.map((g) => ({ participants: g.participants, cpuMs: g.cpuMs })),
    page: page
      ? { requests: page.requests, kilobytes: round(page.kilobytes), javascriptKilobytes: round(page.javascriptKilobytes) }
      : { requests: 0, kilobytes: 0, javascriptKilobytes: 0 },
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stage.close().finally(() => process.exit(130)))

let code = 0
try {
  const found = await measure()
  if (json) process.stdout.write(`${JSON.stringify(found)}\n`)
} catch (error) {
  console.error((error as Error).stack)
  code = 1
}
await closeDatabase()
await stage.close()
process.exit(code)
