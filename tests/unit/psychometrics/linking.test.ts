import { describe, expect, it } from 'vitest'
import { calibrate } from '@/lib/psychometrics/calibrate'
import { irtLikelihoodRatio } from '@/lib/psychometrics/irt-dif'
import { anchorsOf, driftScreen, link, linkingError, linkMethods, linkWithoutDrift, transformItem } from '@/lib/psychometrics/linking'
import { intercepts, locations, probabilities, type ItemParameters } from '@/lib/psychometrics/parameters'
import { abilities, simulate, someItems } from './simulate'

const steps: ItemParameters[] = [0, 1, 2, 3].map((j) => {
  const a = 0.8 + 0.2 * j
  return { id: `s${j}`, model: 'gpcm', categories: 4, a, d: intercepts('gpcm', a, [-1 + j * 0.3, 0.1, 0.8]), c: 0 }
})
const anchors = (from: ItemParameters[], to: ItemParameters[]) => {
  const found = anchorsOf(
    from,
    to,
    from.map((i) => i.id),
  )
  if (!found.ok) throw new Error()
  return found.value
}

describe('linking', () => {
  for (const [name, items] of [
    ['binary', someItems(12)],
    ['partial credit', steps],
  ] as const) {
    it(`every method finds an exact transformation of ${name} items`, () => {
      const truth = { A: 1.17, B: -0.43 }
      const moved = items.map((i) => transformItem(i, truth))
      for (const method of linkMethods) {
        const found = link(anchors([...items], moved), method)
        if (!found.ok) throw new Error()
        expect(found.value.A).toBeCloseTo(truth.A, 7)
        expect(found.value.B).toBeCloseTo(truth.B, 7)
      }
    })
  }

  it('a moved item gives the same probabilities at the moved θ', () => {
    const l = { A: 0.8, B: 0.5 }
    for (const item of [...someItems(3), ...steps]) {
      const [here, there] = [probabilities(item, 0.7), probabilities(transformItem(item, l), l.A * 0.7 + l.B)]
      here.forEach((p, k) => expect(there[k]!).toBeCloseTo(p, 12))
    }
  })

  it('mean-mean and mean-sigma by hand', () => {
    const item = (id: string, a: number, b: number): ItemParameters => ({ id, model: '2pl', categories: 2, a, d: [-a * b], c: 0 })
    const pairs = anchors([item('x', 1, -1), item('y', 2, 1)], [item('x', 0.5, -2), item('y', 1, 4)])
    expect(link(pairs, 'mean-mean')).toEqual({ ok: true, value: { A: 2, B: 1 } })
    const sigma = link(pairs, 'mean-sigma')
    expect(sigma.ok && sigma.value.A).toBeCloseTo(3, 12)
    expect(sigma.ok && sigma.value.B).toBeCloseTo(1, 12)
  })

  it('two calibrations of different people meet on the anchors', () => {
    const items = someItems(30)
    const first = calibrate(simulate(items, abilities(3000, 1), 2), { model: '2pl' })
    const second = calibrate(simulate(items, abilities(3000, 3, 0.5, 1.2), 4), { model: '2pl' })
    if (!first.ok || !second.ok) throw new Error()
    for (const method of linkMethods) {
      const found = link(anchors(second.value.items, first.value.items), method)
      if (!found.ok) throw new Error()
      expect(Math.abs(found.value.A - 1.2)).toBeLessThan(0.1)
      expect(Math.abs(found.value.B - 0.5)).toBeLessThan(0.1)
    }
  })

  it('an anchor that drifted is named, and leaves the link', () => {
    const items = someItems(15)
    const moved = items.map((i, j) => ({ ...i, d: j === 4 ? [i.d[0]! - 0.9 * i.a] : [i.d[0]! + (j % 3) * 0.02] }))
    const all = anchors(items, moved)
    const before = link(all, 'stocking-lord')
    if (!before.ok) throw new Error()
    expect(
      driftScreen(all, before.value)
        .filter((d) => d.flagged)
        .map((d) => d.id),
    ).toEqual([items[4]!.id])
    const clean = linkWithoutDrift(all, 'stocking-lord')
    if (!clean.ok) throw new Error()
    expect(clean.value.dropped).toEqual([items[4]!.id])
    expect(Math.abs(clean.value.link.B)).toBeLessThan(0.05)
  })

  it('the jackknife error is nil when anchors agree, and grows with their disagreement', () => {
    const items = someItems(15)
    const exact = linkingError(anchors(items, items), 'mean-mean')
    const noisy = linkingError(
      anchors(
        items,
        items.map((i, j) => ({ ...i, d: [i.d[0]! + (j % 2 ? 0.3 : -0.3)] })),
      ),
      'mean-mean',
    )
    if (!exact.ok || !noisy.ok) throw new Error()
    expect(exact.value.B).toBeCloseTo(0, 12)
    expect(noisy.value.B).toBeGreaterThan(0.05)
  })

  it('anchors that are missing or differ in categories are refused', () => {
    expect(anchorsOf(someItems(3), someItems(2), ['i03']).ok).toBe(false)
    expect(link([], 'mean-mean').ok).toBe(false)
  })
})

describe('likelihood-ratio DIF', () => {
  it('finds the one item that is harder for the second group, although that group is abler', () => {
    const items = someItems(10)
    const harder = items.map((i, j) => (j === 2 ? { ...i, d: [i.d[0]! - 0.8 * i.a] } : i))
    const [a, b] = [simulate(items, abilities(800, 1), 2), simulate(harder, abilities(800, 3, 0.5), 4)]
    const data = { ...a, persons: 1600, cells: Int8Array.from([...a.cells, ...b.cells]) }
    const groups = Array.from({ length: 1600 }, (_, i) => (i < 800 ? 'L' : 'P'))
    const found = irtLikelihoodRatio(data, groups, 'L', { model: '2pl', tolerance: 1e-5 })
    if (!found.ok) throw new Error(found.problem.detail)
    const sorted = [...found.value.items].sort((x, y) => x.p - y.p)
    expect(sorted[0]!.id).toBe(items[2]!.id)
    expect(sorted[0]!.p).toBeLessThan(1e-4)
    expect(sorted[0]!.shift).toBeGreaterThan(0.4)
    expect(sorted[0]!.df).toBe(2)
    expect(sorted.filter((d) => d.p < 0.01)).toHaveLength(1)
    expect(locations(items[2]!)).toHaveLength(1)
  })
})
