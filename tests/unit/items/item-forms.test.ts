import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { fieldsOf } from '@/components/workshop/fields'
import { readMultiple, readSingle, writeChoice } from '@/components/workshop/fields/choice-lines'
import { readGaps, writeGaps } from '@/components/workshop/fields/gap-lines'
import { readPairs, writePairs } from '@/components/workshop/fields/pair-lines'
import { readPicture } from '@/components/workshop/fields/picture-lines'
import { readRubric, writeRubric } from '@/components/workshop/fields/rubric-lines'
import { BankFile } from '@/lib/items/bank'
import { BankItem, compileItem } from '@/lib/items/bank-item'
import { itemFields } from '@/lib/items/decompile'
import { fromLines, toLines } from '@/lib/items/lines'
import { itemTypes, type ItemType } from '@/lib/items/model'
import { samples } from './samples'

/** The form of an item says the same as its lines: what one writes the other reads, for every type and whatever signs a text holds. */
const media = (name: string) => name

function linesOf(item: BankItem): { type: ItemType; stem: string; lines: string } | null {
  const { content, scoring } = compileItem(item, media)
  const { code, indicator, domain, level, rationale } = item
  const fields = itemFields(content, scoring, media)
  const lines = toLines(BankItem.parse({ code, indicator, domain, level, rationale, ...fields }))
  return lines === null ? null : { type: item.type, stem: fields.stem, lines }
}
const about = { code: 'X', indicator: '4.1.1', domain: 'X', level: 'L1', rationale: 'Karena begitu.' }
const compiled = (type: ItemType, stem: string, lines: string) =>
  compileItem(BankItem.parse({ ...about, type, stem, ...fromLines(type, lines) }), media)

const bank = readdirSync('prisma/bank')
  .filter((f) => f.endsWith('.yaml'))
  .flatMap((file) => BankFile.parse(parse(readFileSync(`prisma/bank/${file}`, 'utf8'))).items)

function comesBack(items: readonly BankItem[]): Set<ItemType> {
  const met = new Set<ItemType>()
  for (const item of items) {
    const written = linesOf(item)
    if (!written) continue
    const { type, stem, lines } = written
    met.add(type)
    const again = fieldsOf[type].again(lines)
    expect(again, `${item.code} can be shown by its form`).not.toBeNull()
    expect(compiled(type, stem, again!), item.code).toEqual(compiled(type, stem, lines))
    expect(fieldsOf[type].lack(lines, stem), `${item.code} lacks nothing`).toBeNull()
  }
  return met
}

describe('an item as a form', () => {
  it('comes back from its form to the same item, for every sample of every type', () => {
    expect(comesBack(samples)).toEqual(new Set(itemTypes))
  })
  it('comes back for every item of the bank', () => {
    expect(comesBack(bank).size).toBeGreaterThan(0)
  })
  it('begins empty for every type, says what is missing and where, and is no item yet', () => {
    for (const type of itemTypes) {
      const { again, lack } = fieldsOf[type]
      expect(again(''), type).not.toBeNull()
      expect(lack('', 'Sebuah soal.')?.words, type).toMatch(/\.$/)
      expect(lack('', 'Sebuah soal.')?.at, type).toBeTruthy()
      expect(() => compiled(type, 'Sebuah soal.', again('')!), type).toThrow()
    }
  })
  it('does not pretend to show what it cannot', () => {
    expect(fieldsOf.single.again('* satu\n* dua')).toBeNull()
    expect(fieldsOf.numeric.again('3\nlima')).toBeNull()
    expect(fieldsOf.hotspot.again('sel.svg | 400 x 300 | Sel.\nA | lingkaran 1,2 | tanpa jari-jari')).toBeNull()
    expect(fieldsOf.slider.again('0 .. 10 langkah 1\n3\n4')).toBeNull()
  })
})

