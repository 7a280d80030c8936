import { describe, expect, it } from 'vitest'
import { calibrateConditional } from '@/lib/psychometrics/conditional'
import { intercepts, type ItemParameters } from '@/lib/psychometrics/parameters'
import { MISSING, responsesOf } from '@/lib/psychometrics/responses'
import { abilities, simulate, someItems } from './simulate'

const rasch = () => simulate(someItems(12, 'rasch'), abilities(400, 11), 12)

function steps(found: ReturnType<typeof calibrateConditional>): number[][] {
  if (!found.ok) throw new Error(found.problem.detail)
  expect(found.value.converged).toBe(true)
  return found.value.items.map((i) => i.b)
}

describe('conditional maximum likelihood agrees with R 4.2.2, eRm 1.0', () => {
  it('Rasch: RM() on the same 400 simulated persons, difficulties, errors and log-likelihood', () => {
    const found = calibrateConditional(rasch(), 'rasch', { errors: true })
    const expected = [-1.69381, -0.17588, 1.59746, -0.7992, 0.7984, -1.50639, 0.13892, 1.84725, -0.43208, 0.99281, -1.22748, 0.46001]
    const errors = [0.1289, 0.10659, 0.12972, 0.11082, 0.11244, 0.12379, 0.10681, 0.13791, 0.10757, 0.11552, 0.11753, 0.10865]
    steps(found).forEach((b, j) => expect(b[0]!).toBeCloseTo(expected[j]!, 4))
    if (found.ok) {
      expect(found.value.logLik).toBeCloseTo(-1792.493908, 5)
      found.value.items.forEach((item, j) => expect(item.se!.b[0]!).toBeCloseTo(errors[j]!, 4))
    }
  })

  it('Rasch with a seventh of the answers missing', () => {
    const data = rasch()
    for (let at = 0; at < data.cells.length; at++) if ((at * 7919) % 100 < 15) data.cells[at] = MISSING
    const expected = [-1.65228, -0.15427, 1.51472, -0.8231, 0.86463, -1.53685, 0.13688, 1.89732, -0.42669, 1.04251, -1.28921, 0.42634]
    const found = calibrateConditional(data, 'rasch')
    steps(found).forEach((b, j) => expect(b[0]!).toBeCloseTo(expected[j]!, 4))
    if (found.ok) expect(found.value.logLik).toBeCloseTo(-1450.262714, 5)
  })

  it('partial credit: pcmodel() of psychotools, centred steps', () => {
    const items = Array.from({ length: 8 }, (_, j): ItemParameters => {
      const b = [-1.2 + 0.2 * j, -0.3 + 0.1 * j, 0.9 - 0.1 * j]
      return { id: `q${j + 1}`, model: 'pcm', categories: 4, a: 1, d: intercepts('pcm', 1, b), c: 0 }
    })
    const found = calibrateConditional(simulate(items, abilities(600, 21), 22), 'pcm')
    const b = steps(found)
    expect(b[0]!.map((v) => Number(v.toFixed(4)))).toEqual([-1.2902, -0.3262, 0.8721])
    expect(b[7]!.map((v) => Number(v.toFixed(4)))).toEqual([0.1072, 0.2409, 0.2965])
    if (found.ok) expect(found.value.logLik).toBeCloseTo(-4014.814539, 4)
  })
})

it('difficulties do not depend on who took the test', () => {
  const items = someItems(10, 'rasch')
  const [able, weak] = [abilities(4000, 1, 1), abilities(4000, 2, -1)].map((thetas, at) =>
    steps(calibrateConditional(simulate(items, thetas, 3 + at), 'rasch')),
  )
  able!.forEach((b, j) => expect(Math.abs(b[0]! - weak![j]![0]!)).toBeLessThan(0.25))
})

it('two forms that share no item cannot be compared, and that is said', () => {
  const rows = Array.from({ length: 200 }, (_, i) => {
    const x = [i & 1, (i >> 1) & 1, (i >> 2) & 1]
    return i % 2 ? [...x, null, null, null] : [null, null, null, ...x]
  })
  const data = responsesOf(['a', 'b', 'c', 'd', 'e', 'f'], rows)
  if (!data.ok) throw new Error()
  const found = calibrateConditional(data.value, 'rasch')
  expect(found).toMatchObject({ ok: false })
})
