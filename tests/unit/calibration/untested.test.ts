import { describe, expect, it } from 'vitest'
import { hideFew, untestedWords, type Untested } from '@/lib/calibration/untested-model'

const check = (reference: number, focal: number): Untested => ({
  comparison: { key: 'Jenis kelamin', reference: 'Laki-laki', focal: 'Perempuan' },
  reason: 'few',
  n: { reference, focal },
})

describe('a comparison that could not be made because a group is small', () => {
  it('tells the size of no group of few, and not that of the other, which would give it away', () => {
    for (const u of [check(480, 3), check(9, 91), check(4, 4)]) {
      const told = hideFew(u, 10)
      expect(told.n).toEqual({ reference: 0, focal: 0 })
      expect(untestedWords(told)).toBe(
        'tidak dapat diuji: kelompok terlalu kecil (salah satunya kurang dari 10 orang; sedikitnya 100 per kelompok pada paket yang memuat butir ini)',
      )
      expect(JSON.stringify(told)).not.toMatch(/480|91/)
    }
  })
  it('tells sizes from the least that the settings tell of a group', () => {
    expect(hideFew(check(480, 10), 10)).toEqual(check(480, 10))
    expect(untestedWords(check(480, 12))).toMatch(/Laki-laki 480 orang, Perempuan 12 orang/)
    expect(hideFew(check(480, 12), 20).fewerThan).toBe(20)
  })
})
