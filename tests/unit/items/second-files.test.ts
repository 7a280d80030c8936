import { describe, expect, it } from 'vitest'
import { second } from '../../fixtures/items/second/expected'
import { readForeign, secondFiles, told } from './foreign-files'

describe('A file of the second set, whose right values were written before it was read', () => {
  it('has its right values written down, whichever it is', () => {
    expect(
      secondFiles()
        .map((f) => f.slice('second/'.length))
        .sort(),
    ).toEqual(Object.keys(second).sort())
  })
  it.each(secondFiles())('says what its writer meant, or says what it could not: %s', async (path) => {
    const found = await readForeign(path)
    const right = second[path.slice('second/'.length)]!
    const items = told(found)
    expect(found.refused).toBeUndefined()
    expect(items).toHaveLength(right.length)
    for (const [i, want] of right.entries()) {
      const item = items[i]!
      const where = `question ${i + 1}: ${JSON.stringify(item)}`
      if (want.is === 'not whole') expect(item.is, where).not.toBe('whole')
      else expect(item.is, where).toBe(want.is)
      if (want.says) expect(JSON.stringify([item, found.skipped ?? []]), where).toMatch(want.says)
      if (item.is === 'refused') continue
      if (want.type) expect(item.type, where).toBe(want.type)
      if (want.stem instanceof RegExp) expect(item.stem, where).toMatch(want.stem)
      else if (want.stem) expect(item.stem, where).toBe(want.stem)
      if (want.options) expect(item.options, where).toEqual(want.options)
      if (want.key) expect(item.key, where).toEqual(want.key)
      if (want.never) expect(JSON.stringify([item.stem, item.options]), where).not.toMatch(want.never)
      if (want.stimulus) expect(item.stimulus, where).toMatch(want.stimulus)
    }
  })
})
