import { describe, expect, it } from 'vitest'
import { spanOf, spansOver, within } from '@/lib/tutoring/span-model'

describe('a span of a letter over all pairs', () => {
  it('is everything or a semester of a school year, by its code and no other', () => {
    expect(spanOf('2026-1')).toMatchObject({ title: 'Semester genap 2025/2026', from: '2026-01-01', to: '2026-06-30' })
    expect(spanOf('2026-2')).toMatchObject({ title: 'Semester ganjil 2026/2027', from: '2026-07-01', to: '2026-12-31' })
    for (const code of ['', '2026', '2026-3', '1999-1', "2026-1'", 'semua ']) expect(spanOf(code)).toBeNull()
  })
  it('holds every day of the semesters that are offered, in one of them and in everything', () => {
    const days = ['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01']
    const [all, ...semesters] = spansOver(days)
    expect([all, ...semesters].map((s) => s!.code)).toEqual(['semua', '2026-2', '2026-1', '2025-2'])
    for (const day of days) {
      expect(within(all!, day)).toBe(true)
      expect(semesters.filter((s) => within(s, day))).toHaveLength(1)
    }
    expect(spansOver([])).toEqual([])
  })
})
