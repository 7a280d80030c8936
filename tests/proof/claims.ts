/**
 * What screens say with a probability, and what simulations found of it (`docs/measurement.md`). `observed` and `error` (standard error) in percent,
 * of `n` events; `from` the file that measures it. A claim may be shown while it is true within `within` points beyond its standard error;
 * `atLeast` where more than was said is no miss. `shown`: how its place shows it.
 */
export type Claim = {
  claim: string
  screen: string
  shown: RegExp
  from: string
  within: number
  atLeast?: true
  atMost?: true
  found: { where: string; said: number; observed: number; error: number; n: number }[]
}

export const claims: Claim[] = [
  {
    claim: 'chance that one person has risen',
    screen: 'components/growth/since.tsx',
    shown: /pImproved/,
    from: 'tests/proof/changes.test.ts',
    within: 3,
    found: [
      { where: '20 items, gains differ by 0.15, 80–90', said: 85, observed: 82, error: 2.4, n: 7_347 },
      { where: '26 items, gains differ by 0.15, 10–20', said: 16, observed: 24, error: 7.8, n: 617 },
      { where: '20 items, gains differ by 0.5, 10–20', said: 16, observed: 10, error: 1.8, n: 1_372 },
      { where: '26 items, gains differ by 0.5, 20–30', said: 25, observed: 21, error: 1.0, n: 3_206 },
    ],
  },
  {
    claim: '“naik” and “turun” of one person',
    screen: 'components/growth/since.tsx',
    shown: /changeWords\[c\.told\.word\]/,
    from: 'tests/proof/changes.test.ts',
    within: 3,
    atLeast: true,
    found: [
      { where: '20 items, gains differ by 0.15', said: 90, observed: 91.4, error: 2.0, n: 6_249 },
      { where: '26 items, gains differ by 0.15', said: 90, observed: 92.2, error: 2.9, n: 6_580 },
      { where: '20 items, gains differ by 0.5', said: 90, observed: 94.7, error: 0.6, n: 2_358 },
      { where: '26 items, gains differ by 0.5', said: 90, observed: 95.1, error: 0.4, n: 4_092 },
    ],
  },
  {
    claim: '80 % range of the change of one person',
    screen: 'components/growth/since.tsx',
    shown: /c\.told\.low/,
    from: 'tests/proof/changes.test.ts',
    within: 3,
    found: [
      { where: '20 items, gains differ by 0.15', said: 80, observed: 80.4, error: 0.2, n: 37_500 },
      { where: '26 items, gains differ by 0.15', said: 80, observed: 78.3, error: 0.2, n: 37_500 },
      { where: '20 items, gains differ by 0.5', said: 80, observed: 77.8, error: 0.2, n: 37_500 },
      { where: '26 items, gains differ by 0.5', said: 80, observed: 77.5, error: 0.2, n: 37_500 },
    ],
  },
  {
    claim: 'families of useless modules with a false call',
    screen: 'components/growth/received.tsx',
    shown: /differenceWords\[m\.word\]/,
    from: 'tests/proof/modules.test.ts',
    within: 3,
    atMost: true,
    found: [
      { where: '45 takers anywhere', said: 5, observed: 5.7, error: 1.3, n: 300 },
      { where: '60 takers in 22 schools', said: 5, observed: 5.3, error: 1.3, n: 300 },
      { where: '150 takers in 25 schools', said: 5, observed: 5.7, error: 1.3, n: 300 },
    ],
  },
  {
    claim: 'idle provinces in which people below 400 are called changed',
    screen: 'components/growth/received.tsx',
    shown: /changeWord\(t\.change\.corrected/,
    from: 'tests/proof/modules.test.ts',
    within: 3,
    atMost: true,
    found: [
      { where: '10 items', said: 5, observed: 10, error: 4.7, n: 40 },
      { where: '20 items', said: 5, observed: 10, error: 4.7, n: 40 },
      { where: '26 items', said: 5, observed: 2.5, error: 2.5, n: 40 },
      {
        where: 'below 480, slopes differ, those in need stay away, the weak do not reach the end',
        said: 5,
        observed: 20,
        error: 6.3,
        n: 40,
      },
    ],
  },
  {
    claim: 'gap called closing where only the unit has changed',
    screen: 'components/growth/headline.tsx',
    shown: /'menyempit'/,
    from: 'tests/proof/gaps.test.ts',
    within: 3,
    atMost: true,
    found: [{ where: '16 anchors, slopes a tenth flatter', said: 1, observed: 0, error: 2, n: 25 }],
  },
]

/** By how much a finding misses what was said, beyond its standard error. */
export const missOf = (c: Claim, f: Claim['found'][number]): number => {
  const off = f.observed - f.said
  const miss = c.atLeast ? Math.max(0, -off) : c.atMost ? Math.max(0, off) : Math.abs(off)
  return Math.max(0, miss - f.error)
}

/** Whether a claim holds wherever it was asked. */
export const holds = (c: Claim): boolean => c.found.every((f) => missOf(c, f) <= c.within)
