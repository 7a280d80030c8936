import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@/lib/platform/db'
import { openWorld } from '../integration/world'
import { aServer, at, seated, singles, type Entry, type Started } from '../integration/phones'
import { rounds } from './rounds'

/**
 * The journal protocol as a model: phones that write, lose requests and replies, send twice and in any order, restart, turn
 * their clocks; servers that restart and forget. Whatever happens in between, the responses end as the plain fold over all
 * that was written, and no acknowledgement ever runs ahead of what the database holds.
 */
let world: Awaited<ReturnType<typeof openWorld>>
beforeAll(async () => {
  world = await openWorld()
})
afterAll(async () => {
  await world.close()
})

const ITEMS = 4
const DEVICES = ['phone-a-0001', 'phone-b-0002'] as const

type Phone = { token: string; journal: Entry[]; ack: number; believes: number }
type Step =
  | { do: 'tap'; phone: 0 | 1; item: number; value: string; after: number }
  | { do: 'send'; phone: 0 | 1; fate: 'arrives' | 'request lost' | 'reply lost' | 'twice' | 'backwards' | 'half' }
  | { do: 'turn clock'; phone: 0 | 1; by: number }
  | { do: 'reload'; phone: 0 | 1 }
  | { do: 'server restarts' }

const phone = fc.constantFrom<0 | 1>(0, 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('tap' as const),
      phone,
      item: fc.nat(ITEMS - 1),
      value: fc.constantFrom('A', 'B', 'C', 'D'),
      after: fc.integer({ min: 0, max: 9_000 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      phone,
      fate: fc.constantFrom(
        'arrives' as const,
        'request lost' as const,
        'reply lost' as const,
        'twice' as const,
        'backwards' as const,
        'half' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('turn clock' as const), phone, by: fc.integer({ min: -3_600_000, max: 3_600_000 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const), phone }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('server restarts' as const) }) },
)

/** What the server makes of a time: not before the window, not after its own now. */
const plausible = (time: number, now: number) => Math.min(Math.max(time, at(0).getTime() - 3_600_000), now + 2_000)

/** The longest run of seqs from 1 that the database holds for a device. */
async function durable(attemptId: string, device: string): Promise<number> {
  const rows = await sql<{ seq: number }>(`SELECT seq FROM journal_event WHERE attempt_id = $1 AND device = $2 ORDER BY seq`, [
    attemptId,
    device,
  ])
  let reach = 0
  for (const { seq } of rows) if (seq === reach + 1) reach = seq
  return reach
}

describe('any interleaving of taps, losses, restarts, devices and clock jumps', () => {
  it('converges to the same responses, and acknowledges nothing that is not durable', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const who = await seated()
        let server = aServer(async () => undefined)
        const first: Started = await server.begin(who.seat, DEVICES[0])
        const second = await server.begin(who.seat, DEVICES[1], at(0), { takeOver: true })
        const items = singles(first).slice(0, ITEMS)
        const phones: Phone[] = [first, second].map((s) => ({ token: s.token, journal: [], ack: 0, believes: 0 }))
        const arrived = new Map<string, number>()
        let now = at(1).getTime()

        const send = async (p: Phone, i: number, fate: Extract<Step, { do: 'send' }>['fate']) => {
          const pending = p.journal.filter((e) => e.seq > p.ack)
          const batch = fate === 'backwards' ? pending.toReversed() : fate === 'half' ? pending.filter((_, n) => n % 2 === 1) : pending
          if (fate === 'request lost') return
          for (let times = fate === 'twice' ? 2 : 1; times > 0; times--) {
            const reply = await server.send(p.token, batch, new Date(now))
            for (const e of batch) if (!arrived.has(`${i}.${e.seq}`)) arrived.set(`${i}.${e.seq}`, plausible(e.at, now))
            expect(reply.ack).toBeLessThanOrEqual(await durable(first.attemptId, DEVICES[i]!))
            if (fate !== 'reply lost') p.ack = Math.max(p.ack, reply.ack)
          }
        }
        for (const s of steps) {
          now += 500
          if (s.do === 'server restarts') server = aServer(async () => undefined)
          else if (s.do === 'turn clock') phones[s.phone]!.believes = s.by
          else if (s.do === 'tap') {
            now += s.after
            const p = phones[s.phone]!
            p.journal.push({ seq: p.journal.length + 1, kind: 'answer', item: items[s.item]!.id, value: s.value, at: now + p.believes })
          } else if (s.do === 'reload') {
            const again = await server.begin(who.seat, DEVICES[s.phone], new Date(now), { takeOver: true })
            phones[s.phone]!.token = again.token
            expect(again.ack).toBeLessThanOrEqual(await durable(first.attemptId, DEVICES[s.phone]!))
            phones[s.phone]!.ack = Math.max(phones[s.phone]!.ack, again.ack)
          } else await send(phones[s.phone]!, s.phone, s.fate)
        }
        for (const [i, p] of phones.entries()) {
          for (let tries = 0; p.ack < p.journal.length && tries < 4; tries++) await send(p, i, 'arrives')
          expect(p.ack).toBe(p.journal.length)
        }

        const fold = new Map<string, { value: unknown; rank: [number, string, number] }>()
        for (const [i, p] of phones.entries())
          for (const e of p.journal) {
            const rank: [number, string, number] = [Math.round(arrived.get(`${i}.${e.seq}`)!), DEVICES[i]!, e.seq]
            const best = fold.get(e.item!)
            const later =
              !best ||
              rank[0] > best.rank[0] ||
              (rank[0] === best.rank[0] && (rank[1] > best.rank[1] || (rank[1] === best.rank[1] && rank[2] > best.rank[2])))
            if (later) fold.set(e.item!, { value: e.value, rank })
          }
        const rows = await sql<{ item: string; value: unknown }>(
          `SELECT item_version_id AS item, value FROM response WHERE attempt_id = $1`,
          [first.attemptId],
        )
        expect(Object.fromEntries(rows.map((r) => [r.item, r.value]))).toEqual(Object.fromEntries([...fold].map(([k, v]) => [k, v.value])))
        const events = await sql<{ n: number }>(`SELECT count(*)::int AS n FROM journal_event WHERE attempt_id = $1`, [first.attemptId])
        expect(events[0]!.n).toBe(phones[0]!.journal.length + phones[1]!.journal.length)
      }),
      { numRuns: rounds(15, 300) },
    )
  })
})
