/**
 * The load generator: phones in a process of their own, so that the server's cost can be told from theirs. Commands come
 * from the parent process. Answers are written as plain text here, because the machine under test carries this process too.
 */
import { performance } from 'node:perf_hooks'
import { Ghost } from '@/lib/rehearsal/ghosts/ghost'
import { Library } from '@/lib/rehearsal/ghosts/library'
import { Wire } from '@/lib/rehearsal/ghosts/wire'
import { quantile } from './machine'
import type { Seat } from './stage'

export type Latency = { perSecond: number; p50: number; p95: number; p99: number }
export type Asked = {
  begin: { seats: Seat[]; connections: number }
  answers: { clients: number; seconds: number; perSecond?: number }
  sittings: { seats: Seat[]; answers: number; connections: number }
}
export type Answered = { begin: Latency; answers: Latency; sittings: { seconds: number; packetName: string } }

const port = Number(process.argv[2])
const wire = (connections: number) => new Wire('127.0.0.1', port, connections)
const library = new Library()

type Writer = { token: string; items: string[]; seq: number }
const writers: Writer[] = []

function figures(times: number[], seconds: number): Latency {
  const sorted = times.toSorted((a, b) => a - b)
  return { perSecond: sorted.length / seconds, p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99) }
}

/** Runs `work` for every value, `most` at a time. */
async function inParallel<T>(values: readonly T[], most: number, work: (value: T, index: number) => Promise<void>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(most, values.length) }, async () => {
      while (next < values.length) {
        const at = next++
        await work(values[at]!, at)
      }
    }),
  )
}

async function begin({ seats, connections }: Asked['begin']): Promise<Latency> {
  const w = wire(connections)
  const scout = new Ghost(w, library, seats[0]!, '1', 1)
  await scout.login()
  await scout.fetchPacket()
  const times: number[] = []
  const replies: string[] = []
  const from = performance.now()
  await inParallel(seats, connections, async (seat) => {
    const at = performance.now()
    const reply = await w.request(
      'POST',
      '/api/delivery/start',
      `{"ticket":"${seat.ticket}","part":"1","device":"phone-a-0001","takeOver":false,"packet":"${scout.packetName}"}`,
    )
    times.push(performance.now() - at)
    if (reply.status !== 200) throw new Error(reply.body.toString())
    replies.push(reply.body.toString())
  })
  const seconds = (performance.now() - from) / 1000
  const first = JSON.parse(replies[0]!) as { packet: { sha256: string; contentKey: string } }
  const items = (await library.items(first.packet.sha256, first.packet.contentKey)).filter((i) => i.choices.includes('A')).map((i) => i.id)
  for (const reply of replies) writers.push({ token: (JSON.parse(reply) as { token: string }).token, items, seq: 0 })
  w.close()
  return figures(times, seconds)
}

let turn = 0
async function answer(w: Wire): Promise<void> {
  const writer = writers[turn++ % writers.length]!
  const seq = ++writer.seq
  const item = writer.items[seq % writer.items.length]!
  const reply = await w.request(
    'POST',
    '/api/delivery/sync',
    `{"token":"${writer.token}","entries":[{"seq":${seq},"kind":"answer","item":"${item}","value":"${'ABCD'[seq % 4]}","at":${Date.now()}}],"position":${seq % 60}}`,
  )
  if (reply.status !== 200 || !reply.body.toString('latin1', 0, 30).startsWith(`{"ack":`)) throw new Error(reply.body.toString())
}

/** Closed loop: every client sends its next answer when the last one is durable. With `perSecond` open loop: answers come by the clock. */
async function answers({ clients, seconds, perSecond }: Asked['answers']): Promise<Latency> {
  const w = wire(clients)
  const times: number[] = []
  const from = performance.now()
  const end = from + seconds * 1000
  if (perSecond) {
    const under: Promise<void>[] = []
    for (let sent = 0; performance.now() < end;) {
      // What is due is sent; the time counts from when it was due and not from when this process found the time to send it.
      for (const due = ((performance.now() - from) / 1000) * perSecond; sent < due; sent++) {
        const at = from + (sent / perSecond) * 1000
        under.push(answer(w).then(() => void times.push(performance.now() - at)))
      }
      await new Promise((r) => setTimeout(r, 1))
    }
    await Promise.all(under)
  } else {
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (performance.now() < end) {
          const at = performance.now()
          await answer(w)
          times.push(performance.now() - at)
        }
      }),
    )
  }
  w.close()
  return figures(times, seconds)
}

/** Whole sittings: card, desk, packet, start, answers one by one, finish. */
async function sittings({ seats, answers: many, connections }: Asked['sittings']) {
  const w = wire(connections)
  const from = performance.now()
  let packetName = ''
  await inParallel(seats, connections, async (seat, i) => {
    const ghost = new Ghost(w, library, seat, '1', i + 1)
    await ghost.login()
    await ghost.readDesk()
    await ghost.fetchPacket()
    await ghost.start()
    for (let n = 0; n < many; n++) {
      ghost.answer()
      await ghost.sync()
    }
    ghost.finish()
    await ghost.sync()
    if (ghost.skipped) throw new Error('the server did not understand an answer')
    packetName = ghost.packetName ?? ''
  })
  w.close()
  return { seconds: (performance.now() - from) / 1000, packetName }
}

const does = { begin, answers, sittings }
process.on('message', (m: { what: keyof Asked; how: never }) => {
  does[m.what](m.how).then(
    (ok) => process.send!({ ok }),
    (error: Error) => process.send!({ failed: error.stack ?? error.message }),
  )
})
process.on('disconnect', () => process.exit(0))
process.on('SIGTERM', () => process.exit(0))
