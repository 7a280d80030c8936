import { describe, expect, it } from 'vitest'
import { seeded, shuffled } from '@/lib/platform/random'
import { byLine, commitmentOf, drawnTickets, drawOrder, seatsLeft, type Candidate } from '@/lib/plans/lottery'

const people = (random: () => number, n: number): Candidate[] =>
  Array.from({ length: n }, (_, i) => ({
    teacherId: `t${i}`,
    stepId: `s${String(i).padStart(3, '0')}`,
    chance: random() < 0.1 ? null : random(),
  }))

describe('a lottery at a line of support', () => {
  it('never makes anybody in clear need wait, leaves no seat empty, and is held only where seats are fewer than people', () => {
    const random = seeded(15)
    for (let round = 0; round < 500; round++) {
      const all = people(random, 1 + Math.floor(60 * random()))
      const [from, band, seats] = [0.2 + 0.6 * random(), 0.05 + 0.25 * random(), 1 + Math.floor(70 * random())]
      const sorted = byLine(all, from, band)
      expect([...sorted.certain, ...sorted.near, ...sorted.behind].map((c) => c.stepId).sort()).toEqual(all.map((c) => c.stepId).sort())
      const found = seatsLeft(seats, sorted)
      if (!found.lot) {
        if (found.why === 'enough') expect(seats).toBeGreaterThanOrEqual(sorted.certain.length + sorted.near.length)
        continue
      }
      const drawn = drawnTickets(`seed ${round}`, 'kata', sorted.near.length, found.left)
      // Whoever is left to a lot stands within the band, and every seat is taken.
      for (const c of sorted.near) expect(Math.abs(c.chance! - from)).toBeLessThanOrEqual(band)
      for (const c of all) if (c.chance === null || c.chance > from + band) expect(sorted.certain).toContain(c)
      expect(sorted.certain.length + drawn.size).toBe(seats)
      expect(drawn.size).toBeLessThan(sorted.near.length)
    }
  })
  it('gives everybody the same chance, whatever the ticket', () => {
    const [rounds, count, left] = [4_000, 12, 5]
    const times = Array.from({ length: count }, () => 0)
    for (let k = 0; k < rounds; k++) for (const t of drawnTickets(`s${k}`, 'dadu 3', count, left)) times[t - 1]!++
    const expected = (rounds * left) / count
    const spread = Math.sqrt(rounds * (left / count) * (1 - left / count))
    for (const n of times) expect(Math.abs(n - expected)).toBeLessThan(4 * spread)
  })
  it('is moved by the seed and by the word, and by nothing else', () => {
    expect(drawOrder('a', 'w', 30)).toEqual(drawOrder('a', 'w', 30))
    expect(drawOrder('a', 'w', 30)).not.toEqual(drawOrder('b', 'w', 30))
    expect(drawOrder('a', 'w', 30)).not.toEqual(drawOrder('a', 'v', 30))
    expect(drawOrder('a', 'w', 30).sort((x, y) => x - y)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
    const all = people(seeded(3), 40)
    expect(byLine(shuffled(all, seeded(4)), 0.4, 0.15)).toEqual(byLine(all, 0.4, 0.15))
  })
  it('is bound before the draw: another seed, list, order or number of seats has another fingerprint', () => {
    const base = commitmentOf('seed', ['a', 'b'], 1)
    for (const other of [commitmentOf('sees', ['a', 'b'], 1), commitmentOf('seed', ['b', 'a'], 1), commitmentOf('seed', ['a', 'b'], 2)])
      expect(other).not.toBe(base)
    expect(base).toMatch(/^[0-9a-f]{64}$/)
  })
})
