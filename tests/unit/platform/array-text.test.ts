import fc from 'fast-check'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { plainArray, textArray } from '@/lib/platform/array-text'

/** What the driver itself makes of an array, as the yardstick. */
const { prepareValue } = createRequire(import.meta.url)('pg/lib/utils.js') as { prepareValue: (value: unknown) => string }

/** Reads a one-dimensional array as PostgreSQL does. */
function read(text: string): (string | null)[] {
  const found: (string | null)[] = []
  const element = /"((?:[^"\\]|\\.)*)"|([^,{}"]+)/gs
  for (const [, quoted, bare] of text.slice(1, -1).matchAll(element))
    found.push(quoted !== undefined ? quoted.replace(/\\(.)/gs, '$1') : bare === 'NULL' ? null : bare!)
  return found
}

describe('arrays of the answer path', () => {
  it('say whatever a text holds, as the driver says it', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 20 }), (texts) => {
        expect(textArray(texts)).toBe(prepareValue(texts))
        expect(read(textArray(texts))).toEqual(texts)
      }),
    )
    expect(textArray(['NULL', '', '{}', 'a,b', '"B"', '\\'])).toBe(prepareValue(['NULL', '', '{}', 'a,b', '"B"', '\\']))
  })
  it('say ids, numbers, truth values and nothing so that they are read as such', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uuid(), fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null))), (values) => {
        expect(read(plainArray(values))).toEqual(values.map((v) => (v === null ? null : String(v))))
      }),
    )
  })
})
