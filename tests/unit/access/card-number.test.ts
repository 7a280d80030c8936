import { describe, expect, it } from 'vitest'
import { bareNumber, cardNumber } from '@/lib/access/card-number-model'

describe('the number of a card as a tired hand types it', () => {
  it('is the same with and without hyphen, spaces and capitals, also where the code of the cycle is digits', () => {
    for (const typed of ['LAT-00001', 'lat00001', ' LAT 00001 ', 'Lat - 00001', 'LAT–00001', 'L A T 0 0 0 0 1'])
      expect([typed, cardNumber(typed)]).toEqual([typed, 'LAT-00001'])
    expect(cardNumber('251000017')).toBe('2510-00017')
    expect(cardNumber('2510-123456')).toBe('2510-123456')
  })
  it('is left alone where it is no number of a card', () => {
    expect(cardNumber('hapus-0123abcd')).toBe('HAPUS-0123ABCD')
    expect(cardNumber('abc')).toBe('ABC')
  })
  it('is found by any piece of it', () => {
    expect(bareNumber('LAT-00001')).toContain(bareNumber('t 000'))
  })
})
