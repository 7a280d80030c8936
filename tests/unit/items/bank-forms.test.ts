import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { compileBank, type CompiledInstrument } from '@/lib/items/bank'

/** The parallel forms of the bank: long enough, alike, linked by two swapped anchor sets. */

const dir = join('prisma', 'bank')
const bank: CompiledInstrument[] = readdirSync(dir)
  .filter((f) => f.endsWith('.yaml'))
  .map((f) => compileBank(parse(readFileSync(join(dir, f), 'utf8')), (name) => name))
const knowledge = bank.filter((b) => b.competency === '4' || b.competency === '1')
const form = (b: CompiledInstrument, label: string) => b.forms.find((f) => f.label === label)!.items
const both = (a: readonly string[], b: readonly string[]) => a.filter((c) => b.includes(c))

/** How many items of a form have each value. */
function counts(b: CompiledInstrument, items: readonly string[], of: 'indicator' | 'domain'): Map<string, number> {
  const out = new Map<string, number>()
  for (const code of items) {
    const value = b.items.find((i) => i.code === code)![of]
    out.set(value, (out.get(value) ?? 0) + 1)
  }
  return out
}

describe('the forms of a knowledge test', () => {
  it('have at least twenty items, and all four have as many', () => {
    expect(knowledge).toHaveLength(15)
    for (const b of knowledge) {
      const sizes = ['A', 'B', 'C', 'D'].map((l) => form(b, l).length)
      expect([b.code, Math.min(...sizes) >= 20, new Set(sizes).size]).toEqual([b.code, true, 1])
    }
  })
  it('show nobody an item twice, and share two swapped anchor sets of at least eight between a measurement and its repetition', () => {
    for (const b of knowledge) {
      const [a, bb, c, d] = ['A', 'B', 'C', 'D'].map((l) => form(b, l)) as [string[], string[], string[], string[]]
      expect([b.code, both(a, c), both(bb, d)]).toEqual([b.code, [], []])
      expect([b.code, both(bb, c).length >= 8, both(a, d).length >= 8]).toEqual([b.code, true, true])
      // What B lost to the swap is what D holds of A: every item is seen in both orders.
      expect(new Set([...a, ...c])).toEqual(new Set([...bb, ...d]))
    }
  })
  it('are tied within one measurement too: the forms of the same day share at least ten items', () => {
    for (const b of knowledge)
      expect([b.code, both(form(b, 'A'), form(b, 'B')).length >= 10, both(form(b, 'C'), form(b, 'D')).length >= 10]).toEqual([
        b.code,
        true,
        true,
      ])
  })
  it('ask the same blueprint: of every sub-indicator and domain two forms differ by one item at most', () => {
    for (const b of bank.filter((x) => x.competency === '4'))
      for (const of of ['indicator', 'domain'] as const) {
        const all = ['A', 'B', 'C', 'D'].map((l) => counts(b, form(b, l), of))
        for (const value of new Set(all.flatMap((m) => [...m.keys()]))) {
          const n = all.map((m) => m.get(value) ?? 0)
          expect([b.code, value, Math.max(...n) - Math.min(...n) <= 1]).toEqual([b.code, value, true])
        }
      }
  })
  it('keep items of one text together, side by side', () => {
    for (const b of bank.filter((x) => x.competency === '4'))
      for (const { label, items } of b.forms) {
        const texts = items.map((c) => b.items.find((i) => i.code === c)!.stimulus)
        for (const text of new Set(texts.filter(Boolean))) {
          const places = texts.flatMap((t, i) => (t === text ? [i] : []))
          expect([b.code, label, text, places.at(-1)! - places[0]! === places.length - 1]).toEqual([b.code, label, text, true])
        }
      }
  })
  it('use every item of a subject that is not for practice', () => {
    for (const b of bank.filter((x) => x.competency === '4')) {
      const placed = new Set(b.forms.flatMap((f) => f.items))
      expect([b.code, b.items.filter((i) => !placed.has(i.code)).map((i) => i.code)]).toEqual([b.code, []])
    }
  })
})

describe('a family of items', () => {
  const file = (more: object) => () =>
    compileBank(
      {
        instrument: { code: 'X', title: 'Contoh', competency: '4', minutes: 60, domains: [{ code: 'D', title: 'Domain' }] },
        items: ['X-001', 'X-002', 'X-003'].map((code) => ({
          code,
          indicator: '4.1.1',
          domain: 'D',
          level: 'L1',
          type: 'single',
          stem: 'Soal',
          options: { A: 'a', B: 'b', C: 'c' },
          key: 'A',
          rationale: 'Karena demikian',
        })),
        ...more,
      },
      () => 'hash',
    )
  it('stands in different forms: a file with two of one family in one form is refused, and so is an item of two families', () => {
    expect(file({ forms: { A: ['X-001'], B: ['X-002'] }, families: [['X-001', 'X-002']] })().families).toEqual([['X-001', 'X-002']])
    expect(file({ forms: { A: ['X-001', 'X-002'] }, families: [['X-001', 'X-002']] })).toThrow(/formulir A: X-001 dan X-002 sekeluarga/)
    expect(
      file({
        families: [
          ['X-001', 'X-002'],
          ['X-002', 'X-003'],
        ],
      }),
    ).toThrow(/X-002: butir ini berada di dua keluarga/)
    expect(file({ families: [['X-001', 'X-009']] })).toThrow(/keluarga: butir X-009 tidak ada/)
  })
})
