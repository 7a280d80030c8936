import { describe, expect, it } from 'vitest'
import { testedOf, testedWords } from '@/lib/calibration/tested-model'

describe('Persons behind answer sheets', () => {
  it('count once, however often they were tested, and the sheets are said beside them', () => {
    const tested = testedOf(['a', 'b', 'a', 'c', 'b'])
    expect(tested).toEqual({ responses: 5, people: 3 })
    expect(testedWords(tested, 5)).toBe('5 lembar jawaban dari 3 orang')
  })
  it('are said in one number where each gave one sheet', () => {
    expect(testedWords(testedOf(['a', 'b']), 2)).toBe('2 orang, masing-masing satu lembar jawaban')
  })
  it('are never made of answer sheets where nobody counted them', () => {
    expect(testedWords(null, 704)).toBe('704 lembar jawaban, banyaknya orang tidak dicatat')
  })
})
