import { describe, expect, it } from 'vitest'
import { readQtiPackage } from '@/lib/items/formats/qti/package'
import type { ReadItem } from '@/lib/items/formats/read'
import { scoreResponse } from '@/lib/items/score'

/** Items as other programs write them, made from the specification: QTI 2.1 and 2.2 by their old names, 3.0 by its new ones, and mixtures. */
const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 206 280"><rect width="206" height="280"/></svg>'

const MATCH = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
const MAP = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>'
const SCORE = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'

const item = (inside: string, attributes = '', namespace = 'http://www.imsglobal.org/xsd/imsqti_v2p1') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<assessmentItem xmlns="${namespace}" identifier="uji" title="Uji" adaptive="false" timeDependent="false" ${attributes}>${inside}</assessmentItem>`

const declare = (cardinality: string, baseType: string, correct: string[], more = '', id = 'RESPONSE') =>
  `<responseDeclaration identifier="${id}" cardinality="${cardinality}" baseType="${baseType}">${correct.length ? `<correctResponse>${correct.map((v) => `<value>${v}</value>`).join('')}</correctResponse>` : ''}${more}</responseDeclaration>`

function read(xml: string, more: Record<string, string> = {}): ReadItem {
  const files = new Map(Object.entries({ 'items/uji.xml': xml, 'items/images/peta.svg': svg, ...more }).map(([k, v]) => [k, bytes(v)]))
  return readQtiPackage(files).items[0]!
}
const choices = (max: number, ...ids: string[]) =>
  `<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="${max}"><prompt>Pilih.</prompt>${ids.map((i) => `<simpleChoice identifier="${i}">opsi ${i}</simpleChoice>`).join('')}</choiceInteraction>`

describe('Foreign choice items', () => {
  it('with one right choice keep the key under our letters', () => {
    const found = read(
      item(
        `${declare('single', 'identifier', ['ChoiceB'])}${SCORE}<itemBody><p>Baca <b>ini</b>.</p>${choices(1, 'ChoiceA', 'ChoiceB', 'ChoiceC')}</itemBody>${MATCH}`,
      ),
    )
    expect(found).toMatchObject({ id: 'uji', title: 'Uji', status: 'whole', scoring: { type: 'single', key: 'B' } })
    expect(found.content).toMatchObject({ type: 'single', options: [{ id: 'A' }, { id: 'B' }, { id: 'C' }] })
  })
  it('with points for several choices score as their mapping does, bounds and limits included', () => {
    const mapping =
      '<mapping lowerBound="0" upperBound="2" defaultValue="-2"><mapEntry mapKey="H" mappedValue="1"/><mapEntry mapKey="O" mappedValue="1"/><mapEntry mapKey="Cl" mappedValue="-1"/></mapping>'
    const found = read(
      item(
        `${declare('multiple', 'identifier', ['H', 'O'], mapping)}${SCORE}<itemBody>${choices(0, 'H', 'He', 'C', 'O', 'N', 'Cl')}</itemBody>${MAP}`,
      ),
    )
    expect(found.status).toBe('whole')
    expect(found.scoring).toEqual({
      type: 'multiple',
      keys: ['A', 'D'],
      options: ['A', 'B', 'C', 'D', 'E', 'F'],
      points: { A: 1, B: -2, C: -2, D: 1, E: -2, F: -1 },
      best: 2,
    })
    expect([
      scoreResponse(found.scoring!, ['A', 'D']),
      scoreResponse(found.scoring!, ['A', 'D', 'F']),
      scoreResponse(found.scoring!, ['A', 'B']),
    ]).toEqual([1, 0.5, 0])
  })
  it('with several right choices to be matched are all or nothing', () => {
    const found = read(
      item(`${declare('multiple', 'identifier', ['A', 'C'])}${SCORE}<itemBody>${choices(0, 'A', 'B', 'C')}</itemBody>${MATCH}`),
    )
    expect(found.scoring).toMatchObject({ keys: ['A', 'C'], rule: 'all' })
    expect(found.status).toBe('whole')
  })
  it('with their own rules are asked choice by choice: graded worth, and keys that stand only in the rules', () => {
    const rule = (id: string, points: number, tag: string) =>
      `<${tag}><match><variable identifier="RESPONSE"/><baseValue baseType="identifier">${id}</baseValue></match><setOutcomeValue identifier="SCORE"><baseValue baseType="float">${points}</baseValue></setOutcomeValue></${tag}>`
    const processing = `<responseProcessing><responseCondition>${rule('B', 4, 'responseIf')}${rule('A', 1, 'responseElseIf')}<responseElse><setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue></responseElse></responseCondition></responseProcessing>`
    const found = read(item(`${declare('single', 'identifier', [])}${SCORE}<itemBody>${choices(1, 'A', 'B', 'C')}</itemBody>${processing}`))
    expect(found).toMatchObject({ status: 'whole', scoring: { type: 'graded', scores: { A: 1, B: 4, C: 0 } } })
  })
  it('with a rule that nobody knows say so, and keep the stated key', () => {
    const found = read(
      item(
        `${declare('single', 'identifier', ['C'])}${SCORE}<itemBody>${choices(1, 'A', 'B', 'C')}</itemBody><responseProcessing><responseCondition><responseIf><customOperator class="x"/><setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>`,
      ),
    )
    expect(found).toMatchObject({
      status: 'loss',
      scoring: { type: 'single', key: 'C' },
      problems: ['Aturan penilaian butir ini tidak dikenal; di sini berlaku: kunci yang dinyatakan.'],
    })
  })
  it('without any key are refused', () => {
    expect(read(item(`${declare('single', 'identifier', [])}${SCORE}<itemBody>${choices(1, 'A', 'B')}</itemBody>`))).toMatchObject({
      status: 'refused',
      problems: ['Butir ini tidak menyebut kunci jawaban, sehingga tidak dapat dinilai.'],
    })
  })
})

describe('Foreign pairs and orders', () => {
  const matching = (ids: string[], max: number) =>
    `<simpleMatchSet>${ids.map((i) => `<simpleAssociableChoice identifier="${i}" matchMax="${max}">teks ${i}</simpleAssociableChoice>`).join('')}</simpleMatchSet>`
  it('keep weighted pairs', () => {
    const mapping =
      '<mapping defaultValue="0"><mapEntry mapKey="C R" mappedValue="1"/><mapEntry mapKey="D M" mappedValue="0.5"/><mapEntry mapKey="L M" mappedValue="0.5"/></mapping>'
    const found = read(
      item(
        `${declare('multiple', 'directedPair', ['C R', 'D M', 'L M'], mapping)}${SCORE}<itemBody><matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="3"><prompt>Jodohkan.</prompt>${matching(['C', 'D', 'L'], 1)}${matching(['M', 'R', 'T'], 4)}</matchInteraction></itemBody>${MAP}`,
      ),
    )
    expect(found).toMatchObject({ status: 'whole', scoring: { type: 'matching', keys: ['1-B', '2-A', '3-A'], best: 2 } })
    expect(scoreResponse(found.scoring!, ['1-B', '2-B', '3-A'])).toBe(0.75)
  })
  it('become a truth table where two columns take back what a wrong row gives', () => {
    const mapping =
      '<mapping defaultValue="0" lowerBound="0"><mapEntry mapKey="a Y" mappedValue="1"/><mapEntry mapKey="a N" mappedValue="-1"/><mapEntry mapKey="b N" mappedValue="1"/><mapEntry mapKey="b Y" mappedValue="-1"/></mapping>'
    const found = read(
      item(
        `${declare('multiple', 'directedPair', ['a Y', 'b N'], mapping)}${SCORE}<itemBody><matchInteraction responseIdentifier="RESPONSE" shuffle="false" maxAssociations="2"><prompt>Tentukan.</prompt>${matching(['a', 'b'], 1)}<simpleMatchSet><simpleAssociableChoice identifier="Y" matchMax="2">Ya</simpleAssociableChoice><simpleAssociableChoice identifier="N" matchMax="2">Tidak</simpleAssociableChoice></simpleMatchSet></matchInteraction></itemBody>${MAP}`,
      ),
    )
    expect(found).toMatchObject({
      status: 'whole',
      content: { type: 'truefalse', labels: ['Ya', 'Tidak'] },
      scoring: { type: 'truefalse', keys: { 1: true, 2: false } },
    })
  })
  it('of one list become two lists, which is said', () => {
    const found = read(
      item(
        `${declare('multiple', 'pair', ['A P', 'C M'])}${SCORE}<itemBody><associateInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="2"><prompt>Pasangkan.</prompt>${['A', 'C', 'M', 'P', 'X'].map((i) => `<simpleAssociableChoice identifier="${i}" matchMax="1">teks ${i}</simpleAssociableChoice>`).join('')}</associateInteraction></itemBody>${MATCH}`,
      ),
    )
    expect(found).toMatchObject({
      status: 'loss',
      problems: ['Satu daftar pasangan menjadi dua daftar.'],
      scoring: { type: 'matching', keys: ['1-B', '2-A'], rule: 'all' },
    })
  })
  it('keep an order, under codes that do not tell it', () => {
    const found = read(
      item(
        `${declare('ordered', 'identifier', ['D3', 'D1', 'D2'])}${SCORE}<itemBody><orderInteraction responseIdentifier="RESPONSE" shuffle="true"><prompt>Urutkan.</prompt>${['D1', 'D2', 'D3'].map((i) => `<simpleChoice identifier="${i}" fixed="false">pembalap ${i}</simpleChoice>`).join('')}</orderInteraction></itemBody>${MATCH}`,
      ),
    )
    expect(found.status).toBe('whole')
    expect(scoreResponse(found.scoring!, found.scoring?.type === 'ordering' ? found.scoring.order : [])).toBe(1)
  })
})

describe('Foreign gaps', () => {
  it('with words, one of them half right, stand where they stood', () => {
    const mapping =
      '<mapping defaultValue="0"><mapEntry mapKey="York" mappedValue="1"/><mapEntry mapKey="york" mappedValue="0.5"/></mapping>'
    const found = read(
      item(
        `${declare('single', 'string', ['York'], mapping)}${SCORE}<itemBody><blockquote><p>Made glorious summer by this sun of <textEntryInteraction responseIdentifier="RESPONSE" expectedLength="15"/>;<br/>And all the clouds</p></blockquote></itemBody>${MAP}`,
      ),
    )
    expect(found.status).toBe('whole')
    expect(found.content).toMatchObject({
      type: 'short',
      stem: [
        { t: 'p', c: [{ t: 'text' }, { t: 'gap', id: '1' }, { t: 'text', v: ';' }] },
        { t: 'p', c: [{ t: 'text', v: 'And all the clouds' }] },
      ],
    })
    expect([
      scoreResponse(found.scoring!, { 1: 'York' }),
      scoreResponse(found.scoring!, { 1: 'york' }),
      scoreResponse(found.scoring!, { 1: 'YORK' }),
    ]).toEqual([1, 0.5, 0])
  })
  it('with a number take the tolerance that the rules allow', () => {
    const processing =
      '<responseProcessing><responseCondition><responseIf><equal toleranceMode="absolute" tolerance="0.5 0.5"><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal><setOutcomeValue identifier="SCORE"><baseValue baseType="float">2</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>'
    const found = read(
      item(
        `${declare('single', 'float', ['12.5'])}${SCORE}<itemBody><p>Panjang?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p></itemBody>${processing}`,
      ),
    )
    expect(found).toMatchObject({ status: 'whole', content: { type: 'numeric', stem: [{ t: 'p', c: [{ t: 'text', v: 'Panjang?' }] }] } })
    expect([scoreResponse(found.scoring!, { 1: '12,9' }), scoreResponse(found.scoring!, { 1: '13,1' })]).toEqual([1, 0])
  })
  it('with choices in the text, all needed, are all or nothing', () => {
    const inline = (id: string, ...o: string[]) =>
      `<inlineChoiceInteraction responseIdentifier="${id}" shuffle="false">${o.map((x) => `<inlineChoice identifier="${x}">${x}</inlineChoice>`).join('')}</inlineChoiceInteraction>`
    const processing =
      '<responseProcessing><responseCondition><responseIf><and><match><variable identifier="R1"/><correct identifier="R1"/></match><match><variable identifier="R2"/><correct identifier="R2"/></match></and><setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>'
    const found = read(
      item(
        `${declare('single', 'identifier', ['Y'], '', 'R1')}${declare('single', 'identifier', ['L'], '', 'R2')}${SCORE}<itemBody><p>Matahari ${inline('R1', 'G', 'L', 'Y')} dan ${inline('R2', 'L', 'Y')}.</p></itemBody>${processing}`,
      ),
    )
    expect(found).toMatchObject({
      status: 'whole',
      content: { type: 'cloze' },
      scoring: { type: 'cloze', rule: 'all', gaps: { 1: { credits: { C: 1 } }, 2: { credits: { A: 1 } } } },
    })
  })
  it('to be filled with words from a list keep their different worth; a penalty that cannot come along is said', () => {
    const build = (mapping: string) =>
      read(
        item(
          `${declare('multiple', 'directedPair', ['W G1', 'Su G2'], mapping)}${SCORE}<itemBody><gapMatchInteraction responseIdentifier="RESPONSE" shuffle="false"><prompt>Lengkapi.</prompt>${['W', 'Sp', 'Su'].map((i) => `<gapText identifier="${i}" matchMax="1">${i}</gapText>`).join('')}<p>Now is the <gap identifier="G1"/> made glorious <gap identifier="G2"/>.</p></gapMatchInteraction></itemBody>${MAP}`,
        ),
      )
    const whole = build(
      '<mapping defaultValue="0"><mapEntry mapKey="W G1" mappedValue="1"/><mapEntry mapKey="Su G2" mappedValue="2"/></mapping>',
    )
    expect(whole).toMatchObject({ status: 'whole', content: { type: 'cloze', once: true }, scoring: { worth: { 1: 1, 2: 2 } } })
    const penalised = build(
      '<mapping defaultValue="-1" lowerBound="0"><mapEntry mapKey="W G1" mappedValue="1"/><mapEntry mapKey="Su G2" mappedValue="2"/></mapping>',
    )
    expect(penalised).toMatchObject({
      status: 'loss',
      problems: ['Aturan penilaian butir ini lain; di sini berlaku: bagian rumpang yang benar.'],
    })
  })
})

describe('Foreign pictures and words to point at', () => {
  it('keep hot words in their text', () => {
    const found = read(
      item(
        `${declare('single', 'identifier', ['B'])}${SCORE}<itemBody><hottextInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Temukan kesalahan.</prompt><p>Sponsors <hottext identifier="A">who bought</hottext> time <hottext identifier="B">includes</hottext> firms.</p></hottextInteraction></itemBody>${MATCH}`,
      ),
    )
    expect(found).toMatchObject({
      status: 'whole',
      content: { type: 'hottext', most: 1, stem: [{ t: 'p' }, { t: 'p', c: [{}, { t: 'hot', id: 'A' }, {}, { t: 'hot', id: 'B' }, {}] }] },
      scoring: { keys: ['B'] },
    })
  })
  it('keep places and their picture', () => {
    const object = '<object type="image/svg+xml" width="206" height="280" data="images/peta.svg">Peta</object>'
    const found = read(
      item(
        `${declare('single', 'identifier', ['A'])}${SCORE}<itemBody><hotspotInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Tunjuk.</prompt>${object}<hotspotChoice shape="circle" coords="77,115,8" identifier="A"/><hotspotChoice shape="rect" coords="118,184,130,196" identifier="B"/></hotspotInteraction></itemBody>${MATCH}`,
      ),
    )
    expect(found).toMatchObject({
      status: 'whole',
      content: {
        type: 'hotspot',
        width: 206,
        height: 280,
        alt: 'Peta',
        media: 'items/images/peta.svg',
        spots: [{ id: 'A', shape: 'circle', at: [77, 115, 8] }, { id: 'B' }],
      },
      scoring: { keys: ['A'] },
    })
  })
  it('keep hidden areas for points set freely', () => {
    const areas = '<areaMapping defaultValue="0"><areaMapEntry shape="circle" coords="102,113,16" mappedValue="1"/></areaMapping>'
    const found = read(
      item(
        `${declare('single', 'point', ['102 113'], areas)}${SCORE}<itemBody><selectPointInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Tandai.</prompt><img src="images/peta.svg" alt="Peta" width="206" height="280"/></selectPointInteraction></itemBody><responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response_point"/>`,
      ),
    )
    expect(found).toMatchObject({ status: 'whole', content: { type: 'hotspot', free: true, spots: [] } })
    expect([scoreResponse(found.scoring!, ['110-113']), scoreResponse(found.scoring!, ['130-113'])]).toEqual([1, 0])
  })
  it('are refused where the picture is missing or lies outside the package', () => {
    for (const data of ['hilang.png', '../../../etc/passwd', 'https://evil.example/x.png', 'file:///etc/passwd']) {
      const found = read(
        item(
          `${declare('single', 'identifier', ['A'])}${SCORE}<itemBody><hotspotInteraction responseIdentifier="RESPONSE" maxChoices="1"><object type="image/png" data="${data}"/><hotspotChoice shape="circle" coords="77,115,8" identifier="A"/></hotspotInteraction></itemBody>${MATCH}`,
        ),
      )
      expect(found).toMatchObject({ status: 'refused', problems: ['Gambar butir ini tidak ada di dalam berkas.'] })
    }
  })
})

