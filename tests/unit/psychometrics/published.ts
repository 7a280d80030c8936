import { responsesOf, type Responses } from '@/lib/psychometrics/responses'

/** Frequencies of the 32 patterns 00000 … 11111 (first item leftmost) of 1,000 persons. */
function fromPatterns(counts: number[]): Responses {
  const rows = counts.flatMap((n, pattern) => Array.from({ length: n }, () => [16, 8, 4, 2, 1].map((bit) => (pattern & bit ? 1 : 0))))
  const made = responsesOf(['item1', 'item2', 'item3', 'item4', 'item5'], rows)
  if (!made.ok) throw new Error(made.problem.detail)
  return made.value
}

/** Law School Admission Test, section 6 (Bock & Lieberman 1970, Psychometrika 35, table 1). */
export const lsat6 = fromPatterns([
  3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298,
])

/** Law School Admission Test, section 7 (same source). */
export const lsat7 = fromPatterns([
  12, 19, 1, 7, 3, 19, 3, 17, 10, 5, 3, 7, 7, 23, 8, 28, 7, 39, 11, 34, 14, 51, 15, 90, 6, 25, 7, 35, 18, 136, 32, 308,
])
