import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ServerClock } from '@/lib/delivery/clock.client'

/** A phone whose monotonic clock may stop in sleep and whose wall clock may be wrong and be turned. */
function phone(wrong: number) {
  const world = { true: 1_700_000_000_000, mono: 5_000, turned: wrong }
  const clock = () =>
    new ServerClock(
      () => world.mono,
      () => world.true + world.turned,
      0,
    )
  return {
    world,
    clock,
    pass(ms: number) {
      world.true += ms
      world.mono += ms
    },
    sleep(ms: number) {
      world.true += ms
    },
    learn: (c: ServerClock, trip = 100) => {
      const sent = world.mono
      world.true += trip
      world.mono += trip
      c.learn(world.true - trip / 2, sent, world.mono)
    },
  }
}

describe('a phone whose clock is wrong', () => {
  it('dates what it wrote before the first contact rightly afterwards, whatever its clock said', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -86_400_000, max: 86_400_000 }),
        fc.array(fc.integer({ min: 1, max: 600_000 }), { minLength: 1, maxLength: 8 }),
        (wrong, gaps) => {
          const p = phone(wrong)
          const clock = p.clock()
          const written = gaps.map((gap) => {
            p.pass(gap)
            return { truth: p.world.true, entry: { seq: 1, kind: 'answer' as const, ...clock.stamp(Infinity) } }
          })
          p.learn(clock)
          for (const { truth, entry } of written) expect(Math.abs(clock.correct(entry, Infinity) - truth)).toBeLessThanOrEqual(100)
        },
      ),
    )
  })
  it('moves no entry beyond the end that the page still called in time, though the phone slept or its clock was turned', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -7_200_000, max: 7_200_000 }),
        fc.integer({ min: 0, max: 3_600_000 }),
        fc.integer({ min: -7_200_000, max: 7_200_000 }),
        (wrong, slept, turned) => {
          const p = phone(wrong)
          const clock = p.clock()
          const deadline = clock.now() + 3_600_000
          p.pass(60_000)
          const truth = p.world.true
          const entry = { seq: 1, kind: 'answer' as const, ...clock.stamp(deadline) }
          p.sleep(slept)
          p.world.turned += turned
          p.learn(clock)
          const at = clock.correct(entry, truth + 10)
          expect(entry.inTime).toBe(true)
          expect(at).toBeLessThanOrEqual(truth + 10)
        },
      ),
    )
  })
  it('takes the order of an earlier page load over, when the clock was not turned in between', () => {
    const p = phone(-3_600_000)
    const before = p.clock()
    const first = { seq: 1, kind: 'open' as const, ...before.stamp(Infinity) }
    const truth = p.world.true
    p.pass(120_000)
    const after = p.clock()
    p.pass(60_000)
    p.learn(after)
    expect(Math.abs(after.correct(first, Infinity) - truth)).toBeLessThanOrEqual(100)
  })
  it('leaves alone what was written under a clock that the server had set', () => {
    const p = phone(0)
    const clock = p.clock()
    p.learn(clock)
    const entry = { seq: 1, kind: 'answer' as const, ...clock.stamp(Infinity) }
    p.world.turned += 5_000_000
    p.sleep(900_000)
    clock.distrust()
    p.learn(clock)
    expect(clock.correct(entry, Infinity)).toBe(entry.at)
  })
})