/** Texts as teachers of mathematics and of programming write them: every sign that means something in a line or in item text. */
const text = fc
  .array(fc.constantFrom('*', '**', '|', '| ', '=>', '/', ':', '$x$', ' ', 'a', 'b', '50%', '-', '±', '!', '[', ']', 'B', 'S'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join('').replace(/\s+/g, ' ').trim())
  .filter((t) => t !== '')

describe('what a writer types into a form', () => {
  const options = fc.array(fc.record({ text, key: fc.boolean() }), { minLength: 2, maxLength: 6 })
  it('is read again as it was typed, whatever signs an option begins with', () => {
    fc.assert(
      fc.property(options, fc.boolean(), (rows, all) => {
        expect(readMultiple(writeChoice({ rows, all }))).toEqual({ rows, all })
        const one = rows.map((r, i) => ({ ...r, key: i === 0 }))
        expect(readSingle(writeChoice({ rows: one, all: false }))).toEqual({ rows: one, all: false })
        const read = fromLines('single', writeChoice({ rows: one, all: false })) as { options: Record<string, string>; key: string }
        expect([Object.values(read.options), read.key]).toEqual([one.map((r) => r.text), 'A'])
      }),
    )
  })
  it('keeps an option in italics from becoming a key', () => {
    const rows = [
      { text: '*Homo sapiens*', key: false },
      { text: '*Pan paniscus*', key: true },
    ]
    expect(compiled('single', 'Apa nama ilmiah bonobo?', writeChoice({ rows, all: false }))).toMatchObject({
      content: { options: [{ body: [{ t: 'i' }] }, { body: [{ t: 'i' }] }] },
      scoring: { key: 'B' },
    })
  })
  it('keeps pairs together, arrows of programs among them', () => {
    const pair = fc.record({ left: text, right: text })
    fc.assert(
      fc.property(fc.array(pair, { minLength: 2, maxLength: 5 }), fc.array(text, { maxLength: 2 }), (pairs, extra) => {
        expect(readPairs(writePairs({ pairs, extra }))).toEqual({ pairs, extra })
        const read = fromLines('matching', writePairs({ pairs, extra })) as {
          premises: string[]
          choices: Record<string, string>
          pairs: string[]
        }
        expect(read.premises.map((left, i) => ({ left, right: read.choices[read.pairs[i]!] }))).toEqual(pairs)
      }),
    )
  })
  it('keeps criteria and levels, colons and slashes among them', () => {
    const criterion = fc.record({ title: text, levels: fc.array(text, { minLength: 2, maxLength: 4 }) })
    fc.assert(
      fc.property(fc.array(criterion, { minLength: 1, maxLength: 4 }), (criteria) => {
        const lines = writeRubric({ criteria, words: '150' })
        expect(readRubric(lines)).toEqual({ criteria, words: '150' })
        expect(fromLines('extended', lines)).toEqual({ rubric: criteria, words: 150 })
      }),
    )
  })
  it('keeps the choices of a gap', () => {
    fc.assert(
      fc.property(options, (choices) => {
        const one = choices.map((c, i) => ({ ...c, key: i === 1 }))
        const lines = writeGaps({ gaps: [{ ...readGaps('')!.gaps[0]!, kind: 'pilihan', choices: one }], all: false, once: true })
        expect(readGaps(lines)!.gaps[0]!.choices).toEqual(one)
        const { gaps } = fromLines('cloze', lines) as { gaps: { options: Record<string, string>; key: string }[] }
        expect([Object.values(gaps[0]!.options), gaps[0]!.key]).toEqual([one.map((c) => c.text), 'B'])
      }),
    )
  })
  it('keeps rows that wait for their text, and places on a picture that is not described yet', () => {
    const rows = ['satu', '', 'tiga', ''].map((t, i) => ({ text: t, key: i === 2 }))
    expect(readSingle(writeChoice({ rows, all: false }))!.rows).toEqual(rows)
    const half = 'abc.webp | 400 x 300 | \n*A | kotak 1,2,30,40 | inti\npaling banyak 0'
    expect(readPicture(half)).toMatchObject({ alt: '', keys: ['A'], most: '', spots: [{ at: [1, 2, 30, 40], label: 'inti' }] })
  })
})
