import { describe, expect, it } from 'vitest'
import { BankItem, compileItem } from '@/lib/items/bank-item'
import { responseCheck } from '@/lib/items/fits'
import { readQtiPackage } from '@/lib/items/formats/qti/package'
import { scoreResponse } from '@/lib/items/score'

const fields = { code: 'X', indicator: '4.1.1', domain: 'X', level: 'L1', rationale: 'x', type: 'slider', stem: 'Berapa?' }
const made = (more: object) => compileItem(BankItem.parse({ ...fields, ...more }), (n) => n)
const at = (value: string) => ({ value })

describe('a slider', () => {
  it('earns its credit within tolerance or range, edges included, whatever binary fractions do', () => {
    const near = made({ min: 0, max: 1, step: 0.1, answer: 0.3, tolerance: 0.1 }).scoring
    expect(['0.1', '0.2', '0.3', '0.4', '0.5'].map((v) => scoreResponse(near, at(v)))).toEqual([0, 1, 1, 1, 0])
    const span = made({ min: -10, max: 10, step: 5, range: [-5, 0] }).scoring
    expect(['-10', '-5', '0', '5'].map((v) => scoreResponse(span, at(v)))).toEqual([0, 1, 1, 0])
    for (const other of ['', 'A', 3, ['0'], { 1: '0' }, { value: '' }, { value: '0', x: '0' }])
      expect(scoreResponse(span, other as never)).toBe(0)
  })
  it('takes only numbers on which it can stand', () => {
    const fits = responseCheck(made({ min: 0, max: 1, step: 0.1, answer: 0.3 }).content)
    for (const good of ['0', '0.3', '0.7', '1']) expect(fits(at(good)), good).toBe(true)
    for (const bad of ['0.35', '1.1', '-0.1', '1e0', ' 0.3', '', 'NaN', '0,3']) expect(fits(at(bad)), bad).toBe(false)
    expect([fits(3), fits(['0.3']), fits({ value: true }), fits({ value: '0.3', more: '1' })]).toEqual([false, false, false, false])
    expect(fits(null)).toBe(true)
  })
  it('refuses a line that no thumb can use and a key that is everywhere or nowhere', () => {
    const said = (more: object) => {
      try {
        made(more)
        return ''
      } catch (error) {
        return (error as Error).message
      }
    }
    expect(said({ min: 5, max: 5, step: 1, answer: 5 })).toContain('ujung kanan')
    expect(said({ min: 0, max: 10, step: 3, answer: 3 })).toContain('membagi habis')
    expect(said({ min: 0, max: 10_000, step: 1, answer: 3 })).toContain('isian angka')
    expect(said({ min: 0, max: 10, step: 1 })).toContain('satu rentang')
    expect(said({ min: 0, max: 10, step: 1, answer: 3, range: [1, 2] })).toContain('satu rentang')
    expect(said({ min: 0, max: 10, step: 5, answer: 3 })).toContain('tidak ada nilai')
    expect(said({ min: 0, max: 10, step: 1, range: [0, 10] })).toContain('semua nilai')
    expect(said({ min: 0, max: 10, step: 1, range: [7, 3] })).toContain('yang kecil ke yang besar')
  })
})

describe('a slider of another program', () => {
  const bytes = (xml: string) => new TextEncoder().encode(xml) as Uint8Array<ArrayBuffer>
  const read = (interaction: string, declaration: string, processing: string) =>
    readQtiPackage(
      new Map([
        [
          'a.xml',
          bytes(
            `<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="a" title="a"><responseDeclaration identifier="RESPONSE" cardinality="single" baseType="integer">${declaration}</responseDeclaration><outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/><itemBody><sliderInteraction responseIdentifier="RESPONSE" ${interaction}><prompt>Berapa?</prompt></sliderInteraction></itemBody>${processing}</assessmentItem>`,
          ),
        ],
      ]),
    ).items[0]!
  const match = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
  const right = '<correctResponse><value>16</value></correctResponse>'

  it('is read whole where its rule is one value, a tolerance or a range', () => {
    const one = read('lowerBound="0" upperBound="100" step="1"', right, match)
    expect(one).toMatchObject({
      status: 'whole',
      content: { type: 'slider', min: 0, max: 100, step: 1 },
      scoring: { key: { value: 16, tolerance: 0 } },
    })
    const condition = (test: string) =>
      `<responseProcessing><responseCondition><responseIf>${test}<setOutcomeValue identifier="SCORE"><baseValue baseType="float">2</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>`
    const near = read(
      'lowerBound="0" upperBound="100" step="1"',
      right,
      condition(
        '<equal toleranceMode="absolute" tolerance="2 2"><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal>',
      ),
    )
    expect(near).toMatchObject({ status: 'whole', scoring: { key: { value: 16, tolerance: 2 } } })
    const strict = read(
      'lowerBound="0" upperBound="100" step="1"',
      '',
      condition(
        '<and><gt><variable identifier="RESPONSE"/><baseValue baseType="integer">10</baseValue></gt><lt><variable identifier="RESPONSE"/><baseValue baseType="integer">20</baseValue></lt></and>',
      ),
    )
    expect(strict).toMatchObject({ status: 'whole', scoring: { key: { from: 11, to: 19 } } })
  })
  it('says what does not come along, and refuses what cannot be marked', () => {
    expect(read('lowerBound="0" upperBound="10" step="3"', '<correctResponse><value>3</value></correctResponse>', match)).toMatchObject({
      status: 'loss',
      content: { max: 9 },
      problems: [expect.stringContaining('ujung kanan')],
    })
    expect(
      read('lowerBound="0" upperBound="10" reverse="true"', '<correctResponse><value>3</value></correctResponse>', match).problems,
    ).toEqual([expect.stringContaining('terbalik')])
    expect(read('lowerBound="0" upperBound="10"', '', match).status).toBe('refused')
    expect(read('lowerBound="0" upperBound="999999"', right, match).status).toBe('refused')
    expect(read('upperBound="10"', right, match).status).toBe('refused')
    expect(read('lowerBound="1e12" upperBound="1000000000010"', right, match).status).toBe('refused')
  })
})
