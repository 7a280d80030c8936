import { describe, expect, it } from 'vitest'
import { responseCategory, topCategory } from '@/lib/items/category'
import type { ItemScoring, ResponseValue } from '@/lib/items/model'
import { scoreResponse } from '@/lib/items/score'
import { analyseInstrument, type AnalysisInput, type ItemStatistics } from '@/lib/calibration/analyse-instrument'
import { earlier } from '@/lib/calibration/earlier'
import { sortItems } from '@/lib/calibration/analysis-model'
import { difference } from '@/lib/scoring/difference'
import { flagsOf } from '@/lib/calibration/flags'
import { thetaAtShare } from '@/lib/calibration/calibrated-item'
import { measureRows, pointsOf } from '@/lib/scoring/measure'
import { categoriesOf, type MeasuredItem } from '@/lib/calibration/response-matrix'
import { settingsFor } from '@/lib/calibration/measurement-rule'
import { shippedRules } from '@/lib/standards/rules-model'
import { combine } from '@/lib/scoring/combined'
import { recovery } from '@/lib/scoring/recovery'
import { abilities, simulate, someItems } from '../psychometrics/simulate'

const single: ItemScoring = { type: 'single', key: 'B' }
const scorings: [ItemScoring, ResponseValue[]][] = [
  [single, [null, 'A', 'B']],
  [{ type: 'multiple', keys: ['A', 'C'], options: ['A', 'B', 'C', 'D'] }, [null, ['A'], ['A', 'C'], ['A', 'B'], ['A', 'B', 'C', 'D']]],
  [
    { type: 'truefalse', keys: { '1': true, '2': false, '3': true } },
    [{}, { '1': true }, { '1': true, '2': false, '3': false }, { '1': true, '2': false, '3': true }],
  ],
  [{ type: 'graded', scores: { A: 0, B: 1, C: 3, D: 2 } }, [null, 'A', 'B', 'D', 'C']],
  [{ type: 'likert', reversed: true, points: 5 }, [5, 3, 1]],
]

describe('categories of a response', () => {
  it('keep the order of raw credit and reach from nothing to the top', () => {
    for (const [scoring, values] of scorings) {
      const pairs = values.map((v) => ({ share: scoreResponse(scoring, v), category: responseCategory(scoring, v) }))
      for (const p of pairs) {
        expect(p.category).toBeGreaterThanOrEqual(0)
        expect(p.category).toBeLessThanOrEqual(topCategory(scoring))
        if (p.share === 1) expect(p.category).toBe(topCategory(scoring))
        for (const q of pairs) if (p.share > q.share) expect(p.category).toBeGreaterThanOrEqual(q.category)
      }
    }
  })

  const item = (id: string, scoring: ItemScoring = single): MeasuredItem => ({
    itemVersionId: id,
    scoring,
    stimulusId: null,
    content: { type: 'single', stem: [], options: [] },
  })
  it('what lies after the last answer is missing for calibration and wrong for scoring; what was skipped is wrong for both', () => {
    const items = ['a', 'b', 'c', 'd', 'e'].map((id) => item(id))
    const full = categoriesOf(items, { a: 'B', b: 'B', c: 'B', d: 'B', e: 'B' }, 3, 'calibration')
    expect(full.size).toBe(5)
    const order = [...Array(5).keys()].map((k) => ['a', 'b', 'c', 'd', 'e'][k]!)
    for (const only of order) {
      const calibration = categoriesOf(items, { [only]: 'B' }, 3, 'calibration')
      const scoring = categoriesOf(items, { [only]: 'B' }, 3, 'scoring')
      expect(scoring.size).toBe(5)
      expect([...calibration.values()].filter((v) => v === 1)).toHaveLength(1)
      expect(calibration.size).toBeLessThanOrEqual(5)
    }
    const sizes = order.map((only) => categoriesOf(items, { [only]: 'B' }, 3, 'calibration').size)
    expect([...sizes].sort()).toEqual([1, 2, 3, 4, 5])
  })
  it('a statement of a scale left empty is missing, for no answer to it is wrong', () => {
    const items = [item('a', { type: 'likert', reversed: false, points: 5 }), item('b')]
    expect(categoriesOf(items, { b: 'B' }, 1, 'scoring').has('a')).toBe(false)
  })
})

describe('the rule that chooses the model', () => {
  it('gives subject and social tests equal slopes, the pedagogic test slopes from 500 answers an item, and says why', () => {
    expect(settingsFor('4', 2000)).toMatchObject({ model: 'pcm', priors: {} })
    expect(settingsFor('3', 2000).model).toBe('pcm')
    expect(settingsFor('1', 499).model).toBe('pcm')
    expect(settingsFor('1', 500)).toMatchObject({ model: 'gpcm', priors: { slope: { kind: 'lognormal', mean: 0, sd: 0.5 } } })
    expect(settingsFor('2', 300).priors.slope).toMatchObject({ sd: 0.3 })
    for (const part of ['1', '2', '3', '4']) expect(settingsFor(part, 640).rule).toContain('640 orang')
  })
})

