/**
 * When a result is shown to people, the one rule: its sitting shows results at once, or the office has released it. Whoever reads
 * results by name or in groups asks here, for every role alike: the teacher, the head, the offices and BGTK. Measures count besides only
 * once their run is released; drafts stand on the screens of calibration and release alone (decision 008).
 */

/**
 * What is practice, the one rule: cycles for practice, and rehearsals, which are practice of the machine. Their attempts make no figure:
 * no calibration, map, growth, tier, effect, panel or raters' queue. A condition of SQL on the alias of the table `cycle`.
 */
export const counts = (cycle: string): string => `NOT (${cycle}.practice OR ${cycle}.rehearsal)`

/** Whether people sat there, practice included: whoever saw an item saw it, and in a rehearsal nobody did. The same kind of condition. */
export const byPeople = (cycle: string): string => `NOT ${cycle}.rehearsal`

/** The rule of practice on a seat that was read; cycles of rehearsals are written down as practice besides. */
export const isCounted = (s: { practice: boolean }): boolean => !s.practice

/** The rule as a condition of SQL on the alias of the table `sitting`. */
export const shownToPeople = (sitting: string): string => `(${sitting}.release_rule = 'immediate' OR ${sitting}.released_at IS NOT NULL)`

/** The same rule on a row that was read. */
export const isShownToPeople = (s: { releaseRule: string; releasedAt: Date | null }): boolean =>
  s.releaseRule === 'immediate' || s.releasedAt !== null
