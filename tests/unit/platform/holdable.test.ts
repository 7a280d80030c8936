import { describe, expect, it } from 'vitest'
import { holdable, holdableTree, readJson } from '@/lib/platform/holdable'

describe('text that PostgreSQL can hold', () => {
  it('loses a NUL and half a character, and nothing else', () => {
    expect(holdable('a\u0000b\ud83dc\udc00')).toBe('abc')
    expect(holdable('Rapat 😀\n\tselesai é')).toBe('Rapat 😀\n\tselesai é')
  })
  it('is cleaned at every depth of what arrives as JSON, in names as in values', () => {
    expect(readJson(JSON.stringify({ 'a\u0000': ['x\u0000', { b: '\ud800y', c: 3, d: null, e: true }] }))).toEqual({
      a: ['x', { b: 'y', c: 3, d: null, e: true }],
    })
  })
  it('keeps six characters that only look like an escape', () => {
    expect(readJson(JSON.stringify({ a: 'tulis \\u0000 di C' }))).toEqual({ a: 'tulis \\u0000 di C' })
  })
  it('leaves dates and bytes of a tree as they are', () => {
    const when = new Date()
    expect(holdableTree({ when })).toEqual({ when })
  })
  it('is not there where the text is no JSON', () => {
    expect(readJson('{')).toBeUndefined()
  })
})
