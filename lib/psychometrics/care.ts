/** Answers of one person in the order shown, as given (before any reversal); null = not answered. */
export type AnswerRow = readonly (number | null)[]

/** Length of the longest run of identical answers (longstring, Johnson 2005). A missing answer ends a run; 0 without answers. */
export function longestRun(row: AnswerRow): number {
  let longest = 0
  let run = 0
  row.forEach((x, j) => {
    run = x === null ? 0 : j > 0 && x === row[j - 1] ? run + 1 : 1
    longest = Math.max(longest, run)
  })
  return longest
}

/** Standard deviation (n − 1) of a person's own answers, in answer points (Dunn et al. 2018); null below two answers. */
export function withinPersonSd(row: AnswerRow): number | null {
  const given = row.filter((x) => x !== null)
  if (given.length < 2) return null
  const mean = given.reduce((s, x) => s + x, 0) / given.length
  return Math.sqrt(given.reduce((s, x) => s + (x - mean) ** 2, 0) / (given.length - 1))
}

/** Signs of careless answering: a long run, hardly any spread, impossible speed, a missed instruction. */
export type CareSign = 'run' | 'spread' | 'speed' | 'instructed'

export type CareLimits = {
  /** A run longer than this is a sign. */
  maxRun: number
  /** A within-person SD below this, in answer points, is a sign. */
  minSd: number
  /** Mean seconds an item, one a person; null = not timed. */
  secondsPerItem?: readonly (number | null)[]
  /** Faster than this is a sign; 2 seconds by default (Huang, Curran, Keeney, Poposki & DeShon 2012). */
  minSeconds?: number
  /** Instructed items: the column and the answer that was asked for. One wrong (or two) is one sign; a missing answer is none. */
  instructed?: readonly { column: number; answer: number }[]
}

export type CareFlag = { longestRun: number; sd: number | null; signs: CareSign[]; flagged: boolean }

/** Care checks of Likert answers, one flag a person. Two different signs are needed for a flag, which asks for a look, never more. */
export function careFlags(rows: readonly AnswerRow[], limits: CareLimits): CareFlag[] {
  return rows.map((row, i) => {
    const run = longestRun(row)
    const sd = withinPersonSd(row)
    const seconds = limits.secondsPerItem?.[i] ?? null
    const signs: CareSign[] = []
    if (run > limits.maxRun) signs.push('run')
    if (sd !== null && sd < limits.minSd) signs.push('spread')
    if (seconds !== null && seconds < (limits.minSeconds ?? 2)) signs.push('speed')
    if (limits.instructed?.some(({ column, answer }) => (row[column] ?? answer) !== answer)) signs.push('instructed')
    return { longestRun: run, sd, signs, flagged: signs.length >= 2 }
  })
}
