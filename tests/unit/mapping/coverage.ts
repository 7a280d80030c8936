import { toCells, type Group, type Place } from '@/lib/mapping/cells'
import { shareOf, shareSums, shareTogether } from '@/lib/mapping/share'
import { smallMeans, smallShares } from '@/lib/mapping/small'
import { clusterMean, compareMeans, likenessWithin, type ClusterSums } from '@/lib/psychometrics/cluster-mean'
import { tQuantile } from '@/lib/psychometrics/distributions'
import { normal, seeded } from '@/lib/platform/random'
import { SCHOOLS, curveOf, measuredOf, someProvince, someTest, sumsBy, trueMastery, trueShare, type Kabupaten } from './provinces'

/** How often what the map says of simulated provinces is true, with the map's own functions. */

/** Lines at which shares are told, θ from the mean of the province; the middle one is where equal kabupaten have equal shares. */
const LINES = [-0.7, 0, 1]
/** One standard error of the cut, θ. */
const CUT_ERROR = 0.1
/** Groups below this are hidden, cells below the other are told by a model. */
const [HIDE_BELOW, SMALL_BELOW] = [10, 20]

export const layouts = {
  'all subjects, 20 items': { size: 6, items: 20 },
  'one subject, 20 items': { size: 2.5, items: 20 },
  'one subject, 10 items': { size: 2.5, items: 10 },
} as const
export type Layout = keyof typeof layouts

export const bands = ['2–4 schools', '5–9', '10–30', 'more', 'province'] as const
const bandOf = (schools: number) => (schools < 5 ? 0 : schools < 10 ? 1 : schools <= 30 ? 2 : 3)

export const figures = [
  'mean',
  'raw mean',
  'share',
  'share with cut',
  'difference of means',
  'difference of shares',
  'model mean',
  'model share',
] as const
export type Figure = (typeof figures)[number]

/** `held` of `n` 95 % intervals, by band of schools. */
export type Held = { held: number; n: number }
export type Coverage = {
  provinces: number
  held: Record<Figure, Held[]>
  /** Provinces in which all kabupaten are alike, and how many of them got any word; words in provinces that differ, and those of the wrong side. */
  words: Record<'mean' | 'share', { equal: number; called: number; words: number; wrong: number }>
}

const people = (schools: readonly ClusterSums[]) => schools.reduce((s, g) => s + g.n, 0)

