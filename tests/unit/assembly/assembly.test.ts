import { describe, expect, it } from 'vitest'
import type { Candidate, Spec } from '@/lib/assembly/linear-program'
import { assemble } from '@/lib/assembly/solver'
import { shortages } from '@/lib/assembly/stock'
import { itemPool, wholeSpec } from '../../load/item-pool'

const bare = (forms: number, length: number): Spec => ({
  ...wholeSpec(forms, length),
  rows: [],
  seconds: null,
  words: null,
  anchors: 0,
  enemies: [],
})
const plain = (pool: Candidate[]) => pool.map((c) => ({ ...c, key: null, family: null, stimulus: null, anchor: false }))
const covers = (row: Spec['rows'][number], c: Candidate) =>
  (!row.node || c.node === row.node) &&
  (!row.domain || c.domain === row.domain) &&
  (!row.level || c.level === row.level) &&
  (!row.type || c.type === row.type)

describe('Assembling parallel forms', () => {
  it('finds as good a pair of forms as trying every one', async () => {
    const pool = plain(itemPool(8, 5))
    const spec = { ...bare(2, 3), points: [-0.5, 0, 0.5] }
    const worst = (items: Candidate[]) => Math.min(...[0, 1, 2].map((p) => items.reduce((s, c) => s + c.information![p]!, 0)))
    const triples = pool.flatMap((a, i) => pool.slice(i + 1).flatMap((b, j) => pool.slice(i + j + 2).map((c) => [a, b, c])))
    const best = Math.max(
      ...triples.flatMap((f) => triples.filter((g) => !g.some((c) => f.includes(c))).map((g) => Math.min(worst(f), worst(g)))),
    )
    const found = await assemble(pool, spec)
    expect(found.ok && found.objective).toBeGreaterThanOrEqual(best * 0.99)
    expect(found.ok && Math.min(...found.forms.map(worst))).toBeCloseTo(found.ok ? found.objective : NaN, 4)
  })

  it('keeps every requirement of a whole blueprint at once', async () => {
    const pool = itemPool(160, 3)
    const spec = wholeSpec(3, 24)
    const found = await assemble(pool, spec)
    expect(found).toMatchObject({ ok: true })
    if (!found.ok) return
    for (const form of found.forms) {
      expect(form).toHaveLength(24)
      for (const row of spec.rows) expect(form.filter((c) => covers(row, c)).length).toBeGreaterThanOrEqual(row.count)
      expect(form.reduce((s, c) => s + c.seconds, 0)).toBeLessThanOrEqual(spec.seconds!)
      expect(form.reduce((s, c) => s + c.words, 0)).toBeLessThanOrEqual(spec.words!)
      const keyed = form.filter((c) => c.key)
      for (const letter of 'ABCD') {
        const share = keyed.filter((c) => c.key === letter).length / keyed.length
        expect(share).toBeGreaterThanOrEqual(0.12)
        expect(share).toBeLessThanOrEqual(0.4)
      }
      const families = form.flatMap((c) => c.family ?? [])
      expect(new Set(families).size).toBe(families.length)
      for (const [a, b] of spec.enemies) expect(form.some((c) => c.id === a) && form.some((c) => c.id === b)).toBe(false)
      const texts = form.flatMap((c) => c.stimulus ?? [])
      for (const s of new Set(texts)) expect(texts.filter((t) => t === s).length).toBeGreaterThanOrEqual(2)
    }
    const anchors = found.forms.map((f) => f.filter((c) => c.anchor).map((c) => c.id))
    expect(anchors[0]).toHaveLength(spec.anchors)
    expect(anchors[1]).toEqual(anchors[0])
    const others = found.forms.flatMap((f) => f.filter((c) => !c.anchor).map((c) => c.id))
    expect(new Set(others).size).toBe(others.length)
  })

  it('lets forms share no more than was allowed where the bank is small', async () => {
    const pool = plain(itemPool(20, 9))
    const found = await assemble(pool, { ...bare(2, 12), most: 2, overlap: 5 })
    expect(found.ok && found.forms[0]!.filter((c) => found.forms[1]!.some((d) => d.id === c.id)).length).toBeLessThanOrEqual(5)
  })

  it('before calibration makes forms alike in difficulty', async () => {
    const pool = plain(itemPool(40, 2)).map((c) => ({ ...c, information: null }))
    const found = await assemble(pool, bare(3, 10))
    const ease = found.ok ? found.forms.map((f) => f.reduce((s, c) => s + c.easiness, 0)) : []
    expect(Math.max(...ease) - Math.min(...ease)).toBeLessThan(0.1)
  })

  it('names the row of the blueprint that the bank cannot fill', () => {
    const pool = itemPool(60, 1)
    const spec = { ...bare(2, 10), rows: [{ number: 7, domain: 'D1', level: 'L1', count: 3 }] }
    const have = pool.filter((c) => c.domain === 'D1' && c.level === 'L1').length
    expect(have).toBeLessThan(6)
    expect(shortages(pool, spec)).toContain(`Baris 7 kisi-kisi hanya punya ${have} butir siap, butuh 6.`)
  })

  it('names what cannot be met together though each alone could', async () => {
    const pool = plain(itemPool(40, 4))
    const found = await assemble(pool, { ...bare(1, 10), seconds: 500 })
    expect(found).toEqual({ ok: false, reasons: ['Syarat ini tidak dapat dipenuhi bersama yang lain: batas waktu formulir.'] })
  })
})
