import { Z80 } from '@/lib/psychometrics/classification'
import { normalQuantile } from '@/lib/psychometrics/distributions'
import { SCALE_CUT } from '@/lib/scoring/model'
import { chanceBelow } from '@/lib/psychometrics/posterior'
import { judge } from '@/lib/scoring/judgement-model'
import type { Area, Reading, TierRules } from './model'

/**
 * What one result says a person is strong in and what needs work: the one place that decides it. Result, plan, tutor, certificate, the
 * head's page and the matching read this and nothing else (decision 045).
 */

/** Above the line with evidence, below it with evidence, or neither. */
export type AreaState = 'strength' | 'need' | 'unclear'

/** One area with what may be said of it. `balanced`, `low` and `high` (80 % range) are percents. */
export type AreaFound = Area & { state: AreaState; balanced: number; low: number; high: number }

/** Whoever helps others may be below the line of competence with this chance at most. */
const HELPER_BELOW = 0.1

export type Profile = {
  part: string
  /** Against the standard of 500, as the result page says it; null on raw percents, which carry no standard. */
  standing: 'above' | 'near' | 'below' | null
  /** Surest first. */
  strengths: AreaFound[]
  /** Surest first. */
  needs: AreaFound[]
  /** Not told apart by this test; thinnest first. */
  unclear: AreaFound[]
  /** Where work pays most, thinnest first: needs, and areas below the line that the test cannot tell apart. Never a strength. */
  work: AreaFound[]
}

/**
 * An area's percent drawn towards the person's own total, because two or three items say little by themselves
 * (Kelley 1947; Wainer et al. 2001): (items·percent + balance·total)/(items + balance).
 */
export const balanced = (area: Area, total: number, balance: number): number =>
  (area.items * area.percent + balance * total) / (area.items + balance)

/** Of people whose areas are all alike at most this share is told of any that is not: divided by the areas asked. */
const FAMILY = 0.1

/** Spread of item difficulties in shares, where none was ever estimated: an area of few items may just be harder. */
const DIFFICULTY = 0.15

/**
 * One area. A need is clear of the person's other areas, difficulty and error taken in, and below the line; a strength is above the line with
 * the standard itself reached there by nine chances in ten. Neither is said against the area's own percent. Without a scale both rest on the
 * percent with the error of few items and of difficulties that nobody knows.
 */
function areaOf(area: Area, reading: Reading, rules: TierRules): AreaFound {
  const { areas, percent: total } = reading
  const items = areas.reduce((s, a) => s + a.items, 0)
  const percent = balanced(area, total, rules.balance)
  const p = Math.min(0.98, Math.max(0.02, percent / 100))
  const reach = 100 * Math.sqrt((p * (1 - p)) / (area.items + rules.balance) + (area.gap ? 0 : DIFFICULTY ** 2 / area.items))
  const [low, high] = [Math.max(0, percent - Z80 * reach), Math.min(100, percent + Z80 * reach)]
  const line = rules.weakBelow
  const found = { ...area, balanced: percent, low, high }
  const apart = FAMILY / areas.length
  if (area.gap) {
    const weak = 1 - chanceBelow(area.gap, 0) <= apart
    const rest = 1 - area.items / Math.max(items, 1)
    const own = { mean: reading.posterior.mean + rest * area.gap.mean, sd: Math.hypot(reading.posterior.sd, rest * area.gap.sd) }
    const strong = reading.part === '2' ? chanceBelow(area.gap, 0) <= apart : chanceBelow(own, SCALE_CUT) <= HELPER_BELOW
    return { ...found, state: strong && area.percent >= line ? 'strength' : weak && area.percent < line ? 'need' : 'unclear' }
  }
  const others = items > area.items ? (items * total - area.items * area.percent) / (items - area.items) : 100
  const top = percent - normalQuantile(apart) * reach
  const need = top < Math.min(line, others) && area.percent < line
  return { ...found, state: low >= line && area.percent >= line ? 'strength' : need ? 'need' : 'unclear' }
}

const byCode = (a: Area, b: Area) => (a.code < b.code ? -1 : 1)
const thinnest = (a: AreaFound, b: AreaFound) => a.balanced - b.balanced || byCode(a, b)

/** Strengths, needs and what the test leaves open, of one reading. */
export function profileOf(reading: Reading, rules: TierRules): Profile {
  const found = reading.areas.map((a) => areaOf(a, reading, rules))
  const areas = reading.few ? found.map((a) => ({ ...a, state: 'unclear' as const })) : found
  const of = (state: AreaState) => areas.filter((a) => a.state === state)
  return {
    part: reading.part,
    standing: standingOf(reading),
    strengths: of('strength').sort((a, b) => b.low - a.low || byCode(a, b)),
    needs: of('need').sort((a, b) => a.high - b.high || byCode(a, b)),
    unclear: of('unclear').sort(thinnest),
    work: areas
      .filter((a) => !reading.few && a.state !== 'strength' && a.percent < rules.weakBelow && a.balanced < rules.weakBelow)
      .sort((a, b) => Number(a.state !== 'need') - Number(b.state !== 'need') || thinnest(a, b)),
  }
}

/** Personality is feedback only: no standing is derived from it. */
export function standingOf(reading: Pick<Reading, 'part' | 'basis' | 'posterior'>): Profile['standing'] {
  if (reading.basis !== 'scale' || reading.part === '2') return null
  return judge(reading.posterior).state
}

/**
 * Areas in which a person could help others, with their lower 80 % limit in percent: strengths of somebody whose competency itself
 * reaches the line of competence with the whole of its range.
 */
export function helpsIn(reading: Reading, rules: TierRules): Record<string, number> {
  const line = rules.tiers.at(-2)!
  const cut = reading.basis === 'scale' ? line.from : line.fromPercent
  if (reading.few || chanceBelow(reading.posterior, cut) > HELPER_BELOW) return {}
  return Object.fromEntries(profileOf(reading, rules).strengths.map((a) => [a.code, a.low]))
}

/** Why a step of a plan works on an area, in words that agree with what the result says of it now. Null state: not tested any more. */
export function whyArea(title: string, state: AreaState | null): string {
  switch (state) {
    case 'need':
      return `${title} adalah area penguatan Anda.`
    case 'strength':
      return `${title} sudah menjadi kekuatan Anda; langkah ini untuk memperdalam dan membagikannya.`
    case 'unclear':
      return `Tes belum dapat memastikan ${title} kekuatan atau area penguatan Anda dibanding area lain; langkah ini usulan awal, dan Anda bebas memilih area lain.`
    case null:
      return `${title} tidak diuji dalam tes terakhir Anda; langkah ini dari rencana sebelumnya.`
  }
}
