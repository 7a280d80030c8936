import { describe, expect, it } from 'vitest'
import { workingDaysLater } from '@/lib/plans/objection-model'

describe('the clock of an objection', () => {
  it('counts Monday to Friday in Lampung, not on the server', () => {
    const at = (text: string) => workingDaysLater(new Date(text), 10).toISOString().slice(0, 10)
    expect(at('2026-02-02T03:00:00Z')).toBe('2026-02-16')
    // Friday 23.30 WIB is still Friday there.
    expect(workingDaysLater(new Date('2026-02-06T16:30:00Z'), 1).toISOString().slice(0, 10)).toBe('2026-02-09')
  })
})