/** Coverage and false words over `provinces` provinces; in every other one all kabupaten have the same mean. */
export function coverage(layout: Layout, provinces: number, seed: number): Coverage {
  const { size, items } = layouts[layout]
  const random = seeded(seed)
  const tests = [0, 0.25].map((between) => someTest(items, Math.hypot(between, 1.006)))
  const curve = curveOf(tests[0]!)
  const out: Coverage = {
    provinces,
    held: Object.fromEntries(figures.map((f) => [f, bands.map(() => ({ held: 0, n: 0 }))])) as Coverage['held'],
    words: { mean: { equal: 0, called: 0, words: 0, wrong: 0 }, share: { equal: 0, called: 0, words: 0, wrong: 0 } },
  }
  const note = (figure: Figure, band: number, held: boolean) => {
    const at = out.held[figure][band]!
    at.n++
    if (held) at.held++
  }
  for (let r = 0; r < provinces; r++) {
    const test = tests[r % 2]!
    const province = someProvince(random, { between: r % 2 ? 0.25 : 0, size, test })
    const large = province.map((k) => k.schools.reduce((s, x) => s + x.scores.length, 0) >= HIDE_BELOW)
    const n = province.map((k) => k.schools.reduce((s, x) => s + x.scores.length, 0))
    const mixed = (value: (k: Kabupaten) => number, some: (i: number) => boolean) => {
      const at = province.map((_, i) => i).filter(some)
      return at.reduce((s, i) => s + n[i]! * value(province[i]!), 0) / at.reduce((s, i) => s + n[i]!, 0)
    }
    const told = (figure: Figure, groups: ClusterSums[][], truth: (k: Kabupaten) => number) => {
      const alike = likenessWithin(groups)
      const found = groups.map((g) => clusterMean(g, alike))
      province.forEach((k, i) => large[i] && note(figure, bandOf(SCHOOLS[i]!), Math.abs(found[i]!.mean - truth(k)) <= found[i]!.margin!))
      const whole = clusterMean(groups.flat(), alike)
      note(figure, 4, Math.abs(whole.mean - mixed(truth, () => true)) <= whole.margin!)
      return { alike, found }
    }
    const differ = (figure: Figure, found: ReturnType<typeof clusterMean>[], truth: (k: Kabupaten) => number) => {
      for (let i = 1; i < province.length; i++) {
        if (!large[i] || !large[i - 1]) continue
        const d = compareMeans(found[i]!, found[i - 1]!)!
        const off = d.difference - (truth(province[i]!) - truth(province[i - 1]!))
        note(figure, bandOf(SCHOOLS[i - 1]!), Math.abs(off) <= tQuantile(0.975, d.df) * d.se)
      }
    }
    const judge = (what: 'mean' | 'share', groups: Group[], alike: ReturnType<typeof likenessWithin>, truth: (k: Kabupaten) => number) => {
      const cells = toCells(
        groups.map((group, i): Place => ({ code: String(i), name: '', group, hidden: !large[i], roster: 0 })),
        20,
        alike,
      )
      const words = cells.flatMap((c, i) => (c.compared === 'di atas' || c.compared === 'di bawah' ? [{ word: c.compared, i }] : []))
      const at = out.words[what]
      if (r % 2 === 0) {
        at.equal++
        if (words.length) at.called++
      } else {
        at.words += words.length
        at.wrong += words.filter(({ word, i }) => truth(province[i]!) > mixed(truth, (j) => j !== i) !== (word === 'di atas')).length
      }
    }

    const mastery = (k: Kabupaten) => trueMastery(k, test, curve)
    const sums = province.map((k) => sumsBy(k, test.mastery))
    const means = told('mean', sums, mastery)
    differ('difference of means', means.found, mastery)
    judge(
      'mean',
      sums.map((schools) => ({ n: people(schools), schools })),
      means.alike,
      mastery,
    )
    told(
      'raw mean',
      province.map((k) => sumsBy(k, test.raw)),
      mastery,
    )

    const line = r % 2 ? LINES[Math.floor(r / 2) % LINES.length]! : 0
    const above = (k: Kabupaten) => trueShare(k, line)
    // The panel's cut misses the true one; what is told is told from the panel's.
    const cut = line + CUT_ERROR * normal(random)
    const found = shareSums(measuredOf(province, test, cut, CUT_ERROR), [500, 500 + 100 * (line - cut)])
    const own = province.map((k) => found.get(k.key)!)
    const shares = told(
      'share',
      own.map((s) => s[1]!.schools),
      above,
    )
    differ('difference of shares', shares.found, above)
    judge(
      'share',
      own.map((s) => s[1]!),
      shares.alike,
      above,
    )
    const atCut = own.map((s) => s[0]!)
    const alike = likenessWithin(atCut.map((s) => s.schools))
    province.forEach((k, i) => {
      const s = shareOf(atCut[i]!, alike)
      if (large[i]) note('share with cut', bandOf(SCHOOLS[i]!), above(k) >= s.low! && above(k) <= s.high!)
    })
    const whole = shareOf(shareTogether(atCut), alike)
    note('share with cut', 4, Math.abs(whole.share - mixed(above, () => true)) <= whole.margin!)

    const small = smallMeans(province.map((k, i) => ({ id: k.key, schools: sums[i]! })))
    const smaller = smallShares(province.map((k, i) => ({ id: k.key, sums: atCut[i]! })))
    province.forEach((k, i) => {
      if (n[i]! >= SMALL_BELOW) return
      const [m, s] = [small?.[i], smaller?.[i]]
      if (m) note('model mean', bandOf(SCHOOLS[i]!), mastery(k) >= m.low && mastery(k) <= m.high)
      if (s) note('model share', bandOf(SCHOOLS[i]!), above(k) >= s.low && above(k) <= s.high)
    })
  }
  return out
}

const percent = ({ held, n }: Held) => (n < 100 ? '' : ((100 * held) / n).toFixed(1))

/** The rows of the table of one layout: percent of 95 % intervals that held, by number of schools. */
export const coverageRows = (layout: string, c: Coverage): string[][] =>
  figures.map((f) => [layout, f, ...bands.map((_, b) => percent(c.held[f][b]!)), String(c.held[f].reduce((s, h) => s + h.n, 0))])

/** The row of false words. */
export const wordRows = (layout: string, c: Coverage): string[][] =>
  (['mean', 'share'] as const).map((w) => {
    const { equal, called, words, wrong } = c.words[w]
    return [layout, w, `${((100 * called) / equal).toFixed(1)} of ${equal}`, `${((100 * wrong) / words).toFixed(2)} of ${words}`]
  })
