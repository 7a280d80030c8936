import { describe, expect, it } from 'vitest'
import { practiceOf, type Drawn } from '@/lib/growth/practice'
import { normal, seeded } from '@/lib/platform/random'
import { drawLater } from '@/lib/sittings/first-timers'

const LINK = { se: 4, df: 12 }

/** A province in which everybody changes by `time`, and whoever was tested before by `practice` more. */
function province(seed: number, practice: number, time: number, gone = 0): Drawn[] {
  const random = seeded(seed)
  const luck = Array.from({ length: 50 }, () => 25 * normal(random))
  const people = Array.from({ length: 1_000 }, (_, i) => ({
    teacherId: `t${i}`,
    stratum: `m${i % 4}`,
    school: Math.floor(50 * random() ** 1.4),
    truth: 490 + 15 * (i % 4) + 80 * normal(random),
  }))
  const later = drawLater(people, 15, `benih ${seed}`)
  return people.map((p) => {
    const first = later.has(p.teacherId)
    const at = () => p.truth + luck[p.school]! + 50 * normal(random)
    return {
      later: first,
      schoolId: `s${p.school}`,
      stratum: p.stratum,
      before: first ? null : at(),
      after: random() < 0.06 + (first ? gone : 0) ? null : at() + time + (first ? 0 : practice),
      hours: 0,
    }
  })
}

describe('first-timers at the re-test', () => {
  it('find a practice effect that is there, and the change without it beside', () => {
    const found = Array.from({ length: 20 }, (_, k) => practiceOf(province(k, 45, 12), LINK, 10))
    expect(found.filter((f) => f.word === 'more').length).toBeGreaterThanOrEqual(16)
    for (const f of found) {
      expect(f.first.n).toBe(152)
      expect(Math.abs(f.difference!.value - 45)).toBeLessThan(35)
    }
    expect(found.filter((f) => f.without!.low <= 12 && f.without!.high >= 12).length).toBeGreaterThanOrEqual(19)
  })
  it('find none where there is none, though everybody grows', () => {
    const found = Array.from({ length: 60 }, (_, k) => practiceOf(province(500 + k, 0, 30), LINK, 10))
    expect(found.filter((f) => f.word !== 'unclear').length).toBeLessThanOrEqual(4)
  })
  it('say nothing where the groups did not come alike, or where one is too small', () => {
    expect(practiceOf(province(3, 45, 0, 0.3), LINK, 10).word).toBe('attendance')
    const few = province(4, 45, 0).filter((m, i, all) => !m.later || all.slice(0, i).filter((x) => x.later).length < 9)
    expect(practiceOf(few, LINK, 10)).toMatchObject({ word: 'few', difference: null })
  })
  it('are drawn within every subject by a seed, the same again the same, and everybody with the same chance', () => {
    const people = Array.from({ length: 60 }, (_, i) => ({ teacherId: `t${i}`, stratum: i < 40 ? 'a' : 'b' }))
    const one = drawLater(people, 10, 'x')
    expect([...one].filter((id) => Number(id.slice(1)) < 40)).toHaveLength(4)
    expect(one.size).toBe(6)
    expect(drawLater([...people].reverse(), 10, 'x')).toEqual(one)
    const times = new Map(people.map((p) => [p.teacherId, 0]))
    for (let k = 0; k < 2_000; k++) for (const id of drawLater(people, 10, `s${k}`)) times.set(id, times.get(id)! + 1)
    for (const n of times.values()) expect(Math.abs(n - 200)).toBeLessThan(4.2 * Math.sqrt(2_000 * 0.1 * 0.9))
  })
})
