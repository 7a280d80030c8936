import { describe, expect, it } from 'vitest'
import { changeOf, indicatorChange } from '@/lib/growth/growth'
import { moduleDifferences } from '@/lib/growth/effect'
import { simulateProvince, type Truth } from '../../load/province'

const truth: Truth = { everybody: 0.05, modules: [0.4, 0, 0], drift: 0, closing: 0, teachers: 600 }

describe('A later cycle on the scale of the first', () => {
  it('comes out where it truly is, with four methods and the fixed-anchor calibration in agreement', () => {
    const p = simulateProvince(7, truth)
    expect(p.report.reasons).toEqual([])
    expect(p.report.methods).toHaveLength(4)
    expect(Math.abs(changeOf(p.pairs, p.errors)!.raw.value - p.trueMean)).toBeLessThan(12)
  })
  it('finds the anchor that became easier and leaves it out', () => {
    const p = simulateProvince(8, { ...truth, drift: 1.2 })
    const anchor = p.report.anchors.find((a) => a.id === p.drifted)!
    expect(anchor.state).toBe('dropped')
    expect(anchor.displacement).toBeLessThan(-0.7)
  })
  it('lets no leaked anchor become growth: its answers count as those to a new item', () => {
    const [sound, leaked] = [simulateProvince(8, truth), simulateProvince(8, { ...truth, drift: 3 })]
    const growth = (p: typeof sound) => changeOf(p.pairs, p.errors)!.raw.value
    // The same people with the same gains: a leaked item changes the answers to it, and nothing that is read from them.
    expect(leaked.trueMean).toBe(sound.trueMean)
    expect(leaked.report.freed.map((i) => i.id)).toEqual([leaked.drifted])
    expect(Math.abs(growth(leaked) - growth(sound))).toBeLessThan(3)
  })
  it('finds the module that helps and calls the others alike', () => {
    const p = simulateProvince(12, { ...truth, teachers: 2_500 })
    const found = new Map(moduleDifferences(p.supported, 10).map((d) => [d.key, d.word]))
    expect(found.get('m0')).toBe('more')
    expect([found.get('m1'), found.get('m2')]).toEqual(['unclear', 'unclear'])
  })
})

describe('Change of an indicator', () => {
  it('is that of the whole where its items moved with the others, and more where they moved further', () => {
    const p = simulateProvince(10, truth)
    const total = changeOf(p.pairs, p.errors)!
    const rows = (residual: number) =>
      p.pairs.map((x) => ({ attemptId: x.teacherId, code: '1.1', residual, slope: 0.01, cluster: x.schoolId }))
    expect(indicatorChange(total, rows(0), rows(0))!.value).toBeCloseTo(total.raw.value, 9)
    expect(indicatorChange(total, rows(0), rows(0.2))!.value).toBeCloseTo(total.raw.value + 20, 9)
    expect(indicatorChange(total, [], rows(0))).toBeNull()
  })
})
