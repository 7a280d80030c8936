import { describe, expect, it } from 'vitest'
import * as format from '@/lib/platform/format'

describe('words for dates and numbers', () => {
  const start = new Date('2025-10-18T00:30:05Z')
  it('are Indonesian and in WIB, wherever the server stands', () => {
    expect(format.formatDay(start)).toBe('Sabtu, 18 Oktober 2025')
    expect(format.formatTime(start)).toBe('07.30 WIB')
    expect(format.formatClock(start, true)).toBe('07.30.05')
    expect(format.formatClock(new Date('2025-10-17T17:00:00Z'))).toBe('00.00')
    expect(format.formatMoment(start)).toBe('18 Oktober 2025, 07.30 WIB')
    expect(format.toDateInput(new Date('2025-10-17T18:00:00Z'))).toBe('2025-10-18')
    expect(format.fromWib('2025-10-18', '07:30').toISOString()).toBe('2025-10-18T00:30:00.000Z')
  })
  it('use the decimal comma and the thousands point', () => {
    expect(format.formatCount(14398)).toBe('14.398')
    expect(format.formatNumber(54.77, 2)).toBe('54,77')
    expect(format.formatNumber(-0.5)).toBe('-0,5')
    expect(format.formatDuration(5400)).toBe('1 jam 30 menit')
    expect(format.formatDuration(3600)).toBe('1 jam')
    expect(format.formatDuration(0)).toBe('0 menit')
  })
})
