import { strToU8 } from 'fflate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readItemFile } from '@/lib/instruments/item-file'
import type { Entry } from '@/lib/items/formats/entry'
import { readMoodle } from '@/lib/items/formats/moodle/read'
import { moodleXml } from '@/lib/items/formats/moodle/write'
import { readQtiPackage } from '@/lib/items/formats/qti/package'
import { qtiPackage } from '@/lib/items/formats/qti/write'
import { readTable, tableHeader, writeTable } from '@/lib/items/formats/table'
import type { Inline } from '@/lib/items/model'
import { unaccounted } from './unaccounted'

/** GIFT, QTI and tables made at random: what is whole was accounted for, and what we write is read again the same. */
const word = fc.stringMatching(/^[a-z]{2,9}$/)
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((w) => w.join(' '))
const bytes = (text: string) => strToU8(text) as Uint8Array<ArrayBuffer>

describe('Every word of a GIFT file', () => {
  const sign = fc.constantFrom('', ' \\{x\\}', ' \\= y', ' \\~ z', ' \\#', ' <b>tebal</b>', ' [gambar]', ' \\:')
  const phrase = fc.tuple(words, sign).map((p) => p.join(''))
  const why = fc.oneof(
    fc.constant(''),
    words.map((w) => ` #${w}`),
  )
  const option = fc.tuple(fc.constantFrom('~', '~%-25%', '='), phrase, why).map((p) => p.join(''))
  const body = fc.oneof(
    fc.tuple(phrase, why, fc.array(option, { minLength: 1, maxLength: 4 })).map(([p, y, o]) => `=${p}${y} ${o.join(' ')}`),
    fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 4 }).map((pairs) => pairs.map(([a, b]) => `=${a} -> ${b}`).join(' ')),
    fc.array(phrase, { minLength: 1, maxLength: 3 }).map((p) => p.map((x) => `=${x}`).join(' ')),
    fc.constantFrom('T', 'FALSE', '#3:0.5', '', '#1..2'),
    // No form that GIFT knows.
    fc.tuple(word, phrase).map(([a, b]) => `${a} =${b}`),
  )
  const question = fc
    .record({
      title: fc.oneof(fc.constant(''), words),
      stem: phrase,
      body,
      general: fc.oneof(fc.constant(''), words),
      tail: fc.oneof(fc.constant(''), word),
    })
    .map(
      (q) => `${q.title ? `::${q.title}:: ` : ''}${q.stem} {${q.body}${q.general ? `####${q.general}` : ''}}${q.tail ? ` ${q.tail}` : ''}`,
    )
  it('is in an item, in a named loss, or in what is shown of a refused one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(question, { minLength: 1, maxLength: 5 }), async (questions) => {
        const text = `// catatan\n${questions.join('\n\n')}\n`
        const found = await readItemFile(bytes(text))
        if (found.refused || found.format !== 'gift') return
        expect(found.items).toHaveLength(questions.length)
        const letters = questions
          .join(' ')
          .replace(/<[^>]*>/g, ' ')
          .replace(/::[^:]*::/g, ' ')
          .replace(/[^a-z]/g, '')
        expect(unaccounted(letters, found).replace(/[^a-z]/g, '')).toBe('')
      }),
      { numRuns: 300 },
    )
  })
})

