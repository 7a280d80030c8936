import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { BankFile } from '@/lib/items/bank'
import { BankItem, compileItem } from '@/lib/items/bank-item'
import { responseCategory, topCategory } from '@/lib/items/category'
import { itemCues } from '@/lib/items/cues'
import { fromLines, toLines } from '@/lib/items/lines'
import { itemFields } from '@/lib/items/decompile'
import { itemTypes, plainText, ResponseValue, type ItemScoring } from '@/lib/items/model'
import { parseBlocks, parseInline } from '@/lib/items/markup'
import { readNumbers } from '@/lib/items/numbers'
import { scoreResponse } from '@/lib/items/score'
import { writeBlocks } from '@/lib/items/writing'
import { samples, told } from './samples'

const media = (name: string) => name
const compiled = (code: string) =>
  compileItem(
    samples.find((s) => s.code === code)!,
    media,
  )
const score = (code: string, value: ResponseValue) => scoreResponse(compiled(code).scoring, value)

describe('numbers as teachers write them', () => {
  it('reads comma and point, thousands, fractions, powers, signs and units', () => {
    const right: [string, number][] = [
      ['3,5', 3.5],
      ['3.5', 3.5],
      ['1.250', 1250],
      ['1.250', 1.25],
      ['1.250,75', 1250.75],
      ['1,250.75', 1250.75],
      ['12 500', 12500],
      ['−7', -7],
      ['3/4', 0.75],
      ['1,5 × 10^3', 1500],
      ['1.5e-3', 0.0015],
      ['Rp 2.500.000', 2500000],
      ['.5', 0.5],
      ['+4', 4],
    ]
    for (const [text, value] of right) expect(readNumbers(text), text).toContain(value)
    expect(readNumbers('25 cm', ['cm'])).toEqual([25])
    expect(readNumbers('25cm2', ['cm', 'cm2'])).toEqual([25])
    expect(readNumbers('75 %', ['%'])).toEqual([75])
  })
  it('does not make a number of what is none', () => {
    for (const text of ['', 'lima', '1.2.3', '12 kg', '1,2,3', '--3', '1/0', '1.25.0,5']) expect(readNumbers(text), text).toEqual([])
  })
  it('reads every number in the form that Indonesian screens show', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.integer({ min: 0, max: 999 }), (whole, part) => {
        const value = whole + (Math.sign(whole) || 1) * (part / 1000)
        const shown = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 3 }).format(value)
        expect(readNumbers(shown).some((n) => Math.abs(n - value) < 1e-6)).toBe(true)
      }),
    )
  })
})

