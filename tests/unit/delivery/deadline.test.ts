import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deadlineOf, type TimeFacts } from '@/lib/delivery/deadline'
import { judge } from '@/lib/delivery/judge'
import { itemOrder, optionOrder } from '@/lib/delivery/order'
import { readTicket, readToken, signTicket, signToken } from '@/lib/delivery/token'
import { ServerClock } from '@/lib/delivery/clock.client'
import { settle } from '@/lib/platform/config'

const start = new Date('2026-04-18T00:30:00Z')
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000)
const facts = (more: Partial<TimeFacts> = {}): TimeFacts => ({
  startedAt: start,
  durationSeconds: 3600,
  extraSeconds: 0,
  allowances: [],
  ...more,
})
const minutes = (f: TimeFacts, now = after(200)) => (deadlineOf(f, now).deadline.getTime() - start.getTime()) / 60_000
const pause = (from: number, to: number | null) => ({
  kind: 'pause' as const,
  seconds: null,
  startedAt: after(from),
  endedAt: to === null ? null : after(to),
})

describe('the end of an attempt', () => {
  it('is start plus duration plus accommodation plus extensions given while it ran', () => {
    expect(minutes(facts())).toBe(60)
    expect(minutes(facts({ extraSeconds: 900 }))).toBe(75)
    expect(minutes(facts({ allowances: [{ kind: 'extend', seconds: 600, startedAt: after(10), endedAt: null }] }))).toBe(70)
    expect(minutes(facts({ allowances: [{ kind: 'extend', seconds: 600, startedAt: after(-10), endedAt: null }] }))).toBe(60)
  })
  it('moves by a pause, counts overlapping pauses of room and sitting once, and the part before the start not at all', () => {
    expect(minutes(facts({ allowances: [pause(10, 30)] }))).toBe(80)
    expect(minutes(facts({ allowances: [pause(10, 30), pause(20, 40)] }))).toBe(90)
    expect(minutes(facts({ allowances: [pause(-20, 5)] }))).toBe(65)
    expect(minutes(facts({ allowances: [pause(-20, -5)] }))).toBe(60)
  })
  it('runs ahead of the clock while a pause is on', () => {
    expect(deadlineOf(facts({ allowances: [pause(10, null)] }), after(50))).toEqual({ deadline: after(100), paused: true })
  })
  it('is never earlier than start plus duration, in whatever order and overlap pauses come', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -60, max: 120 }), fc.integer({ min: 0, max: 60 })), { maxLength: 6 }), (list) => {
        const allowances = list.map(([from, length]) => pause(from, from + length))
        const covered = new Set(list.flatMap(([from, length]) => Array.from({ length }, (_, i) => from + i).filter((m) => m >= 0)))
        expect(minutes(facts({ allowances }))).toBe(60 + covered.size)
      }),
    )
  })
})

describe('judging a batch', () => {
  const item = '01990278-0000-7000-8000-000000000001'
  const frame = { earliest: start.getTime(), deadline: after(60).getTime(), now: after(30).getTime(), items: new Set([item]) }
  const answer = (seq: number, at: Date, value: unknown = 'A') => ({ seq, kind: 'answer', item, value, at: at.getTime() })
  it('keeps what was made in time, marks it late when it arrives after the end, and does not count what was made after it', () => {
    expect(judge([answer(1, after(10))], frame).entries).toMatchObject([{ kind: 'answer', late: false }])
    expect(judge([answer(1, after(59))], { ...frame, now: after(300).getTime() }).entries).toMatchObject([{ kind: 'answer', late: true }])
    expect(judge([answer(1, after(61))], { ...frame, now: after(62).getTime() }).entries).toMatchObject([{ kind: 'overdue' }])
  })
  it('lets no phone date an answer before the start or into the future', () => {
    const [early, future] = judge([answer(1, after(-500)), answer(2, after(500))], frame).entries
    expect(early!.at).toBe(start.getTime())
    expect(future!.at).toBeLessThanOrEqual(after(30).getTime() + 2000)
  })
  it('keeps no document in the word that goes with an entry which is no answer', () => {
    for (const kind of ['open', 'focus', 'position', 'finish']) {
      const one = (value: unknown) => judge([{ seq: 1, kind, value, at: after(5).getTime() }], frame).entries[0]!
      expect([kind, one('x'.repeat(41)).kind, JSON.stringify(one('x'.repeat(200_000)).body).length < 500]).toEqual([kind, 'rejected', true])
      expect([kind, one('finished').kind, one(7).kind]).toEqual([kind, kind, kind])
    }
  })
  it('never throws on garbage, and loses no entry that has a number', () => {
    fc.assert(
      fc.property(fc.array(fc.anything(), { maxLength: 20 }), (garbage) => {
        const { entries } = judge([...garbage, answer(7, after(5))], frame)
        expect(entries.some((e) => e.seq === 7 && e.kind === 'answer')).toBe(true)
      }),
    )
  })
})

describe('order and identity', () => {
  const items = Array.from({ length: 30 }, (_, i) => ({ id: `i${i}`, stimulusId: i % 10 < 3 ? `s${Math.floor(i / 10)}` : null }))
  it('gives the same seed the same order, other seeds others, and keeps items of one stimulus together', () => {
    expect(itemOrder(items, 7)).toEqual(itemOrder(items, 7))
    expect(itemOrder(items, 7)).not.toEqual(itemOrder(items, 8))
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const order = itemOrder(items, seed)
        expect([...order].map((i) => i.id).sort()).toEqual(items.map((i) => i.id).sort())
        for (const s of ['s0', 's1', 's2']) {
          const places = order.flatMap((i, at) => (i.stimulusId === s ? [at] : []))
          expect(places.at(-1)! - places[0]!).toBe(2)
        }
        expect([...optionOrder(['A', 'B', 'C', 'D'], 'i1', seed)].sort()).toEqual(['A', 'B', 'C', 'D'])
      }),
    )
  })
  it('accepts its own tokens and tickets, and no forged ones, nor one kind for the other', () => {
    settle({ NEXTAUTH_SECRET: 'petaguru-unit-secret-0123456789' })
    const token = signToken('attempt', 'phone')
    expect(readToken(token)).toMatchObject({ attemptId: 'attempt', device: 'phone' })
    expect(readToken(token.replace('phone', 'other'))).toBeNull()
    expect(readTicket(signTicket('seat', 3))).toEqual({ seatId: 'seat', cardVersion: 3 })
    expect(readTicket(token)).toBeNull()
    expect(readToken('x')).toBeNull()
    settle({ NEXTAUTH_SECRET: 'petaguru-another-secret-0123456789' })
    expect(readToken(token)).toBeNull()
  })
})

describe('the clock of the page', () => {
  it('follows the server through round trips of different length and trusts the shortest', () => {
    let tick = 0
    const clock = new ServerClock(() => tick)
    clock.learn(1_000_000 + 400, 0, (tick = 800))
    expect(clock.now()).toBe(1_000_800)
    tick = 1000
    clock.learn(1_000_000 + 990 - 3000, 950, tick)
    expect(clock.now()).toBe(1_000_000 + 990 - 3000 + 25)
    tick = 2000
    expect(clock.now()).toBe(1_000_000 + 990 - 3000 + 1025)
  })
})
