import { describe, expect, it } from 'vitest'
import { logisticDif, logisticDifOverForms, type LogisticDif } from '@/lib/psychometrics/logistic-dif'
import { responsesOf, selectPersons } from '@/lib/psychometrics/responses'
import { abilities, simulate, someItems } from './simulate'
import { harder, partial, plain, twoGroups } from './two-groups'

function run(...args: Parameters<typeof logisticDif>): LogisticDif[] {
  const made = logisticDif(...args)
  if (!made.ok) throw new Error(made.problem.detail)
  return made.value
}

describe('logistic-regression DIF', () => {
  it('agrees with R glm', () => {
    // R 4.2.2 glm(item ~ score), + group, + group:score, binomial; seed 41. Overall, uniform, non-uniform, ΔR², overall p.
    const expected = [
      [0, 6.213648464, 2.636656223, 3.576992242, 0.009806611442, 0.04474282277],
      [2, 27.38946529, 26.8960641, 0.4934011944, 0.04780052868, 1.128374286e-6],
      [5, 9.428948726, 4.334661617, 5.094287108, 0.01441328004, 0.008964576944],
    ] as const
    const { data, groups } = twoGroups(plain, harder, 41)
    const result = run(data, groups, 'R', { purify: false })
    for (const [at, overall, uniform, nonuniform, gain, p] of expected) {
      const r = result[at]!
      expect(r.chi2).toBeCloseTo(overall, 7)
      expect(r.uniform.chi2).toBeCloseTo(uniform, 7)
      expect(r.nonuniform.chi2).toBeCloseTo(nonuniform, 7)
      expect(r.deltaR2).toBeCloseTo(gain, 10)
      expect(r.p! / p).toBeCloseTo(1, 7)
      expect(r.note).toBeNull()
    }
    expect(result.map((r) => r.class).join('')).toBe('AABAAAAAAAAA')
  })

  it('agrees with R MASS::polr for polytomous items', () => {
    // R 4.2.2 MASS::polr(item ~ score * group), score standardised, reltol 1e-15; seed 51.
    const { data, groups } = twoGroups(
      partial,
      partial.map((item, j) => (j === 1 ? { ...item, d: item.d.map((d, k) => d - 0.6 * (k + 1)) } : item)),
      51,
    )
    const [first, second] = run(data, groups, 'R', { purify: false })
    expect(first!.chi2).toBeCloseTo(3.770667852, 6)
    expect(first!.uniform.chi2).toBeCloseTo(3.741292015, 6)
    expect(second!.chi2).toBeCloseTo(40.73670575, 6)
    expect(second!.nonuniform.chi2).toBeCloseTo(0.973503811, 6)
    expect(second!.deltaR2).toBeCloseTo(0.0259198611, 8)
  })

  it('has p-values spread evenly without DIF', () => {
    const p: number[] = []
    const rasch = someItems(15, 'rasch')
    for (let seed = 100; seed < 400; seed += 10) {
      const { data, groups } = twoGroups(rasch, rasch, seed)
      run(data, groups, 'R', { purify: false }).forEach((r) => p.push(r.p!))
    }
    const below = (limit: number) => p.filter((v) => v < limit).length / p.length
    expect(Math.abs(below(0.05) - 0.05)).toBeLessThan(0.03)
    expect(Math.abs(below(0.5) - 0.5)).toBeLessThan(0.08)
  })

  it('does not depend on the order of persons or on which group is the reference', () => {
    const { data, groups } = twoGroups(plain, harder, 61)
    const forward = run(data, groups, 'R', { purify: true })
    run(data, groups, 'F', { purify: true }).forEach((r, j) => expect(r.chi2).toBeCloseTo(forward[j]!.chi2, 7))
    const order = Array.from({ length: 800 }, (_, i) => (i * 7 + 3) % 800)
    run(
      selectPersons(data, order),
      order.map((i) => groups[i]!),
      'R',
      { purify: true },
    ).forEach((r, j) => expect(r.chi2).toBeCloseTo(forward[j]!.chi2, 9))
  })

  it('notes separation and items that do not vary instead of a p-value', () => {
    const base = simulate(plain, abilities(300, 5), 6)
    const rows = Array.from({ length: 300 }, (_, i) => {
      const row = [...base.cells.subarray(i * 12, i * 12 + 12)]
      // Nobody in the focal group solves item 1, everybody solves item 2.
      return [i % 3 === 0 ? 0 : row[0]!, 1, ...row.slice(2)]
    })
    const data = responsesOf(base.ids, rows)
    if (!data.ok) throw new Error()
    const [first, second, third] = run(
      data.value,
      rows.map((_, i) => (i % 3 ? 'R' : 'F')),
      'R',
      { purify: false },
    )
    expect(first).toMatchObject({ note: 'separation', p: null, class: null, uniform: { p: null } })
    expect(first!.chi2).toBeGreaterThan(50)
    expect(Number.isFinite(first!.deltaR2)).toBe(true)
    expect(second).toMatchObject({ note: 'constant', chi2: 0, p: null, class: null })
    expect(third!.note).toBeNull()
  })

  it('takes a form as a stratum: groups that sat an easy and a hard form unevenly make no anchor unfair, and an unfair one is found in both', () => {
    // Six anchors and six items of each form's own: those of B two logits harder.
    const items = someItems(18, 'rasch').map((i, j) => (j >= 12 ? { ...i, d: [i.d[0]! - 2] } : i))
    const held = { A: items.slice(0, 12), B: [...items.slice(0, 6), ...items.slice(12)] }
    const sat = (form: 'A' | 'B', reference: number, focal: number, unfair: string | null, seed: number) => {
      const groups = [...new Array<string>(reference).fill('R'), ...new Array<string>(focal).fill('F')]
      const thetas = abilities(groups.length, seed)
      const [usual, harder] = [0, 1].map((d) =>
        simulate(
          held[form].map((i) => (i.id === unfair ? { ...i, d: [i.d[0]! - d] } : i)),
          thetas,
          seed + 1,
        ),
      )
      const cells = usual!.cells.map((x, at) => (groups[Math.floor(at / 12)] === 'F' ? harder!.cells[at]! : x))
      return { data: { ...usual!, cells }, groups }
    }
    const both = (unfair: string | null) => [sat('A', 600, 150, unfair, 61), sat('B', 150, 600, unfair, 63)]
    const rows = (unfair: string | null) => {
      const found = logisticDifOverForms(both(unfair), 'R', { purify: false })
      if (!found.ok) throw new Error(found.problem.detail)
      expect(found.value.untested).toEqual([])
      return new Map(found.value.rows.map((r) => [r.id, r]))
    }
    const anchors = items.slice(0, 6).map((i) => i.id)
    const fair = rows(null)
    expect(fair.size).toBe(18)
    expect(anchors.filter((id) => fair.get(id)!.uniform.p! < 0.01)).toEqual([])
    expect(rows(anchors[2]!).get(anchors[2]!)!.uniform.p).toBeLessThan(1e-6)
  })

  it('names what is wrong with the groups', () => {
    const data = simulate(plain, [0, 1], 1)
    expect(logisticDif(data, ['R', 'R'], 'R', { purify: false })).toMatchObject({ problem: { code: 'too-few' } })
    expect(logisticDif(data, [], 'R', { purify: false })).toMatchObject({ problem: { code: 'out-of-range' } })
    for (const r of run(data, ['R', 'F'], 'R', { purify: true })) {
      expect(r.note).not.toBeNull()
      expect(Number.isFinite(r.chi2 + r.deltaR2)).toBe(true)
    }
  })
})
