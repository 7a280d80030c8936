import { keep, keptOrNull, show, table } from './found'

/**
 * What screens say with a probability, and what simulations found of it. Each proof keeps its findings when it has run to its end
 * (`tests/proof/findings`); nothing is typed in. A claim may be shown while it is true within `within` points beyond the standard error of what was found.
 */

/** One finding, percent: what was said, what was so with its standard error, of how many events. `beyond`: the truth breaks what the claim rests on; told, and not counted against it. */
export type Finding = { where: string; said: number; observed: number; error: number; n: number; beyond?: true }

export type Claim = {
  claim: string
  /** Name under which the proof keeps the findings, and the proof. */
  key: string
  from: string
  /** `atLeast`: where more than was said is no miss; `atMost`: where less is none. */
  within: number
  atLeast?: true
  atMost?: true
  /** The screen and how it shows the claim. */
  screen: string
  shown: RegExp
}

export const claims: Claim[] = [
  {
    claim: 'chance of having reached a line, by tenths',
    key: 'said',
    from: 'tests/proof/said-and-observed.test.ts',
    within: 3,
    screen: 'components/measurement/own-measure.tsx',
    shown: /pAbove/,
  },
  {
    claim: '80 % range of mastery of one person',
    key: 'said-range',
    from: 'tests/proof/said-and-observed.test.ts',
    within: 3,
    screen: 'components/measurement/own-measure.tsx',
    shown: /masteryLow/,
  },
  {
    claim: 'chance that one person has risen',
    key: 'change-chance',
    from: 'tests/proof/changes.test.ts',
    within: 3,
    screen: 'components/growth/since.tsx',
    shown: /pImproved/,
  },
  {
    claim: '“naik” and “turun” of one person',
    key: 'change-words',
    from: 'tests/proof/changes.test.ts',
    within: 3,
    atLeast: true,
    screen: 'components/growth/since.tsx',
    shown: /changeWords\[c\.told\.word\]/,
  },
  {
    claim: '80 % range of the change of one person',
    key: 'change-range',
    from: 'tests/proof/changes.test.ts',
    within: 3,
    screen: 'components/growth/since.tsx',
    shown: /c\.told\.low/,
  },
  {
    claim: 'families of useless modules with a false call',
    key: 'modules',
    from: 'tests/proof/modules.test.ts',
    within: 3,
    atMost: true,
    screen: 'components/growth/received.tsx',
    shown: /differenceWords\[m\.word\]/,
  },
  {
    claim: 'idle provinces in which low scorers are called changed',
    key: 'low-scorers',
    from: 'tests/proof/modules.test.ts',
    within: 3,
    atMost: true,
    screen: 'components/growth/received.tsx',
    shown: /changeWord\(t\.change\.corrected/,
  },
  {
    claim: 'gap called closing where only the unit has changed',
    key: 'gaps',
    from: 'tests/proof/gaps.test.ts',
    within: 3,
    atMost: true,
    screen: 'components/growth/headline.tsx',
    shown: /'menyempit'/,
  },
  {
    claim: 'sound tests with any flag',
    key: 'flags',
    from: 'tests/proof/flags.test.ts',
    within: 3,
    atMost: true,
    screen: 'components/measurement/item-numbers.tsx',
    shown: /flags\.map/,
  },
  {
    claim: 'wrong keys found, against the power that is said',
    key: 'flag-power',
    from: 'tests/proof/flags.test.ts',
    within: 13,
    atLeast: true,
    screen: 'components/measurement/item-numbers.tsx',
    shown: /flags\.map/,
  },
  {
    claim: 'fair tests in which an item is called unfair',
    key: 'unfair',
    from: 'tests/proof/fairness.test.ts',
    within: 3,
    atMost: true,
    screen: 'components/measurement/item-numbers.tsx',
    shown: /flags\.map/,
  },
  {
    claim: 'provinces of equal kabupaten in which any is called “di atas” or “di bawah”',
    key: 'map-words',
    from: 'tests/proof/coverage.test.ts',
    within: 3,
    atMost: true,
    screen: 'components/map/views.tsx',
    shown: /'di atas'/,
  },
]

/** What was found of a claim; null where its proof has never run to its end. */
export const findingsOf = (c: Claim): Finding[] | null => keptOrNull<Finding[]>(c.key)

/** By how much a finding misses what was said, beyond its standard error. */
export const missOf = (c: Pick<Claim, 'atLeast' | 'atMost'>, f: Finding): number => {
  const off = f.observed - f.said
  const miss = c.atLeast ? Math.max(0, -off) : c.atMost ? Math.max(0, off) : Math.abs(off)
  return Math.max(0, miss - f.error)
}

/** Whether a claim holds wherever it was asked, but for truths beyond it. */
export const holds = (c: Claim, found: readonly Finding[]): boolean => found.every((f) => f.beyond || missOf(c, f) <= c.within)

const one = (x: number) => x.toFixed(1)

/** What is there and is not seen, where nothing is promised: found by the same proofs. */
const missed: { what: string; key: string }[] = [{ what: 'unfair items found', key: 'unfair-found' }]

/** The table of what is missed in `docs/measurement.md`. */
export const missedTable = (): string =>
  table(
    ['what is there', 'where', 'found, of 100', 'n'],
    missed.flatMap(({ what, key }) =>
      (keptOrNull<Finding[]>(key) ?? []).map((f) => [what, f.where, `${one(f.observed)} ± ${one(f.error)}`, String(f.n)]),
    ),
  )

/** The table of `docs/measurement.md`: every claim, each finding under it. */
export function claimsTable(): string {
  const rows = claims.flatMap((c) => {
    const found = findingsOf(c)
    if (!found) return [[c.claim, 'not measured', '', '', '', '']]
    return found.map((f) => [
      c.claim,
      `${f.where}${f.beyond ? ' *' : ''}`,
      one(f.said),
      `${one(f.observed)} ± ${one(f.error)}`,
      String(f.n),
      missOf(c, f) > c.within ? `misses by ${one(missOf(c, f))}` : 'holds',
    ])
  })
  return table(['claim', 'where', 'said', 'observed', 'n', ''], rows)
}

/** Keeps what a proof found of a claim, and puts it into the table of the documents. */
export function keepFindings(key: string, found: readonly Finding[]): void {
  keep(key, found)
  show('docs/measurement.md', 'claims', claimsTable)
  show('docs/measurement.md', 'missed', missedTable)
}

/** A rate as a finding: `hits` of `n` that are independent. The error never falls below that of one event. */
export function rate(where: string, said: number, hits: number, n: number, beyond = false): Finding {
  const p = Math.min(1 - 1 / n, Math.max(1 / n, hits / n))
  return { where, said, observed: (100 * hits) / n, error: 100 * Math.sqrt((p * (1 - p)) / n), n, ...(beyond && { beyond: true as const }) }
}
