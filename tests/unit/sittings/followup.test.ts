import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alternate, nextForms, proposedStart, shiftDays } from '@/lib/sittings/followup'
import { formForSeat } from '@/lib/sittings/form-service'

const forms: Record<string, number[]> = {
  A: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  B: [1, 2, 3, 4, 5, 6, 17, 18, 19, 20],
  C: [11, 12, 13, 14, 15, 16, 17, 18, 19, 20],
  D: [11, 12, 13, 14, 15, 16, 7, 8, 9, 10],
}
const overlap = (a: string, b: string) => forms[a]!.filter((i) => forms[b]!.includes(i)).length
const candidate = (id: string, label: string | null = id) => ({
  formId: id,
  code: `MTK-${id}`,
  label,
  instrumentId: 'mtk',
  title: 'Matematika',
  competencyCode: '4',
  items: 10,
})

describe('A follow-up cycle', () => {
  it('is proposed half a year later on the same day of the week', () => {
    expect(proposedStart(new Date('2025-10-18T00:00:00Z'))).toBe('2026-04-18')
    expect(shiftDays(new Date('2025-10-18T00:00:00Z'), '2026-04-18')).toBe(182 * 86_400_000)
  })
  it('swaps the anchor sets: nobody meets an item again, and both forms share items with the base', () => {
    const chosen = nextForms(
      ['A', 'B', 'C', 'D'].map((id) => candidate(id)),
      [
        { formId: 'A', seats: 60 },
        { formId: 'B', seats: 58 },
      ],
      overlap,
    )
    expect(chosen.map((c) => [c.code, c.seen, c.anchors, c.seats])).toEqual([
      ['MTK-C', 0, 4, 60],
      ['MTK-D', 0, 4, 58],
    ])
  })
  it('takes the one form that there is, and says how much of it was seen', () => {
    expect(nextForms([candidate('A', null)], [{ formId: 'A', seats: 90 }], overlap)).toMatchObject([{ code: 'MTK-A', seen: 10 }])
  })
  it('gives each seat the form with least of what its teacher saw, and tells neighbours apart where that leaves a choice', () => {
    const parallel = [candidate('C'), candidate('D')]
    const place = (seatNumber: number) => ({ seatNumber, columns: 4 })
    for (let seat = 1; seat < 20; seat++) {
      expect(formForSeat(place(seat), parallel, ['A'], overlap)?.formId).toBe('C')
      expect(formForSeat(place(seat), parallel, ['B'], overlap)?.formId).toBe('D')
    }
    expect(formForSeat(place(1), parallel, [], overlap)).not.toBe(formForSeat(place(2), parallel, [], overlap))
  })
  it('seats people so that neighbours differ as long as both kinds are there, and loses nobody', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('A', 'B'), { maxLength: 60 }), (kinds) => {
        const out = alternate(
          kinds.map((kind, i) => ({ kind, i })),
          (x) => x.kind,
        )
        expect(out.map((x) => x.i).sort((a, b) => a - b)).toEqual(kinds.map((_, i) => i))
        const fewer = Math.min(kinds.filter((k) => k === 'A').length, kinds.filter((k) => k === 'B').length)
        for (let i = 1; i < 2 * fewer; i++) expect(out[i]!.kind).not.toBe(out[i - 1]!.kind)
      }),
      { seed: 8 },
    )
  })
})
