import { describe, expect, it } from 'vitest'
import { planCalendar } from '@/lib/reports/calendar'

describe('a plan as a calendar', () => {
  it('has one entry a session, a week apart, with the comma of its title escaped', () => {
    const text = planCalendar([{ id: 's1', title: 'Laju, kesetimbangan', startsOn: '2026-02-25', sessions: 2, hours: 6, where: 'MGMP' }])
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2)
    expect(text).toContain('DTSTART;VALUE=DATE:20260225')
    expect(text).toContain('DTSTART;VALUE=DATE:20260304')
    expect(text).toContain('SUMMARY:Laju\\, kesetimbangan (1 dari 2)')
    expect(text).toContain('\r\n')
  })
  it('is empty but whole without steps', () => expect(planCalendar([])).not.toContain('VEVENT'))
})