describe('Every word of a QTI item', () => {
  const piece: fc.Arbitrary<{ xml: string; odd: boolean }> = fc.oneof(
    words.map((w) => ({ xml: `<p>${w}</p>`, odd: false })),
    words.map((w) => ({ xml: `<div><p>${w} <b>${w}</b></p></div>`, odd: false })),
    words.map((w) => ({ xml: `<ul><li>${w}</li><li>lain</li></ul>`, odd: false })),
    words.map((w) => ({ xml: `<p>akar <math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math> ${w}</p>`, odd: false })),
    words.map((w) => ({ xml: `<kotakBaru>${w}</kotakBaru>`, odd: true })),
    words.map((w) => ({ xml: `<p>${w} <kedip>${w}</kedip></p>`, odd: true })),
    words.map((w) => ({ xml: `<p style="display:none">${w}</p>`, odd: true })),
    words.map((w) => ({ xml: `<rubricBlock view="scorer"><p>${w}</p></rubricBlock>`, odd: false })),
    words.map((w) => ({ xml: `<p>${w} <del>${w}</del></p>`, odd: true })),
  )
  it('is in the item or named, and an item with elements that nobody knows is never whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 5 }),
        words,
        fc.uniqueArray(words, { minLength: 2, maxLength: 5 }),
        async (pieces, prompt, options) => {
          const xml = `<?xml version="1.0"?><assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="x" title="x" adaptive="false" timeDependent="false"><responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>o0</value></correctResponse></responseDeclaration><itemBody>${pieces.map((p) => p.xml).join('')}<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1"><prompt>${prompt}</prompt>${options.map((o, i) => `<simpleChoice identifier="o${i}">${o}</simpleChoice>`).join('')}</choiceInteraction></itemBody><responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/></assessmentItem>`
          const found = await readItemFile(bytes(xml))
          expect(found.items).toHaveLength(1)
          expect(found.items[0]!.status).toBe(pieces.some((p) => p.odd) ? 'loss' : 'whole')
          expect(unaccounted(/<itemBody>([\s\S]*)<\/itemBody>/.exec(xml)![1]!.replace(/<[^>]*>/g, ' '), found)).toBe('')
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('Every word of a table of questions', () => {
  const HEADS = ['No', 'Soal', 'Opsi A', 'Opsi B', 'Opsi C', 'Kunci', 'Pembahasan', 'Catatan Guru', '']
  const text = fc.oneof(words, fc.constantFrom('', 'US$5 * 3', 'a_1', '~10~', '[x](y)', '50%', '`k`', '|b|', '2 ^ 3', '!a'))
  const row = fc.tuple(fc.constant('7'), text, text, text, text, fc.constantFrom('A', 'B', 'C', 'A, B', 'Z', ''), text, text, text)
  it('is in an item, in a named loss, or in what is shown of a refused one, under whichever head it stands', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(HEADS, { minLength: HEADS.length }), fc.array(row, { minLength: 1, maxLength: 5 }), (heads, rows) => {
        const placed = rows.map((r) => heads.map((h) => r[HEADS.indexOf(h)]!))
        const found = readTable([['BANK SOAL'], heads, ...placed])
        expect(found.items).toHaveLength(rows.length)
        expect(unaccounted(placed.flat().join(' '), found)).toBe('')
        for (const [i, r] of rows.entries()) if (r[7] || r[8]) expect(found.items[i]!.status).not.toBe('whole')
      }),
      { numRuns: 300 },
    )
  })
})

describe('An item made at random', () => {
  const phrase = fc.stringMatching(
    /^[a-zA-Z0-9%?.,()$*_~^[\]|!@`{}=#:;"'<>&\\-]{1,12}( [a-zA-Z0-9%?.,()$*_~^[\]|!@{}=#:;"'<>&-]{1,12}){0,4}$/,
  )
  const inline: fc.Arbitrary<Inline[]> = fc
    .array(
      fc.oneof(
        phrase.map((v): Inline => ({ t: 'text', v: `${v} ` })),
        word.map((v): Inline => ({ t: 'u', c: [{ t: 'text', v }] })),
        word.map((v): Inline => ({ t: 'b', c: [{ t: 'text', v }] })),
        fc.constantFrom<Inline>({ t: 'sup', c: [{ t: 'text', v: '2' }] }, { t: 'sub', c: [{ t: 'text', v: 'n' }] }),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((parts) => [...parts, { t: 'text', v: 'ujung' }] satisfies Inline[])
  const entry = fc
    .tuple(inline, fc.uniqueArray(word, { minLength: 2, maxLength: 5 }), fc.nat(), words)
    .map(([c, options, at, rationale]): Entry => ({
      code: 'UJI-001',
      title: 'uji',
      content: {
        type: 'single',
        stem: [{ t: 'p', c }],
        options: options.map((v, i) => ({ id: 'ABCDE'[i]!, body: [{ t: 'text', v }] })),
      },
      scoring: { type: 'single', key: 'ABCDE'[at % options.length]! },
      rationale,
      stimulus: null,
      about: { indicator: '1.1.1', domain: 'X', level: 'L1' },
    }))
  /** Neighbours with one mark look like one; nothing else may differ. */
  const asSeen = (nodes: Inline[]): string[] =>
    nodes.flatMap((n) => ('c' in n ? asSeen(n.c).map((sign) => `${sign}/${n.t}`) : n.t === 'text' ? [...n.v.replace(/\s+/g, ' ')] : [n.t]))
  const told = (content: Entry['content'] | undefined) =>
    JSON.stringify(content, (key, value: unknown) =>
      key === 'c' || key === 'body'
        ? asSeen(value as Inline[])
            .join('')
            .replace(/ +/g, ' ')
            .trim()
        : value,
    )
  const same = (read: Awaited<ReturnType<typeof readItemFile>>, e: Entry) => {
    expect(read.items.map((i) => [i.status, i.problems])).toEqual([['whole', []]])
    expect(told(read.items[0]!.content)).toBe(told(e.content))
    expect(read.items[0]!.scoring).toEqual(e.scoring)
  }
  it('is the same again from QTI', () => {
    fc.assert(
      fc.property(entry, (e) =>
        same(
          readQtiPackage(
            new Map([...qtiPackage([e], new Map())].map(([path, file]) => [path, typeof file === 'string' ? bytes(file) : file])),
          ),
          e,
        ),
      ),
      { numRuns: 100 },
    )
  })
  it('is the same again from Moodle XML', () => {
    fc.assert(
      fc.property(entry, (e) => same(readMoodle(moodleXml([e], new Map(), 'Uji').xml), e)),
      { numRuns: 100 },
    )
  })
  it('is the same again from a table', () => {
    fc.assert(
      fc.property(entry, (e) => same(readTable([tableHeader, ...writeTable([e]).rows]), e)),
      { numRuns: 100 },
    )
  })
})
