import { renderToStaticMarkup } from 'react-dom/server'
import { inflateSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import type { Entry } from '@/lib/items/formats/entry'
import { mathWords } from '@/lib/items/math-words'
import { toMathml } from '@/lib/items/mathml'
import { itemTypes } from '@/lib/items/model'
import { BookItem } from '@/lib/reports/book-item'
import { itemBookPdf } from '@/lib/reports/item-book'
import { drawMath } from '@/lib/reports/math-drawing'
import { bankEntries, mediaOf, sampleEntries } from '../items/exchange'

const draw = (tex: string, display = false) => drawMath(toMathml(tex, display))!

function mathIn(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(mathIn)
  if (!tree || typeof tree !== 'object') return []
  const node = tree as { t?: string; mathml?: string }
  return [...(node.t === 'math' ? [node.mathml!] : []), ...Object.values(node).flatMap(mathIn)]
}

describe('a formula drawn for paper', () => {
  it('is drawn for every formula of the bank, with a size and with every sign', () => {
    const all = new Set(mathIn(bankEntries()))
    expect(all.size).toBeGreaterThan(200)
    for (const mathml of all) {
      const d = drawMath(mathml)!
      expect([mathml, d.width > 0.2 && d.height > 0 && d.path.length > 20, d.marks.length]).toEqual([mathml, true, 0])
    }
  })

  it('stands on the writing line: a fraction reaches below it, a letter with an exponent does not', () => {
    expect(draw('\\frac{1}{2}').depth).toBeGreaterThan(0.3)
    expect(draw('x^2').depth).toBeLessThan(0.1)
    expect(draw('x^2').height).toBeGreaterThan(draw('x').height)
  })

  it('keeps tall signs, tables and framed formulas inside its own size', () => {
    for (const tex of [
      '\\left\\{\\begin{matrix}a\\\\b\\\\c\\\\d\\\\e\\\\f\\end{matrix}\\right.',
      '\\begin{array}{|c|c|}\\hline 1 & 2\\\\\\hline\\end{array}',
      '\\boxed{x}',
      '\\sqrt{\\frac{\\frac{a}{b}}{\\frac{c}{d}}}',
    ]) {
      const d = draw(tex, true)
      const ys: number[] = []
      for (const [, command, args] of d.path.matchAll(/([MLQTCV])([^A-Z]*)/g)) {
        const n = args!.trim().split(/\s+/).map(Number)
        ys.push(...(command === 'V' ? n : n.filter((_, i) => i % 2)))
      }
      expect([tex, Math.min(...ys) / 1000 >= -d.height - 0.15, Math.max(...ys) / 1000 <= d.depth + 0.15]).toEqual([tex, true, true])
    }
  })

  it('frames a table with lines, not with a filled box', () => {
    const table = '<mtable frame="solid" columnlines="solid"><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>'
    const [plain, framed] = [drawMath(`<math>${table.replace(/ \w+="solid"/g, '')}</math>`)!, drawMath(`<math>${table}</math>`)!]
    // Four sides of the frame and one line between the columns.
    expect(framed.path.split('Z').length - plain.path.split('Z').length).toBe(5)
  })

  it('is given up for its words where it cannot be drawn, and the book goes on', () => {
    expect(drawMath('<math><menclose notation="updiagonalstrike"><mi>x</mi></menclose></math>')).toBeNull()
    expect(drawMath('<math><mrow>')).toBeNull()
    expect(drawMath('<math><menclose notation="circle"><mi>x</mi></menclose></math>')).toBeNull()
    const stem = [{ t: 'p' as const, c: [{ t: 'math' as const, mathml: '<math><mrow>', tex: 'x^2' }] }]
    const [first] = sampleEntries()
    expect(wordsOf({ ...first!, content: { ...first!.content, stem } }, false)).toContain('x^2')
  })

  it('carries its words in one line, for whoever searches or copies', () => {
    const words = (tex: string) => mathWords(toMathml(tex, false))
    expect(words('\\frac{1}{2}')).toBe('1/2')
    expect(words('\\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}')).toBe('(− b±√(b^2 − 4ac))/(2a)')
    expect(words('x_1^{10} \\le 3')).toBe('x_1^10 ≤ 3')
    expect(mathWords('<math><mmultiscripts><mi>X</mi><mprescripts/><mn>2</mn><mn>5</mn></mmultiscripts></math>')).toBe('_2^5X')
    expect(mathWords('<math><mrow>')).toBe('')
    for (const mathml of new Set(mathIn(bankEntries()))) expect([mathml, mathWords(mathml)]).not.toEqual([mathml, ''])
  })

  it('sets signs as text that its own letters lack', () => {
    expect(draw('\\text{ꦗ}').marks).toMatchObject([{ text: 'ꦗ' }])
  })
})

/** The words of an item on paper, without its form. */
function wordsOf(entry: Entry, withKey: boolean): string {
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const html = renderToStaticMarkup(<BookItem number={1} entry={entry} withStimulus withKey={withKey} plates={new Map()} />)
  quiet.mockRestore()
  return html.replace(/<[^>]*>/g, ' ')
}

describe('a book of items', () => {
  it('holds every type, and without keys neither a key nor a reason', () => {
    const entries = sampleEntries()
    expect(new Set(entries.map((e) => e.content.type))).toEqual(new Set(itemTypes))
    for (const entry of entries) {
      const reason = `Alasan ${entry.code}`
      const bare = wordsOf({ ...entry, rationale: reason }, false)
      const full = wordsOf({ ...entry, rationale: reason }, true)
      expect([entry.code, bare.includes('Kunci'), bare.includes(reason), bare.includes(entry.code)]).toEqual([
        entry.code,
        false,
        false,
        false,
      ])
      expect([entry.code, full.includes('Kunci'), full.includes(reason)]).toEqual([entry.code, true, true])
      expect(full.length).toBeGreaterThan(bare.length)
    }
  })

  it('says its formulas as text in the PDF, which shows them drawn', async () => {
    const [first] = sampleEntries()
    const stem = [{ t: 'p' as const, c: [{ t: 'math' as const, tex: '', mathml: '<math><msqrt><mi>ж</mi></msqrt></math>' }] }]
    const pdf = await itemBookPdf({
      title: 'Uji',
      scope: 'Satu butir',
      entries: [{ ...first!, content: { ...first!.content, stem } as Entry['content'] }],
      media: new Map(),
      withKeys: false,
      printedAt: '1 Januari 2026',
    })
    // Each font tells which letter each of its shapes is: these two stand in the formula only.
    const text = pdf.toString('latin1')
    const streams = [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].flatMap(([, body]) => {
      try {
        return [inflateSync(Buffer.from(body!, 'latin1')).toString('latin1')]
      } catch {
        return []
      }
    })
    const told = streams
      .filter((s) => s.includes('begincmap'))
      .join('\n')
      .toLowerCase()
    expect([told.includes('<221a>'), told.includes('<0436>')]).toEqual([true, true])
  })

  it('becomes a PDF of as many pages as its items need', async () => {
    const entries = bankEntries()
      .filter((e) => e.code.startsWith('KIM'))
      .slice(0, 8)
    const pdf = await itemBookPdf({
      title: 'Kimia',
      scope: 'Semua butir',
      entries,
      media: mediaOf(entries),
      withKeys: true,
      printedAt: '1 Januari 2026',
    })
    expect(pdf.subarray(0, 4).toString()).toBe('%PDF')
    const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g)!.length
    expect(pages).toBeGreaterThanOrEqual(2)
    expect(pages).toBeLessThanOrEqual(6)
  })
})