describe('What a package says around its items', () => {
  it('QTI 3.0 names, a shared stimulus, MathML and feedback come along', () => {
    const q3 = `<?xml version="1.0"?><qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="q3" title="Tiga" adaptive="false" time-dependent="false">
<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"><qti-correct-response><qti-value>x</qti-value></qti-correct-response></qti-response-declaration>
<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
<qti-assessment-stimulus-ref identifier="S1" href="../stimuli/bacaan.xml"/>
<qti-item-body><p>Nilai <math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>f</mi><mfenced><mrow><mn>2</mn></mrow></mfenced></mrow><annotation encoding="SnuggleTeX">f(2)</annotation></semantics></math>?</p>
<qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-simple-choice identifier="x">4<qti-feedback-inline outcome-identifier="FEEDBACK" identifier="x" show-hide="show">Benar sekali.</qti-feedback-inline></qti-simple-choice><qti-simple-choice identifier="y">5</qti-simple-choice></qti-choice-interaction></qti-item-body>
<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/></qti-assessment-item>`
    const stimulus =
      '<qti-assessment-stimulus xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="S1" title="Bacaan"><qti-stimulus-body><p>Teks bersama.</p></qti-stimulus-body></qti-assessment-stimulus>'
    const manifest =
      '<manifest><resources><resource identifier="i" type="imsqti_item_xmlv3p0" href="items/q3.xml"><file href="items/q3.xml"/></resource></resources></manifest>'
    const found = readQtiPackage(
      new Map([
        ['imsmanifest.xml', bytes(manifest)],
        ['items/q3.xml', bytes(q3)],
        ['stimuli/bacaan.xml', bytes(stimulus)],
      ]),
    )
    expect(found.format).toBe('qti3')
    expect(found.items).toHaveLength(1)
    expect(found.items[0]).toMatchObject({
      status: 'whole',
      stimulus: { code: 'S1', body: [{ t: 'p', c: [{ t: 'text', v: 'Teks bersama.' }] }] },
      rationale: 'Benar sekali.',
      notes: ['Umpan balik menjadi bagian pembahasan.'],
    })
    // Brackets that a browser would not draw are written out.
    expect(JSON.stringify(found.items[0]!.content)).toContain('<mo>(</mo><mrow><mrow><mn>2</mn></mrow></mrow><mo>)</mo>')
  })
  it('names of 2.x in the namespace of 3.0 are read as 3.0, whose mappings heed no case', () => {
    const mapping = '<mapping defaultValue="0"><mapEntry mapKey="Liwa" mappedValue="1"/></mapping>'
    const found = read(
      item(
        `${declare('single', 'string', ['Liwa'], mapping)}${SCORE}<itemBody><p>Ibu kota: <qti-text-entry-interaction response-identifier="RESPONSE"/></p></itemBody>${MAP}`,
        '',
        'http://www.imsglobal.org/xsd/imsqtiasi_v3p0',
      ),
    )
    expect(scoreResponse(found.scoring!, { 1: 'LIWA' })).toBe(1)
  })
  it('what cannot be held is refused by name, and does not stop the others', () => {
    const bad: [string, string, string][] = [
      [
        '',
        `${declare('single', 'identifier', ['A'])}<itemBody><uploadInteraction responseIdentifier="RESPONSE"/></itemBody>`,
        'unggah berkas',
      ],
      [
        '',
        `<templateDeclaration identifier="N"/>${declare('single', 'identifier', ['A'])}<itemBody>${choices(1, 'A', 'B')}</itemBody>${MATCH}`,
        'bertemplat',
      ],
      [
        '',
        `${declare('single', 'identifier', ['A'])}<itemBody>${choices(1, 'A', 'B')}${choices(1, 'A', 'B')}</itemBody>${MATCH}`,
        '2 pertanyaan sekaligus',
      ],
      ['', `<itemBody><p>Bacaan saja.</p></itemBody>`, 'hanya bahan bacaan'],
    ]
    for (const [attributes, inside, words] of bad) expect(read(item(inside, attributes)).problems.join(' ')).toContain(words)
    expect(read(item(`<itemBody/>`).replace('adaptive="false"', 'adaptive="true"')).problems[0]).toContain('adaptif')
    const files = new Map([
      ['a.xml', bytes(item('<itemBody/>'))],
      ['b.xml', bytes('<assessmentItem><itemBody></assessmentItem>')],
      ['c.xml', bytes(item(`${declare('single', 'identifier', ['A'])}${SCORE}<itemBody>${choices(1, 'A', 'B')}</itemBody>${MATCH}`))],
      ['old.xml', bytes('<questestinterop/>')],
    ])
    expect(readQtiPackage(files).items.map((i) => i.status)).toEqual(['refused', 'refused', 'whole', 'refused'])
  })
})
