import loadHighs from 'highs'
import { describe, expect, it } from 'vitest'
import { modelOf, type Candidate, type Spec } from '@/lib/assembly/linear-program'
import { assemble } from '@/lib/assembly/solver'
import { carried, carriedByRow } from '@/lib/assembly/stock'
import { itemPool, wholeSpec } from '../../load/item-pool'

const plain = (pool: Candidate[]) => pool.map((c) => ({ ...c, key: null, family: null as string | null, stimulus: null, anchor: false }))
const asked = (forms: number, length: number, rows: Spec['rows'], enemies: Spec['enemies'] = []): Spec => ({
  ...wholeSpec(forms, length),
  rows,
  seconds: null,
  words: null,
  anchors: 0,
  enemies,
})
/** Whether the solver finds these forms, asked past every check that comes before it. */
async function solvable(pool: Candidate[], spec: Spec): Promise<boolean> {
  const highs = await loadHighs()
  return highs.solve(modelOf(pool, spec).lp, { mip_rel_gap: 1, output_flag: false }).Status === 'Optimal'
}
const everything = (count: number) => ({ number: 1, count })

describe('What a bank can carry', () => {
  it('counts a family once a form, as the solver does: twelve items of three families are no form of five', async () => {
    const pool = plain(itemPool(12, 3)).map((c, i) => ({ ...c, family: `F${i % 3}` }))
    const row = everything(5)
    expect(carriedByRow(pool, row, [])).toEqual({ ready: 12, together: 3, forms: 0 })
    const found = await assemble(pool, asked(1, 5, [row]))
    expect(found).toMatchObject({ ok: false })
    expect(found.ok ? '' : found.reasons[0]).toBe(
      'Baris 1 kisi-kisi punya 12 butir siap, tetapi sebagian sekeluarga atau bermusuhan: dari 5 tempat yang diminta di 1 formulir, paling banyak 3 terisi.',
    )
    // Three of them together, and the families last for four forms.
    expect(carriedByRow(pool, everything(3), [])).toMatchObject({ forms: 4 })
    expect(await assemble(pool, asked(4, 3, [everything(3)]))).toMatchObject({ ok: true })
  })

  it('counts items that exclude each other once a form', async () => {
    const pool = plain(itemPool(6, 3))
    const enemies = pool.slice(0, 4).flatMap((a, i) => pool.slice(i + 1, 4).map((b): [string, string] => [a.id, b.id]))
    expect(carriedByRow(pool, everything(4), enemies)).toEqual({ ready: 6, together: 3, forms: 0 })
    expect(await assemble(pool, asked(1, 4, [], enemies))).toMatchObject({ ok: false })
    expect(await assemble(pool, asked(1, 3, [], enemies))).toMatchObject({ ok: true })
  })

  it('says that rows without a common item ask for more than a form holds', async () => {
    const pool = plain(itemPool(40, 6)).map((c, i) => ({ ...c, domain: i % 2 ? 'A' : 'B' }))
    const rows = ['A', 'B'].map((domain, i) => ({ number: i + 1, domain, count: 6 }))
    expect(carried(pool, { length: 10, rows }, [])).toEqual({
      forms: 0,
      lacks: ['Baris 1, 2 meminta 12 butir berlainan, formulir hanya memuat 10.'],
    })
    expect(carried(pool, { length: 12, rows }, [])).toMatchObject({ forms: 3 })
  })

  it('never denies what the solver finds, and where families alone decide promises no form that it cannot find', async () => {
    let tight = 0
    for (const seed of [1, 2, 3]) {
      const pool = itemPool(30, seed).map((c, i) => ({
        ...c,
        key: null,
        stimulus: null,
        anchor: false,
        family: i % 3 ? null : `F${i % 4}`,
      }))
      const rows = [{ number: 1, level: 'L2', count: 4 }]
      const enemies: Spec['enemies'] = pool.slice(1, 7).map((c): [string, string] => [pool[0]!.id, c.id])
      const { forms } = carried(pool, { length: 7, rows }, enemies)
      expect(await solvable(pool, asked(forms + 1, 7, rows, enemies)), `seed ${seed}`).toBe(false)
      if (await solvable(pool, asked(forms, 7, rows, enemies))) tight++
      const one = { number: 1, level: 'L2', count: 3 }
      const own = pool.filter((c) => c.level === 'L2')
      const most = carriedByRow(own, one, []).forms
      expect(await solvable(own, asked(most, 3, [one])), `seed ${seed}`).toBe(true)
    }
    expect(tight).toBeGreaterThan(1)
  })
})
