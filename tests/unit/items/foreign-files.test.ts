import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { FOLDER, foreignFiles, readForeign, told, type Told } from './foreign-files'

const expected = parse(readFileSync(`${FOLDER}/expected.yaml`, 'utf8')) as Record<string, { refused: string } | Told[]>

describe('A file of questions from outside', () => {
  it('has its right values written down, whichever it is', () => {
    expect(Object.keys(expected).sort()).toEqual(foreignFiles().sort())
  })
  it.each(foreignFiles())('says what its writer meant, or says what it could not: %s', async (name) => {
    const found = await readForeign(name)
    const right = expected[name]!
    if ('refused' in right) expect(found.refused).toContain(right.refused)
    else {
      expect(found.refused).toBeUndefined()
      expect(told(found)).toEqual(right)
    }
  })
})
