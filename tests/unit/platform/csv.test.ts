import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { writeCsv } from '@/lib/platform/csv'

const read = (text: string) => parse(text, { bom: true, delimiter: ';' }) as string[][]

describe('a file for spreadsheets', () => {
  it('holds negative numbers as numbers, with comma or point', () => {
    expect(read(writeCsv([{ b: '-1,130', c: '-4', d: '-0.5' }]))).toEqual([
      ['b', 'c', 'd'],
      ['-1,130', '-4', '-0.5'],
    ])
  })
  it('lets no text become a formula', () => {
    for (const text of ['=1+1', '+62812', '-cmd', '@SUM', '-1,2 | 0,4', '－1', '-1e5', '-'])
      expect(read(writeCsv([[text]]))).toEqual([[`'${text}`]])
  })
  it('gives back any other text as it was', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ minLength: 1 }).filter((s) => !/^[=+\-@\t\r＝＋－＠]/.test(s)),
          { minLength: 1, maxLength: 5 },
        ),
        (cells) => {
          expect(read(writeCsv([cells]))).toEqual([cells])
        },
      ),
    )
  })
})
