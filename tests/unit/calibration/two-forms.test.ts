import { describe, expect, it } from 'vitest'
import { MISSING } from '@/lib/psychometrics/responses'
import { analyseInstrument, type AnalysisInput, type InstrumentAnalysis } from '@/lib/calibration/analyse-instrument'
import { settingsFor } from '@/lib/calibration/measurement-rule'
import { abilities, simulate, someItems } from '../psychometrics/simulate'

/** Two forms of twelve items with six anchors between them: i01–i06 only in A, i07–i12 in both, i13–i18 only in B. */
const items = someItems(18, 'rasch')
const ids = items.map((i) => i.id)
const held = { A: ids.slice(0, 12), B: ids.slice(6) }

/** 1,600 persons in the two forms; `unfair` items are a logit harder for the focal group. */
function world(unfair: string[], focal: (i: number) => boolean = (i) => i % 4 < 2): AnalysisInput {
  const thetas = abilities(1600, 11)
  const formOf = thetas.map((_, i) => (i % 2 ? 'B' : 'A'))
  const harder = items.map((i) => (unfair.includes(i.id) ? { ...i, d: [i.d[0]! - 1] } : i))
  const [usual, hard] = [simulate(items, thetas, 12), simulate(harder, thetas, 12)]
  const cells = usual.cells.map((x, at) => {
    const [i, j] = [Math.floor(at / items.length), at % items.length]
    if (!held[formOf[i] as 'A' | 'B'].includes(ids[j]!)) return MISSING
    return focal(i) ? hard.cells[at]! : x
  })
  return {
    items: items.map((i) => ({ id: i.id, options: ['A', 'B'], key: 'A' })),
    data: { ...usual, cells },
    forms: Object.entries(held).map(([id, list]) => ({ id, label: id, items: list })),
    formOf,
    choices: cells.map((x) => (x === MISSING ? -1 : 1 - x)),
    comparisons: [{ key: 'Kelompok', reference: 'x', focal: 'y', of: thetas.map((_, i) => (focal(i) ? 'y' : 'x')) }],
    settings: settingsFor('4', 1600),
  }
}

function analysed(input: AnalysisInput): InstrumentAnalysis {
  const found = analyseInstrument(input, () => true)
  if (!found.ok) throw new Error(found.problem.detail)
  return found.value
}

describe('a cycle that used two forms', () => {
  const { items: found, summary } = analysed(world(['i03', 'i09']))

  it('has every item compared between groups: the unfair ones are named, an anchor with the people of both forms', () => {
    expect(ids.every((id) => found[id]!.dif.length === 1 && found[id]!.untested.length === 0)).toBe(true)
    expect(ids.filter((id) => found[id]!.dif[0]!.class === 'C')).toEqual(['i03', 'i09'])
    expect(found['i03']!.dif[0]!.n).toEqual({ reference: 400, focal: 400 })
    expect(found['i09']!.dif[0]!.n).toEqual({ reference: 800, focal: 800 })
    for (const id of ['i03', 'i09']) {
      const { delta, low, high } = found[id]!.dif[0]!
      expect(delta).toBeLessThan(-1.5)
      expect(low).toBeLessThan(-2.35)
      expect(high).toBeGreaterThan(-2.35)
    }
  })

  it('has the fit of every item tested, and sound items fit', () => {
    const tested = ids.filter((id) => found[id]!.sx2)
    expect(tested).toEqual(ids)
    const fair = analysed(world([])).items
    expect(ids.filter((id) => fair[id]!.sx2!.p < 0.05).length).toBeLessThanOrEqual(3)
  })

  it('has reliability for each form, never for a test that nobody sat', () => {
    expect(summary.forms.map((f) => [f.label, f.n, f.items, f.highest])).toEqual([
      ['A', 800, 12, 12],
      ['B', 800, 12, 12],
    ])
    const alone = analysed(oneForm(world([]), 'A')).summary.forms[0]!
    const together = analysed(world([])).summary.forms[0]!
    expect(together.alpha).toBeCloseTo(alone.alpha!, 12)
    expect(together.omega).toBeCloseTo(alone.omega!, 12)
    expect(together.mean).toBeCloseTo(alone.mean!, 12)
  })

  it('has item figures from the forms in which the item stood, an anchor’s weighted by their persons', () => {
    const whole = world([])
    const both = analysed(whole).items
    const [a, b] = [analysed(oneForm(whole, 'A')).items, analysed(oneForm(whole, 'B')).items]
    expect(both['i01']).toMatchObject({ n: 800, p: a['i01']!.p, rItemRest: a['i01']!.rItemRest })
    expect(both['i01']!.distractors).toEqual(a['i01']!.distractors)
    expect(both['i08']!.n).toBe(1600)
    expect(both['i08']!.rItemRest).toBeCloseTo((a['i08']!.rItemRest! + b['i08']!.rItemRest!) / 2, 12)
    expect(both['i08']!.p).toBeCloseTo((a['i08']!.p + b['i08']!.p) / 2, 12)
    // Who never met an item did not leave it empty.
    for (const id of ids) expect(both[id]!.choicesByGroup.find((c) => c.option === null)!.shares.every((s) => s === 0)).toBe(true)
  })

  it('says of an item that cannot be compared that it cannot, and why', () => {
    const few = analysed(world([], (i) => i % 2 === 1 && i % 20 === 1)).items
    for (const id of ids) {
      expect(few[id]!.dif).toEqual([])
      expect(few[id]!.untested).toHaveLength(1)
    }
    expect(few['i01']!.untested[0]).toEqual({
      comparison: { key: 'Kelompok', reference: 'x', focal: 'y' },
      reason: 'few',
      n: { reference: 800, focal: 0 },
    })
    expect(few['i13']!.untested[0]!.n).toEqual({ reference: 720, focal: 80 })
    // Groups that nobody is known to belong to are not people who did not come to the end.
    const asked = world([])
    const unknown = analysed({ ...asked, comparisons: asked.comparisons.map((c) => ({ ...c, of: c.of.map(() => null) })) }).items
    for (const id of ids)
      expect(unknown[id]!.untested.map((u) => [u.reason, u.n])).toEqual([['unknown-groups', { reference: 0, focal: 0 }]])
  })
})

/** Only the persons and items of one form. */
function oneForm(input: AnalysisInput, form: 'A' | 'B'): AnalysisInput {
  const rows = [...input.formOf.keys()].filter((i) => input.formOf[i] === form)
  const at = held[form].map((id) => ids.indexOf(id))
  const pick = (from: Int8Array) => Int8Array.from(rows.flatMap((i) => at.map((j) => from[i * ids.length + j]!)))
  return {
    ...input,
    items: at.map((j) => input.items[j]!),
    data: { ids: held[form], persons: rows.length, items: at.length, cells: pick(input.data.cells), categories: at.map(() => 2) },
    choices: pick(input.choices),
    forms: input.forms.filter((f) => f.id === form),
    formOf: rows.map(() => form),
    comparisons: input.comparisons.map((c) => ({ ...c, of: rows.map((i) => c.of[i]!) })),
  }
}
