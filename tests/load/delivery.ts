/**
 * Measures the delivery of tests on this machine: `npm run load`. Everything that counts is a ratio to something measured in
 * the same run, because machines differ and are shared: answers against pgbench's smallest possible upsert, interleaved with
 * it. `--json` prints one document and nothing else; `--quick` leaves the longest part out. `--only=` one of `answers` (both readers of
 * HTTP against both ways of pgbench), `sittings`, `beside` (answers while reports are made) measures that part alone.
 */
import { cpuOf, cpuOfPostgres, machine, measurable } from './machine'
import { pageWeight } from './page'
import { measureBeside } from './beside'
import { pgbenchIsHere, preparePgbench } from './pgbench'
import { answerRounds } from './rounds'
import { freePort, openStage, unsettled } from './stage'

const json = process.argv.includes('--json')
const quick = process.argv.includes('--quick')
const only = process.argv.find((a) => a.startsWith('--only='))?.slice('--only='.length)
const wanted = (part: string) => !only || only === part
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

type Stage = Awaited<ReturnType<typeof openStage>>
type Generator = ReturnType<Stage['client']>
let stage: Stage

/** CPU-milliseconds a participant of whole sittings, server and database together. */
async function sittings(participants: number, web: number, client: Generator) {
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

/** Answers by both readers of HTTP, in turns with pgbench, and by the clock at half of the full rate. */
async function answerRows(client: Generator) {
  await preparePgbench(stage.folder, stage.ownerUrl, WRITERS)
  const nodePort = await freePort()
  await stage.serve(nodePort, 'tests/load/node-web.ts')
  const other = stage.client(nodePort)
  await other.ask('begin', { seats: (await stage.seat(WRITERS)).seats, connections: 64 })
  const contenders = [
    { name: 'our', client },
    { name: 'Node', client: other },
  ]
  const found = await answerRounds(contenders, { folder: stage.folder, url: stage.ownerUrl, rounds: rounds!, seconds: seconds! }, say)
  const rate = found.answers[0]!.perSecond / 2
  const half = await client.ask('answers', { clients: 64, seconds: quick ? 3 : 6, perSecond: rate })
  say(`at half of that (${round(rate, 0)}/s by the clock): p99 ${round(half.p99)} ms`)
  return {
    pgbenchTps: found.simpleTps,
    pgbenchPreparedTps: found.preparedTps,
    answers: found.answers,
    half: { perSecond: round(half.perSecond, 0), p50: round(half.p50, 2), p99: round(half.p99, 2) },
  }
}

async function sittingRows(web: number, client: Generator) {
  const growth: Awaited<ReturnType<typeof sittings>>[] = []
  for (const participants of SITTINGS) growth.push(await sittings(participants, web, client))
  const page = await pageWeight(`http://127.0.0.1:${stage.port}`, growth[0]!.packetName)
  const { packetName: _name, ...sitting } = growth.find((g) => g.participants === 1_000)!
  return {
    sitting,
    growth: growth.map((g) => ({ participants: g.participants, cpuMs: g.cpuMs, postgresCpuMs: g.postgresCpuMs })),
    page: page
      ? { requests: page.requests, kilobytes: round(page.kilobytes), javascriptKilobytes: round(page.javascriptKilobytes) }
      : { requests: 0, kilobytes: 0, javascriptKilobytes: 0 },
  }
}

async function measureStage() {
  stage = await openStage()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stage.close().finally(() => process.exit(130)))
  try {
    return await rowsOf(await stage.serve(), stage.client())
  } finally {
    // Its database and servers are gone before the whole product comes.
    await stage.close()
  }
}

async function rowsOf(web: number, client: Generator) {
  const start = await client.ask('begin', { seats: (await stage.seat(WRITERS)).seats, connections: 64 })
  say(`starts: ${round(start.perSecond, 0)}/s, p95 ${round(start.p95)} ms`)
  return {
    start: { perSecond: round(start.perSecond, 0), p50: round(start.p50), p95: round(start.p95), p99: round(start.p99) },
    ...(wanted('answers') ? await answerRows(client) : {}),
    ...(wanted('sittings') ? await sittingRows(web, client) : {}),
  }
}

let code = 0
try {
  const measured = only === 'beside' ? {} : await measureStage()
  const beside = wanted('beside')
    ? {
        beside: await measureBeside(
          quick ? { every: 8, visits: 40, rounds: 2, seconds: 4 } : { every: 1, visits: 250, rounds: 4, seconds: 10 },
          say,
        ),
      }
    : {}
  if (json) process.stdout.write(`${JSON.stringify({ machine: machine(), ...measured, ...beside })}\n`)
} catch (error) {
  console.error((error as Error).stack)
  code = 1
}
process.exit(code)
