import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countedMinutes, type ConfirmedMeeting } from '@/lib/tutoring/hours'

const met = (
  id: string,
  heldOn: string,
  startsMinute: number | null,
  minutes: number,
  { order = Number(id), pair = 'p', by = 'tutor' }: { order?: number; pair?: string; by?: string } = {},
): ConfirmedMeeting => ({
  id,
  pairingId: pair,
  loggedBy: by,
  heldOn,
  startsMinute,
  minutes,
  answeredAt: new Date(order * 1000),
})

describe('hours that count for one person', () => {
  it('hold no minute twice, however many pairs met in it', () => {
    const same = countedMinutes([met('1', '2026-02-11', 780, 90), met('2', '2026-02-11', 780, 90), met('3', '2026-02-11', 840, 60)], 12)
    expect([...same.values()]).toEqual([90, 0, 30])
  })
  it('hold no day longer than the cap, over all pairs', () => {
    const day = Array.from({ length: 12 }, (_, i) => met(String(i + 1), '2026-02-11', i * 60, 60))
    expect([...countedMinutes(day, 4).values()].reduce((a, b) => a + b)).toBe(240)
    expect(countedMinutes([...day, met('99', '2026-02-12', 0, 60)], 4).get('99')).toBe(60)
  })
  it('take a meeting without a known start to lie beside the others of its day', () => {
    const day = countedMinutes([met('1', '2026-02-11', null, 60), met('2', '2026-02-11', null, 60), met('3', '2026-02-11', null, 90)], 12)
    expect([...day.values()]).toEqual([60, 0, 30])
  })
  it('count a meeting once that both sides of the pair have noted, whatever each remembers of its beginning', () => {
    const twice = (own: number | null, other: number | null) => [
      ...countedMinutes([met('1', '2026-02-11', own, 60), met('2', '2026-02-11', other, 60, { by: 'learner' })], 12).values(),
    ]
    for (const [own, other] of [
      [780, 780],
      [780, 900],
      [null, 780],
      [780, null],
      [null, null],
    ] as const)
      expect([own, other, ...twice(own, other)]).toEqual([own, other, 60, 0])
    expect(twice(780, 790)).toEqual([60, 10])
  })
  it('take the longer of two accounts of a day, and two meetings of one day from the side that noted both', () => {
    const day = [met('1', '2026-02-11', 480, 60), met('2', '2026-02-11', 780, 60), met('3', '2026-02-11', 1000, 150, { by: 'learner' })]
    expect([...countedMinutes(day, 12).values()]).toEqual([60, 60, 30])
    // Two pairs of one person on one day are two meetings.
    const pairs = [met('1', '2026-02-11', 480, 60), met('2', '2026-02-11', 780, 60, { pair: 'q', by: 'learner' })]
    expect([...countedMinutes(pairs, 12).values()]).toEqual([60, 60])
  })
  it('never take from what was confirmed before, whatever is confirmed later', () => {
    const some = fc.array(
      fc.record({
        day: fc.integer({ min: 1, max: 3 }),
        start: fc.option(fc.integer({ min: 0, max: 1000 })),
        minutes: fc.integer({ min: 5, max: 400 }),
        pair: fc.constantFrom('p', 'q'),
        by: fc.constantFrom('tutor', 'learner'),
      }),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 12 }), (list, cap) => {
        const all = list.map((m, i) => met(String(i + 1), `2026-02-0${m.day}`, m.start, m.minutes, m))
        const [before, after] = [countedMinutes(all.slice(0, -1), cap), countedMinutes(all, cap)]
        for (const [id, minutes] of before) expect(after.get(id)).toBe(minutes)
        for (const day of new Set(all.map((m) => m.heldOn)))
          expect(all.filter((m) => m.heldOn === day).reduce((s, m) => s + after.get(m.id)!, 0)).toBeLessThanOrEqual(cap * 60)
      }),
    )
  })
})
