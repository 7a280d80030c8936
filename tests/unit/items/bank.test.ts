import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { renderToStaticMarkup } from 'react-dom/server'
import { createElement } from 'react'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { compileBank, type CompiledInstrument } from '@/lib/items/bank'
import { toMathml } from '@/lib/items/mathml'
import { parseBlocks, parseInline } from '@/lib/items/markup'
import { plainText } from '@/lib/items/model'
import { Blocks } from '@/components/content'
import { framework, subjects } from '@/prisma/seed/reference'

const dir = join('prisma', 'bank')
const bank: CompiledInstrument[] = readdirSync(dir)
  .filter((f) => f.endsWith('.yaml'))
  .map((f) =>
    compileBank(parse(readFileSync(join(dir, f), 'utf8')), (name) => {
      readFileSync(join(dir, 'media', name))
      return name
    }),
  )
const items = bank.flatMap((b) => b.items.map((i) => ({ ...i, instrument: b.code, competency: b.competency })))

describe('the first bank', () => {
  it('has the fourteen subjects and three general instruments, each with its forty, thirty or more', () => {
    expect(
      bank
        .map((b) => b.subject)
        .filter(Boolean)
        .sort(),
    ).toEqual(subjects.map((s) => s[0]).sort())
    expect(
      bank
        .filter((b) => !b.subject)
        .map((b) => b.competency)
        .sort(),
    ).toEqual(['1', '2', '3'])
    for (const b of bank) expect([b.code, b.items.length >= (b.subject ? 40 : 30)]).toEqual([b.code, true])
  })
  it('gives every item an indicator of its own competency, a domain, a level and a rationale', () => {
    const known = new Set(framework.map(([code]) => code))
    for (const i of items) {
      expect([i.code, known.has(i.indicator), i.indicator[0]]).toEqual([i.code, true, i.competency])
      expect(i.rationale.length).toBeGreaterThan(10)
    }
  })
  it('says of every option that is not the best why people choose it', () => {
    const choices = items.filter((i) => i.content.type === 'single' || i.content.type === 'multiple' || i.content.type === 'graded')
    expect(choices.length).toBeGreaterThan(500)
    for (const i of choices) {
      if (i.scoring.type !== 'single' && i.scoring.type !== 'multiple' && i.scoring.type !== 'graded') throw new Error(i.code)
      const best =
        i.scoring.type === 'graded'
          ? [Object.entries(i.scoring.scores).sort((a, b) => b[1] - a[1])[0]![0]]
          : i.scoring.type === 'single'
            ? [i.scoring.key]
            : i.scoring.keys
      const letters = 'options' in i.content ? i.content.options.map((o) => o.id) : []
      const said = [...i.rationale.matchAll(/\*\*([A-T])\*\* \S/g)].map((m) => m[1]!)
      expect([i.code, [...said].sort()]).toEqual([i.code, letters.filter((o) => !best.includes(o)).sort()])
    }
  })
  it('covers every sub-indicator of the framework', () => {
    const covered = new Set(items.map((i) => i.indicator))
    for (const [code] of framework) if (code.length === 5) expect([code, covered.has(code)]).toEqual([code, true])
  })
  it('uses ten types, formulas, pictures with alternative text and shared stimuli', () => {
    expect(new Set(items.map((i) => i.type))).toEqual(
      new Set(['single', 'multiple', 'truefalse', 'graded', 'likert', 'matching', 'ordering', 'numeric', 'short', 'extended']),
    )
    const text = JSON.stringify(bank)
    expect(text).toContain('<math')
    expect(text).toContain('"t":"img"')
    expect(
      bank.filter((b) => b.stimuli.some((s) => b.items.filter((i) => i.stimulus === s.code).length >= 2)).length,
    ).toBeGreaterThanOrEqual(10)
    expect(items.filter((i) => i.scoring.type === 'likert' && i.scoring.reversed).length).toBeGreaterThanOrEqual(3)
  })
  it('holds as many items as the programme asked for, and does not give keys away by their length', () => {
    const sizes = new Map(bank.map((b) => [b.code, b.items.length]))
    for (const b of bank.filter((x) => x.competency === '4')) expect(sizes.get(b.code), b.code).toBeGreaterThanOrEqual(40)
    expect(bank.find((b) => b.code === 'PED')!.items.length).toBeGreaterThanOrEqual(30)
    expect(bank.find((b) => b.code === 'SSL')!.items.filter((i) => i.type === 'graded').length).toBeGreaterThanOrEqual(30)
    const scales = bank.find((b) => b.code === 'KPR')!.items.filter((i) => i.domain.startsWith('SK'))
    expect(new Set(scales.map((i) => i.domain)).size).toBe(5)
    for (const scale of new Set(scales.map((i) => i.domain))) {
      const own = scales.filter((i) => i.domain === scale)
      expect(own.length).toBeGreaterThanOrEqual(8)
      expect(own.filter((i) => i.scoring.type === 'likert' && i.scoring.reversed).length).toBe(own.length / 2)
    }
    // Over the whole bank a longest option is right hardly more often than chance; sets by themselves are held by bank-cues.test.ts.
    const longest = items.flatMap((i) => {
      if (i.content.type !== 'single' || i.scoring.type !== 'single') return []
      const key = i.scoring.key
      const lengths = i.content.options.map((o) => [o.id, plainText(o.body).length] as const)
      const own = lengths.find(([id]) => id === key)![1]
      return [{ chance: 1 / lengths.length, hit: lengths.every(([id, l]) => id === key || l < own) }]
    })
    expect(longest.filter((x) => x.hit).length / longest.reduce((sum, x) => sum + x.chance, 0)).toBeLessThan(1.2)
  })
  it('spreads the keys of single-choice items over the letters', () => {
    const keys = items.flatMap((i) => (i.scoring.type === 'single' ? [i.scoring.key] : []))
    for (const letter of 'ABCD') expect(keys.filter((k) => k === letter).length / keys.length).toBeGreaterThan(0.18)
  })
  it('keeps content free of keys', () => {
    for (const i of items) expect(JSON.stringify(i.content)).not.toMatch(/"key"|"score"|"reversed"|"keys"/)
  })
})

