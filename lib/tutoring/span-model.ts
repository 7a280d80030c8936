/** Spans of time for which one letter over all pairs is made: a semester of a school year, or everything. */

export type Span = {
  /** "semua", or a half of a year: "2026-1" from January, "2026-2" from July. */
  code: string
  title: string
  /** Days "2026-01-01" to "2026-06-30"; open where it is everything. */
  from: string
  to: string
}

export const everything: Span = { code: 'semua', title: 'Seluruh masa pendampingan', from: '0001-01-01', to: '9999-12-31' }

/** The span of a code; null for what is none. */
export function spanOf(code: string): Span | null {
  if (code === everything.code) return everything
  const [, year, half] = /^(20\d\d)-([12])$/.exec(code) ?? []
  if (!year) return null
  const schoolYear = half === '1' ? Number(year) - 1 : Number(year)
  return {
    code,
    title: `Semester ${half === '1' ? 'genap' : 'ganjil'} ${schoolYear}/${schoolYear + 1}`,
    from: half === '1' ? `${year}-01-01` : `${year}-07-01`,
    to: half === '1' ? `${year}-06-30` : `${year}-12-31`,
  }
}

export const within = (span: Span, day: string): boolean => span.from <= day && day <= span.to

/** Everything, then the semesters in which these days lie, newest first; none without a day. */
export function spansOver(days: readonly string[]): Span[] {
  if (days.length === 0) return []
  const codes = new Set(days.map((day) => `${day.slice(0, 4)}-${day.slice(5, 7) <= '06' ? 1 : 2}`))
  return [
    everything,
    ...[...codes]
      .sort()
      .reverse()
      .flatMap((code) => spanOf(code) ?? []),
  ]
}