describe('the scale', () => {
  const items = someItems(20).map((i) => ({ ...i, codes: [0, 1] }))
  it('puts 500 where the cut lies and 100 points on one standard deviation', () => {
    const thetaCut = thetaAtShare(items, 0.55)!
    expect(pointsOf(thetaCut, { thetaCut, sigma: 0.8 })).toBe(500)
    expect(pointsOf(thetaCut + 0.8, { thetaCut, sigma: 0.8 })).toBe(600)
  })
  it('gives every measured person a mastery inside its own range', () => {
    const data = simulate(someItems(20), abilities(50, 1), 2)
    for (const m of measureRows(data, items, { thetaCut: 0, sigma: 1 })) {
      expect(m!.masteryLow).toBeLessThan(m!.mastery)
      expect(m!.mastery).toBeLessThan(m!.masteryHigh)
      expect(m!.items).toBe(20)
    }
  })
  it('combines professional and pedagogic 70/30 with a floor, and waits until both are measured', () => {
    const ability = (scale: number, scaleSe: number) => ({
      attemptId: '',
      runId: '',
      theta: 0,
      se: 0,
      scale,
      scaleSe,
      posteriorMean: scale,
      posteriorSd: scaleSe,
      mastery: 0,
      masteryLow: 0,
      masteryHigh: 0,
      items: 20,
      fit: null,
    })
    expect(combine(new Map([['4', ability(600, 30)]]), shippedRules)).toBeNull()
    const found = combine(
      new Map([
        ['4', ability(640, 20)],
        ['1', ability(600, 20)],
        ['3', ability(200, 20)],
      ]),
      shippedRules,
    )!
    expect(found.score).toBeCloseTo(628, 9)
    expect(found.se).toBeCloseTo(Math.sqrt(0.49 * 400 + 0.09 * 400), 9)
    expect(found.state).toBe('above')
    const below = combine(
      new Map([
        ['4', ability(700, 20)],
        ['1', ability(300, 20)],
      ]),
      shippedRules,
    )!
    expect(below.failedFloor).toBe(true)
    expect(below.state).not.toBe('above')
  })
})

describe('the difference report', () => {
  it('counts who moves, by how much and across which level', () => {
    const d = difference(shippedRules, [{ points: 480 }, { points: 520 }, { points: 350 }, null], [510, 490, 350, 600], 'run')
    expect(d).toMatchObject({ n: 4, moved: 2, meanChange: 0, crossed: { n: 2, up: 1, down: 1 } })
    expect(Math.abs(d.largest!)).toBe(30)
    expect(d.levels).toContainEqual({ from: 'Berkembang', to: 'Kompeten', n: 1 })
    expect(d.levels).toContainEqual({ from: 'belum ada', to: 'Mahir', n: 1 })
  })
})

describe('flags', () => {
  const sound: ItemStatistics = {
    n: 400,
    p: 0.6,
    sd: 0.5,
    rItemRest: 0.35,
    alphaIfDeleted: 0.7,
    infit: 1,
    outfit: 1,
    sx2: null,
    locations: [0],
    distractors: [],
    choicesByGroup: [],
    observed: [],
    dif: [],
    untested: [],
  }
  const option = (name: string, isKey: boolean, r: number, share: number) => ({
    option: name,
    isKey,
    n: share * 400,
    share,
    r,
    low: share,
    mid: share,
    high: share,
  })
  it('are silent for a sound item', () => expect(flagsOf(sound)).toEqual([]))
  it('name the option that the able choose instead of the key', () => {
    const flags = flagsOf({
      ...sound,
      rItemRest: -0.05,
      distractors: [option('A', true, -0.05, 0.2), option('B', false, 0.3, 0.6), option('C', false, -0.2, 0.2)],
    })
    expect(flags.map((f) => f.code)).toEqual(['key', 'negative'])
    expect(flags[0]!.reason).toContain('memilih B')
    expect(flags[0]!.action).toContain('koreksi kunci')
  })
  it('do not cry wolf over a distractor within chance', () => {
    expect(flagsOf({ ...sound, n: 111, distractors: [option('A', true, 0.3, 0.6), option('B', false, 0.08, 0.4)] })).toEqual([])
  })
  it('say which distractor nobody chooses', () => {
    const flags = flagsOf({ ...sound, distractors: [option('A', true, 0.3, 0.99), option('B', false, -0.1, 0.01)] })
    expect(flags[0]).toMatchObject({ code: 'distractor', title: 'Pengecoh B tidak bekerja' })
  })
  it('come gravest first and sort the table', () => {
    const rows = [
      { code: 'X-1', drift: null, flags: [], statistics: sound },
      { code: 'X-2', drift: 0.9, flags: flagsOf(sound, 0.9), statistics: { ...sound, p: 0.2 } },
      { code: 'X-3', drift: null, flags: flagsOf({ ...sound, rItemRest: -0.2 }), statistics: { ...sound, rItemRest: -0.2 } },
    ]
    expect(sortItems(rows, 'tanda').map((r) => r.code)).toEqual(['X-3', 'X-2', 'X-1'])
    expect(sortItems(rows, 'kesukaran')[0]!.code).toBe('X-2')
    expect(sortItems(rows, 'daya')[0]!.code).toBe('X-3')
    expect(sortItems(rows, 'kode').map((r) => r.code)).toEqual(['X-1', 'X-2', 'X-3'])
  })
})

