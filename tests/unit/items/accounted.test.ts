import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readItemFile } from '@/lib/instruments/item-file'
import { settle } from '@/lib/items/formats/account'
import type { ReadItem } from '@/lib/items/formats/read'
import { bytesOfFile, foreignFiles, secondFiles } from './foreign-files'
import { unaccounted } from './unaccounted'

const entities = (text: string) =>
  text
    .replace(/&#x([0-9a-f]+);/gi, (_, n: string) => String.fromCodePoint(parseInt(n, 16)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
const between = (xml: string, tag: string) =>
  [...xml.matchAll(new RegExp(`<${tag}(?: [^>]*)?>([^<]*)</${tag}>`, 'g'))].map((m) => entities(m[1]!))

describe('What is whole was accounted for', () => {
  // Letters in the font Symbol (W08c) are other letters on paper.
  it.each([...foreignFiles(), ...secondFiles()].filter((f) => f.endsWith('.docx') && !f.includes('W08c')))(
    'every letter of a Word file is read or named: %s',
    async (name) => {
      const xml = strFromU8(unzipSync(bytesOfFile(name))['word/document.xml']!)
      const text = [...between(xml, 'w:t'), ...between(xml, 'm:t')].join(' ')
      expect(unaccounted(text, await readItemFile(bytesOfFile(name)))).toBe('')
    },
  )
  it.each([...foreignFiles(), ...secondFiles()].filter((f) => /^(?:second\/)?[AN].*\.txt$/.test(f) && !f.startsWith('A03')))(
    'every letter of a text file is read or named: %s',
    async (name) => {
      expect(unaccounted(new TextDecoder().decode(bytesOfFile(name)), await readItemFile(bytesOfFile(name)))).toBe('')
    },
  )

  const word = fc.stringMatching(/^[a-zA-Z]{2,9}$/)
  const xmlWord = fc.oneof(word, fc.constantFrom('3.000', '2,5', '±7', '“kata”', 'H2O', '50%'))
  /** Runs and things beside runs, known to the reader or not: the words in them are visible, or hidden and named. */
  const inside = fc.oneof(
    xmlWord.map((w) => `<w:r><w:t xml:space="preserve">${w} </w:t></w:r>`),
    xmlWord.map((w) => `<w:r><w:rPr><w:u w:val="single"/><w:b/></w:rPr><w:t>${w}</w:t></w:r>`),
    xmlWord.map((w) => `<w:r><w:rPr><w:color w:val="FF0000"/><w:strike/></w:rPr><w:t>${w}</w:t></w:r>`),
    xmlWord.map((w) => `<w:r><w:rPr><w:vanish/></w:rPr><w:t>${w}</w:t></w:r>`),
    xmlWord.map((w) => `<w:fldSimple w:instr="REF x"><w:r><w:t>${w}</w:t></w:r></w:fldSimple>`),
    xmlWord.map((w) => `<w:moveTo><w:r><w:t>${w}</w:t></w:r></w:moveTo>`),
    xmlWord.map((w) => `<w:baru><w:r><w:t>${w}</w:t></w:r></w:baru>`),
    xmlWord.map((w) => `<w:r><w:belumada><w:t>${w}</w:t></w:belumada></w:r>`),
    xmlWord.map(
      (w) => `<w:r><w:ruby><w:rt><w:r><w:t>${w}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>dasar</w:t></w:r></w:rubyBase></w:ruby></w:r>`,
    ),
    xmlWord.map(
      (w) =>
        `<m:oMath><m:f><m:num><m:r><m:t>${w}</m:t></m:r></m:num><m:den><m:baru><m:r><m:t>9</m:t></m:r></m:baru></m:den></m:f></m:oMath>`,
    ),
    fc.constant('<w:r><w:br/></w:r>'),
    xmlWord.map((w) => `<w:r><w:drawing><w:txbxContent><w:p><w:r><w:t>${w}</w:t></w:r></w:p></w:txbxContent></w:drawing></w:r>`),
  )
  const paragraph = (start: string) =>
    fc
      .array(inside, { minLength: 1, maxLength: 5 })
      .map((r) => `<w:p><w:r><w:t xml:space="preserve">${start}</w:t></w:r>${r.join('')}</w:p>`)
  const question = fc
    .integer({ min: 1, max: 40 })
    .chain((n) =>
      fc.tuple(paragraph(`${n}. `), paragraph('A. '), paragraph('B. '), fc.constant('<w:p><w:r><w:t>Kunci: B</w:t></w:r></w:p>')),
    )
  it('in Word files made at random, with elements that no reader knows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(question, { minLength: 1, maxLength: 4 }), async (questions) => {
        const xml = `<w:document xmlns:w="w" xmlns:m="m"><w:body>${questions.flat().join('')}</w:body></w:document>`
        const found = await readItemFile(zipSync({ 'word/document.xml': strToU8(xml) }) as Uint8Array<ArrayBuffer>)
        if (found.refused) return
        expect(unaccounted([...between(xml, 'w:t'), ...between(xml, 'm:t')].join(' '), found)).toBe('')
      }),
      { numRuns: 200 },
    )
  })

  const line = fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: 30 }), fc.constantFrom('.', ')'), word).map(([n, s, w]) => `${n}${s} ${w}`),
    fc.tuple(fc.constantFrom('A', 'B', 'C', 'D', 'a', 'b', 'c'), fc.constantFrom('. ', ') ', '.'), xmlWord).map((p) => p.join('')),
    fc.tuple(word, word).map(([a, b]) => `A. ${a}   B. ${b}`),
    word.map((w) => `- ${w}`),
    fc.constantFrom('A', 'B', 'A dan C', 'b').map((k) => `Kunci: ${k}`),
    fc.constantFrom(
      'KUNCI JAWABAN',
      'II. Uraian',
      'Pembahasan: karena',
      'Perhatikan teks berikut untuk soal nomor 3-4!',
      '1. B 2. C',
      'Selamat mengerjakan!',
    ),
    fc.tuple(xmlWord, word).map((p) => p.join(' ')),
    fc.constant(''),
  )
  it('in numbered text made at random, whatever stands where', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 3, maxLength: 25 }), async (lines) => {
        const text = `1. Soal pertama\nA. satu\nB. dua\nKunci: A\n${lines.join('\n')}`
        const found = await readItemFile(strToU8(text) as Uint8Array<ArrayBuffer>)
        if (found.refused || found.format !== 'teks bernomor') return
        expect(unaccounted(text, found)).toBe('')
      }),
      { numRuns: 300 },
    )
  })

  const html: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      word.map((w) => `${w} `),
      fc
        .tuple(
          fc.constantFrom(
            'p',
            'b',
            'u',
            'span',
            'div',
            'blink',
            'details',
            'summary',
            'ruby',
            'rt',
            'marquee',
            's',
            'ul',
            'li',
            'h3',
            'center',
            'sup',
            'label',
            'q',
          ),
          fc.array(tie('node'), { maxLength: 3 }),
        )
        .map(([tag, inner]) => `<${tag}>${inner.join('')}</${tag}>`),
    ),
  })).node
  it('in Moodle questions made at random, with elements that no reader knows', async () => {
    await fc.assert(
      fc.asyncProperty(html, html, word, async (stem, option, extra) => {
        const xml = `<quiz><question type="multichoice"><name><text>x</text></name><questiontext format="html"><text><![CDATA[<p>Soal</p>${stem}]]></text></questiontext><unsurbaru>${extra}</unsurbaru><single>true</single><answer fraction="100"><text><![CDATA[ya ${option}]]></text></answer><answer fraction="0"><text>tidak</text></answer></question></quiz>`
        const found = await readItemFile(strToU8(xml) as Uint8Array<ArrayBuffer>)
        expect(found.items[0]!.status).not.toBe('whole')
        expect(unaccounted(`${stem} ${option} ${extra}`.replace(/<[^>]*>/g, ' '), found)).toBe('')
      }),
      { numRuns: 200 },
    )
  })

  it('a look that goes is marked where its words stand, in every format that tells it by its words', async () => {
    const xml = `<quiz><question type="multichoice"><name><text>x</text></name><questiontext format="html"><text><![CDATA[<p>Kata <s>lama</s> dan <span style="color:#c00000">merah</span>.</p>]]></text></questiontext><single>true</single><answer fraction="100"><text>ya</text></answer><answer fraction="0"><text>tidak</text></answer></question></quiz>`
    const found = await readItemFile(strToU8(xml) as Uint8Array<ArrayBuffer>)
    expect(found.items[0]!.source!.filter((p) => p.look).map((p) => [p.v, p.look])).toEqual([
      ['lama', 'Garis coret pada “lama” tidak ikut.'],
      ['merah', 'Warna huruf pada “merah” tidak ikut.'],
    ])
  })
  it('a reader that loses a word is caught, and the word is named where it stood', () => {
    const item: ReadItem = {
      id: '1',
      title: '',
      line: 1,
      status: 'whole',
      problems: [],
      content: { type: 'extended', stem: [{ t: 'p', c: [{ t: 'text', v: 'x 3' }] }], words: 0 },
    }
    const settled = settle(item, [{ v: 'x ' }, { v: '≥' }, { v: ' 3' }])
    expect(settled).toMatchObject({ status: 'loss', problems: ['Tidak ikut terbaca: “≥”.'] })
    expect(settled.source).toEqual([{ v: 'x ' }, { v: '≥', lost: 'Tidak ikut terbaca: “≥”.' }, { v: ' 3' }])
    expect(settle(item, [{ v: 'x 3' }]).status).toBe('whole')
  })
})
