import { tQuantile } from '@/lib/psychometrics/distributions'
import type { StoredCell } from '@/lib/publication/model'
import type { Whole } from './build'
import { keyOf } from './family'

/**
 * A country above its provinces. Provinces share nobody, so that each is decided by itself; a figure of the country is told only where every
 * province that has somebody in it tells its own. Then it is a sum of what is told already and gives nothing away, neither exactly nor nearly,
 * and the audits of the provinces are the audit of the whole. Pure.
 */

type Sums = {
  cell: StoredCell
  n: number
  schools: number
  measured: number
  mean: number
  /** Σ n²·se², and of its parts over their degrees of freedom; null where a province has no error. */
  error: Error_ | null
  share: { sum: number; error: Error_ | null; cut: number } | null
  shown: boolean
  items: number
}
type Error_ = { variance: number; overDf: number }

const plus = (to: Error_ | null, n: number, se: number | null, df: number | null): Error_ | null => {
  if (!to || se === null || df === null) return null
  const variance = (n * se) ** 2
  return { variance: to.variance + variance, overDf: to.overDf + variance ** 2 / df }
}

/** Provinces are strata: the error of their sum is made of their own errors. */
function errorOf(e: Error_ | null, n: number): { se: number; df: number } | null {
  if (!e) return null
  return { se: Math.sqrt(e.variance) / n, df: e.overDf > 0 ? e.variance ** 2 / e.overDf : 1e9 }
}

/** Adds up everybody's figures province by province, and answers those of the country. */
export function countryOf(hatchBelow: number) {
  const sums = new Map<string, Sums>()
  return {
    add(wholes: readonly Whole[]): void {
      for (const { cell, shareDf, cutError } of wholes) {
        const key = `${cell.part}|${keyOf(cell)}`
        const found = sums.get(key) ?? {
          cell,
          n: 0,
          schools: 0,
          measured: 0,
          mean: 0,
          error: { variance: 0, overDf: 0 },
          share: { sum: 0, error: { variance: 0, overDf: 0 }, cut: 0 },
          shown: true,
          items: 0,
        }
        const { n } = cell
        if (found.n > 0 && found.cell.bands.length && cell.bands.length)
          found.cell = { ...found.cell, bands: found.cell.bands.map((b, i) => b + cell.bands[i]!) }
        found.n += n
        found.schools += cell.schools
        found.measured += cell.measured ?? 0
        found.mean += n * cell.mean
        found.error = plus(found.error, n, cell.se, cell.df)
        found.share =
          found.share === null || cell.share === null
            ? null
            : {
                sum: found.share.sum + n * cell.share,
                error: plus(found.share.error, n, cell.shareSe, shareDf),
                // The cut is the same in every province: its errors do not average out.
                cut: found.share.cut + n * cutError,
              }
        found.shown &&= cell.state !== 'hidden'
        found.items = Math.max(found.items, cell.items ?? 0)
        sums.set(key, found)
      }
    },
    cells(): StoredCell[] {
      return [...sums.values()].map(({ cell, n, schools, measured, mean, error, share, shown, items }) => {
        const of = errorOf(error, n)
        const ofShare = share && errorOf(share.error, n)
        const whole = ofShare && share ? Math.hypot(ofShare.se, share.cut / n) : null
        const shareDf = ofShare && whole ? Math.min(1e9, whole ** 4 / (ofShare.se ** 4 / ofShare.df || Number.MIN_VALUE)) : 1e9
        return {
          ...cell,
          place: '',
          n,
          schools,
          mean: mean / n,
          se: of?.se ?? null,
          df: of?.df ?? null,
          margin: of ? tQuantile(0.975, of.df) * of.se : null,
          share: share ? share.sum / n : null,
          shareSe: ofShare?.se ?? null,
          shareMargin: whole === null ? null : tQuantile(0.975, shareDf) * whole,
          compared: null,
          state: !shown ? 'hidden' : n < hatchBelow ? 'hatched' : 'shown',
          items: cell.items === null ? null : items,
          measured,
          bands: shown ? cell.bands : [],
          quantiles: [],
        }
      })
    },
  }
}