describe('a bank file', () => {
  const one = (change: object) => ({
    instrument: { code: 'X', title: 'Contoh', competency: '4', minutes: 60, domains: [{ code: 'D', title: 'Domain' }] },
    items: [
      {
        code: 'X-001',
        indicator: '4.1.1',
        domain: 'D',
        level: 'L1',
        type: 'single',
        stem: 'Soal',
        options: { A: 'a', B: 'b', C: 'c' },
        key: 'A',
        rationale: 'Karena demikian',
        ...change,
      },
    ],
  })
  const compile = (change: object) => () => compileBank(one(change), () => 'hash')
  it('is refused with the item and the reason when the key is not an option, the type has two best options, or a picture has no alternative text', () => {
    expect(compile({ key: 'D' })).toThrow(/X-001: kunci tidak ada/)
    expect(compile({ type: 'multiple', key: ['A', 'B', 'C'] })).toThrow(/semua opsi menjadi kunci/)
    expect(compile({ type: 'graded', key: undefined, options: { A: { text: 'a', score: 3 }, B: { text: 'b', score: 3 } } })).toThrow(
      /X-001/,
    )
    expect(compile({ stem: '![](gambar.svg)' })).toThrow(/teks alternatif/)
    expect(compile({ stem: 'Hasil $\\sqrt{$ adalah' })).toThrow(/X-001/)
    expect(compile({ domain: 'Z' })).toThrow(/ranah Z/)
  })
})

describe('a practice form in a bank file', () => {
  const item = (code: string) => ({
    code,
    indicator: '4.1.1',
    domain: 'D',
    level: 'L1',
    type: 'single',
    stem: 'Soal',
    options: { A: 'a', B: 'b', C: 'c' },
    key: 'A',
    rationale: 'Karena demikian',
  })
  const file = (more: object) => () =>
    compileBank(
      {
        instrument: { code: 'X', title: 'Contoh', competency: '4', minutes: 60, domains: [{ code: 'D', title: 'Domain' }] },
        items: ['X-001', 'X-002', 'X-003'].map(item),
        ...more,
      },
      () => 'hash',
    )
  it('is the last form, marked, and leaves the form of all items', () => {
    expect(file({ practice: ['X-003'] })().forms).toEqual([
      { label: null, items: ['X-001', 'X-002'], practice: false },
      { label: 'P', items: ['X-003'], practice: true },
    ])
  })
  it('is refused when an item stands in a form that counts too, stands there twice or does not exist', () => {
    expect(file({ forms: { A: ['X-001', 'X-002'] }, practice: ['X-002'] })).toThrow(/X-002: butir latihan tidak boleh berada di formulir A/)
    expect(file({ practice: ['X-003', 'X-003'] })).toThrow(/formulir P: ada butir ganda/)
    expect(file({ practice: ['X-009'] })).toThrow(/X-009 tidak ada/)
    expect(file({ forms: { P: ['X-001'] }, practice: ['X-003'] })).toThrow(/formulir P/)
  })
  it('shares neither an item nor a text with a form that counts, in the whole bank', () => {
    for (const b of bank) {
      const counting = new Set(b.forms.filter((f) => !f.practice).flatMap((f) => f.items))
      const own = b.forms.filter((f) => f.practice).flatMap((f) => f.items)
      expect([b.code, own.length >= 4 && own.length <= 6, own.filter((c) => counting.has(c))]).toEqual([b.code, true, []])
      const textOf = (code: string) => b.items.find((i) => i.code === code)!.stimulus
      const texts = new Set([...counting].map(textOf).filter(Boolean))
      expect(own.filter((c) => texts.has(textOf(c)))).toEqual([])
    }
  })
})

describe('item text', () => {
  it('keeps the root sign: the quadratic formula becomes MathML with a square root on screen', () => {
    const mathml = toMathml('x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}', true)
    expect(mathml).toContain('<msqrt>')
    const html = renderToStaticMarkup(createElement(Blocks, { nodes: parseBlocks('Rumus $\\sqrt{2}$ berikut.', () => '') }))
    expect(html).toContain('<msqrt>')
  })
  it('reads paragraphs, emphasis, code, lists, tables, pictures and literal dollars', () => {
    const blocks = parseBlocks(
      'Harga \\$5 **tebal** *miring* `kode`\nlanjut.\n\n- satu\n- dua\n\n| a | b |\n|---|---|\n| 1 | $x^2$ |\n\n![Kubus](kubus.svg)\n\n```\nfor i\n```\n',
      (n) => `#${n}`,
    )
    expect(blocks.map((b) => b.t)).toEqual(['p', 'list', 'table', 'img', 'pre'])
    expect(plainText(blocks)).toContain('Harga $5 tebal miring kode lanjut.')
    expect(blocks[3]).toMatchObject({ media: '#kubus.svg', alt: 'Kubus' })
  })
  it('lets no markup through: angle brackets stay text', () => {
    expect(parseInline('<script>alert(1)</script>')).toEqual([{ t: 'text', v: '<script>alert(1)</script>' }])
    expect(renderToStaticMarkup(createElement(Blocks, { nodes: parseBlocks('<img src=x onerror=alert(1)>', () => '') }))).not.toContain(
      '<img',
    )
  })
})