describe('credit of every item type', () => {
  it('gives a pair its share, and all or nothing where the key says so', () => {
    expect(score('S-11', ['1-A', '2-B', '3-C'])).toBe(1)
    expect(score('S-11', ['1-A', '2-C', '3-B'])).toBeCloseTo(1 / 3)
    expect(score('S-12', ['1-A', '1-B', '2-A', '2-C'])).toBe(1)
    expect(score('S-12', ['1-A', '1-B', '2-A', '2-C', '2-D'])).toBe(0)
    expect(score('S-04', ['A', 'B'])).toBe(1)
    expect(score('S-04', ['A'])).toBe(0)
    expect(score('S-05', ['A', 'B'])).toBe(1)
    expect(score('S-05', ['A', 'C'])).toBeCloseTo(0.5 / 1.5)
  })
  it('takes an order only when it is whole and right, and its codes do not give it away', () => {
    const { content, scoring } = compiled('S-13')
    const { order } = scoring as Extract<ItemScoring, { type: 'ordering' }>
    expect(scoreResponse(scoring, order)).toBe(1)
    expect(scoreResponse(scoring, order.slice(0, 3))).toBe(0)
    expect(scoreResponse(scoring, [...order].reverse())).toBe(0)
    expect(order.join('')).not.toBe([...order].sort().join(''))
    expect(content.type === 'ordering' && content.options.map((o) => o.id)).toEqual([...order].sort())
  })
  it('reads typed words without case and double spaces, unless the key is exact', () => {
    expect(score('S-14', { '1': '  Fotosintesis ' })).toBe(1)
    expect(score('S-14', { '1': 'ASIMILASI' })).toBe(0.5)
    expect(score('S-15', { '1': 'na' })).toBe(0)
    expect(score('S-15', { '1': 'Na' })).toBe(1)
  })
  it('takes numbers within the tolerance, with a unit or without', () => {
    for (const typed of ['1250,5', '1.250,5 cm²', '1251', '1.250']) expect(score('S-16', { '1': typed }), typed).toBe(1)
    for (const typed of ['1252', '1250,5 kg', 'banyak']) expect(score('S-16', { '1': typed }), typed).toBe(0)
    expect(score('S-17', { '1': '3' })).toBe(0.5)
  })
  it('gives each gap of a text its share, and all or nothing where the key says so', () => {
    expect(score('S-18', { '1': '0', '2': '100', '3': 'A' })).toBe(1)
    expect(score('S-18', { '1': '0', '2': '90', '3': 'A' })).toBeCloseTo(2 / 3)
    expect(score('S-19', { '1': 'A', '2': 'A' })).toBe(0)
  })
  it('takes words and places like any set of choices', () => {
    expect(score('S-20', ['A', 'C'])).toBe(1)
    expect(score('S-20', ['A', 'B', 'C'])).toBe(0)
    expect(score('S-21', ['A'])).toBe(1)
    expect(score('S-21', ['B'])).toBe(0)
  })
  it('keeps share and category in the same order for every type and any response', () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.constantFrom('A', 'B', 'X'),
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.constantFrom('A', 'B', 'C', 'D', '1-A', '2-B', '2-A', '3-C'), { maxLength: 6 }),
      fc.dictionary(fc.constantFrom('1', '2', '3'), fc.boolean()),
      fc.dictionary(fc.constantFrom('1', '2', '3'), fc.constantFrom('0', '100', 'A', 'Na', 'fotosintesis', '1250')),
    ) as fc.Arbitrary<ResponseValue>
    for (const s of samples) {
      const { scoring } = compiled(s.code)
      fc.assert(
        fc.property(value, value, (a, b) => {
          const [x, y] = [scoreResponse(scoring, a), scoreResponse(scoring, b)]
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x).toBeLessThanOrEqual(1)
          if (x <= y) expect(responseCategory(scoring, a)).toBeLessThanOrEqual(responseCategory(scoring, b))
          expect(responseCategory(scoring, a)).toBeLessThanOrEqual(topCategory(scoring))
        }),
        { numRuns: 40 },
      )
    }
  })
  it('lets no response in that a database cannot hold, and every one that the types give', () => {
    for (const bad of [{ '1': 'a\u0000' }, { '1': '\ud800' }, 'A\u0000', ['x'.repeat(13)]])
      expect(ResponseValue.safeParse(bad).success).toBe(false)
    for (const good of [['1-A'], { '1': '1.250,5 cm² – √2 😀' }, { text: 'a'.repeat(8000) }])
      expect(ResponseValue.safeParse(good).success).toBe(true)
  })
})