describe('the calibration before', () => {
  const made = (name: string, until: string, more = {}) => ({
    name,
    instrumentId: 'MTK',
    state: 'done' as const,
    converged: true,
    linked: false,
    dataUntil: new Date(until),
    createdAt: new Date('2026-05-01'),
    settings: settingsFor('4', 800),
    ...more,
  })
  const october = made('October', '2025-10-18')
  const december = made('December', '2025-12-06')
  const april = made('April', '2026-04-18')
  it('is the one with the newest data before its own, whenever it was computed, and never a later one', () => {
    const all = [made('October again', '2025-10-18', { createdAt: new Date('2026-06-01') }), april, december, october]
    expect(earlier(april, all)?.name).toBe('December')
    expect(earlier(december, all)?.name).toBe('October again')
    expect(earlier(october, all)).toBeNull()
  })
  it('is on the same scale: no other instrument or model, no record that failed or was made by a link', () => {
    const others = [
      made('other', '2025-11-01', { instrumentId: 'BIN' }),
      made('slopes', '2025-11-01', { settings: settingsFor('1', 2000) }),
      made('failed', '2025-11-01', { state: 'failed' as const }),
      made('astray', '2025-11-01', { converged: false }),
      made('linked', '2025-11-01', { linked: true }),
    ]
    expect(earlier(april, [...others, october])?.name).toBe('October')
    expect(earlier(made('linked', '2026-04-18', { linked: true }), [october])).toBeNull()
  })
})

describe('an analysis', () => {
  const thetas = abilities(800, 5)
  const items = someItems(12, 'rasch').map((i, j) => (j === 3 ? { ...i } : i))
  const data = simulate(items, thetas, 6)
  const input: AnalysisInput = {
    items: items.map((i) => ({ id: i.id, options: ['A', 'B'], key: 'A' })),
    data,
    forms: [{ id: 'form', label: 'A', items: items.map((i) => i.id) }],
    formOf: thetas.map(() => 'form'),
    choices: data.cells.map((x) => (x === 1 ? 0 : 1)),
    comparisons: [{ key: 'Kelompok', reference: 'x', focal: 'y', of: thetas.map((_, i) => (i % 2 ? 'x' : 'y')) }],
    settings: settingsFor('4', 800),
  }
  it('describes every item and the test, tells its progress, and finds the simulated truth again', () => {
    const stages: string[] = []
    const found = analyseInstrument(input, (stage) => stages.push(stage) > 0)
    if (!found.ok) throw new Error(found.problem.detail)
    expect(Object.keys(found.value.items)).toHaveLength(12)
    expect(new Set(stages.map((s) => s.split(':')[0])).size).toBe(5)
    expect(found.value.items['i01']!.dif[0]).toMatchObject({ comparison: 'Kelompok', weight: 'decide' })
    expect(found.value.items['i01']!.observed).toHaveLength(10)
    expect(JSON.stringify(found.value)).not.toContain('null,null,null,null')
    const measured = measureRows(data, found.value.calibration.items, { thetaCut: 0, sigma: 1 })
    const report = recovery(measured.map((m, i) => ({ theta: m!.theta, se: m!.se, truth: thetas[i]! })))!
    expect(report.correlation).toBeGreaterThan(0.8)
    expect(report.coverage).toBeGreaterThan(0.74)
    expect(report.rmse / report.expected).toBeCloseTo(1, 0)
  })
  it('stops when told to', () => {
    expect(analyseInstrument(input, (stage) => !stage.startsWith('Membandingkan'))).toMatchObject({
      ok: false,
      problem: { code: 'cancelled' },
    })
  })
})