describe('an item and its writing', () => {
  it('comes back from its trees to the same trees, for every type', () => {
    expect(new Set(samples.map((s) => s.type))).toEqual(new Set(itemTypes))
    for (const s of samples) {
      const once = compileItem(BankItem.parse(s), media)
      const fields = itemFields(once.content, once.scoring, media)
      const { code, indicator, domain, level, rationale } = s
      const again = compileItem(BankItem.parse({ code, indicator, domain, level, rationale, ...fields }), media)
      expect(again, s.code).toEqual(once)
    }
  })
  it('comes back for every item of the bank', () => {
    for (const file of readdirSync('prisma/bank').filter((f) => f.endsWith('.yaml'))) {
      const bank = BankFile.parse(parse(readFileSync(`prisma/bank/${file}`, 'utf8')))
      for (const item of bank.items) {
        const once = compileItem(item, media)
        const { code, indicator, domain, level, rationale } = item
        const fields = itemFields(once.content, once.scoring, media)
        expect(compileItem(BankItem.parse({ code, indicator, domain, level, rationale, ...fields }), media), item.code).toEqual(once)
      }
    }
  })
  it('keeps any plain text whatever signs it has', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab $*`~^[]|!\\-(){}<@1'), minLength: 1, maxLength: 30 }), (raw) => {
        const v = raw.replace(/\s+/g, ' ').trim()
        fc.pre(v !== '')
        const block = [{ t: 'p' as const, c: [{ t: 'text' as const, v }] }]
        expect(parseBlocks(writeBlocks(block, media), media)).toEqual(block)
      }),
      { numRuns: 500 },
    )
  })
  it('keeps a formula that came as MathML, without what does not belong in one', () => {
    const [n] = parseInline('<math onclick="x()"><mi href="javascript:1">x</mi><script>1</script><mo>+</mo><mn>2</mn></math>')
    expect(n).toMatchObject({ t: 'math', tex: '', mathml: '<math><mi>x</mi><mo>+</mo><mn>2</mn></math>' })
    expect(plainText([n!])).toBe('x + 2')
    expect(() => parseInline('<math><mi>x</math>')).toThrow(/MathML/)
  })
})

describe('an item as the lines of the editor', () => {
  it('comes back to the same key and choices, for every type; what lines cannot say is not offered', () => {
    for (const s of samples) {
      const once = compileItem(s, media)
      const fields = itemFields(once.content, once.scoring, media)
      const { code, indicator, domain, level, rationale } = s
      const lines = toLines(BankItem.parse({ code, indicator, domain, level, rationale, ...fields }))
      if (lines === null) {
        expect(told.find((x) => x.item === s)!.left?.lines, s.code).toBe(true)
        continue
      }
      const again = compileItem(
        BankItem.parse({ code, indicator, domain, level, rationale, type: s.type, stem: fields.stem, ...fromLines(s.type, lines) }),
        media,
      )
      if (s.type === 'matching') {
        // Letters of matching choices are made anew; the pairs are the same.
        const words = (c: typeof again) =>
          c.content.type === 'matching' && c.scoring.type === 'matching'
            ? c.scoring.keys.map((k) =>
                plainText(c.content.type === 'matching' ? c.content.choices.find((x) => x.id === k.split('-')[1])!.body : []),
              )
            : []
        expect(words(again)).toEqual(words(once))
      } else expect(again, s.code).toEqual(once)
    }
  })
  it('says in words what a line lacks', () => {
    const said = (type: Parameters<typeof fromLines>[0], text: string) => {
      try {
        fromLines(type, text)
        return ''
      } catch (error) {
        return (error as Error).message
      }
    }
    expect(said('single', 'satu\ndua')).toContain('Beri tanda *')
    expect(said('single', '* satu\n* dua')).toContain('Dua opsi ditandai benar')
    expect(said('truefalse', 'air panas')).toContain('B | atau S |')
    expect(said('numeric', 'lima')).toContain('bukan angka')
    expect(said('matching', 'a - b')).toContain('=>')
    expect(said('extended', 'Konsep: salah')).toContain('dua tingkat')
  })
})

describe('what a reader would tell the writer', () => {
  const single = (options: Record<string, string>, key: string, stem = 'Pilih yang tepat.') =>
    compileItem(
      BankItem.parse({ code: 'X', indicator: '4.1.1', domain: 'X', level: 'L1', rationale: 'x', type: 'single', stem, options, key }),
      media,
    )
  it('finds the key that is far longer, the option that says all, a doubled option and a word that gives away', () => {
    const cues = (options: Record<string, string>, key: string, stem?: string) => {
      const { content, scoring } = single(options, key, stem)
      return itemCues(content, scoring).join(' ')
    }
    expect(cues({ A: 'satu', B: 'dua', C: 'jawaban yang sangat panjang dan lengkap sekali' }, 'C')).toContain('jauh lebih panjang')
    expect(cues({ A: 'satu', B: 'dua', C: 'semua jawaban benar' }, 'A')).toContain('semua/tidak ada yang benar')
    expect(cues({ A: 'satu', B: 'Satu', C: 'dua' }, 'C')).toContain('sama dengan opsi lain')
    expect(cues({ A: 'pelabelan diri', B: 'dominasi', C: 'konformitas' }, 'A', 'Proses pelabelan membuat anak …')).toContain('"pelabelan"')
    expect(cues({ A: 'satu', B: 'dua', C: 'tiga' }, 'B')).toBe('')
  })
})
