import { betaCdf, tQuantile } from './distributions'

/** A standard error with the degrees of freedom on which it rests, in the unit of what it is the error of. */
export type KnownError = { se: number; df: number }

/**
 * Errors that add up independently, with the degrees of freedom of their sum (Satterthwaite 1946, Biometrics Bulletin 2, 110–114):
 * (Σ v)²/Σ(v²/df). Without any error the df is infinite.
 */
export function addErrors(parts: readonly KnownError[]): KnownError {
  const variance = parts.reduce((s, p) => s + p.se ** 2, 0)
  const doubt = parts.reduce((s, p) => s + p.se ** 4 / p.df, 0)
  return { se: Math.sqrt(variance), df: doubt > 0 ? variance ** 2 / doubt : Infinity }
}

/** The same error in another unit, or of a share of the whole. */
export const scaledError = ({ se, df }: KnownError, factor: number): KnownError => ({ se: se * Math.abs(factor), df })

/** Half of the 95 % interval by Student's t. */
export const reachOf = ({ se, df }: KnownError): number => (se > 0 ? tQuantile(0.975, df) * se : 0)

/** Two-sided p of a figure against 0 by Student's t. */
export const twoSided = (figure: number, { se, df }: KnownError): number => {
  const t = figure / se
  return Number.isFinite(df) ? betaCdf(df / (df + t * t), df / 2, 0.5) : betaCdf(1e9 / (1e9 + t * t), 5e8, 0.5)
}

/** How far one anchor lies from the link, how much it weighs in it, and the error of its own difference between the calibrations. */
export type AnchorPart = { weight: number; residual: number; error: number }

/**
 * Error of a weighted mean of anchors with Satterthwaite degrees of freedom: CR2 with every anchor a cluster of its own, w its share,
 * V = Σ w²r²/(1 − w), 1/df = Σ w² + (Σ q)² − Σ q², q = w²/(1 − w) (Bell & McCaffrey 2002; n − 1 where all weigh alike). Never below what
 * the anchors' own errors leave of the mean, √Σ w²e²: the residuals of a few anchors are often small by luck, and a screen that drops the
 * worst makes them smaller. Null below three anchors.
 */
export function anchorError(anchors: readonly AnchorPart[]): KnownError | null {
  if (anchors.length < 3) return null
  const total = anchors.reduce((s, a) => s + a.weight, 0)
  let [variance, own, squares, q, q2] = [0, 0, 0, 0, 0]
  for (const a of anchors) {
    const w = a.weight / total
    variance += (w * a.residual) ** 2 / (1 - w)
    own += (w * a.error) ** 2
    squares += w * w
    q += (w * w) / (1 - w)
    q2 += ((w * w) / (1 - w)) ** 2
  }
  return { se: Math.sqrt(Math.max(variance, own)), df: 1 / (squares + q * q - q2) }
}

/** How many anchors like these would bring the error down to `limit` (same unit): it falls with the root of their number. */
export const anchorsFor = (count: number, se: number, limit: number): number =>
  se <= limit ? count : Math.ceil(count * (se / limit) ** 2 - 1e-9)

/** Whether the later unit is the earlier one: the natural logarithm of their ratio, its error, and two-sided p of "they are one". */
export type UnitTest = { logRatio: number; se: number; df: number; p: number }

/**
 * Test of A = 1 from the difficulties of the anchors in the earlier (`to`) and the later calibration (`from`), both with their slope held at
 * one: log of the ratio of their deviations (mean–sigma), delete-one jackknife, t with n − 1 df. Both carry errors of alike size, which
 * cancel in the ratio. Null below four anchors or where they do not differ.
 */
export function unitTest(anchors: readonly { from: number; to: number }[]): UnitTest | null {
  const n = anchors.length
  if (n < 4) return null
  const ratio = (list: readonly { from: number; to: number }[]) => {
    const deviation = (x: number[]) => {
      const m = x.reduce((s, v) => s + v, 0) / x.length
      return Math.sqrt(x.reduce((s, v) => s + (v - m) ** 2, 0) / (x.length - 1))
    }
    return Math.log(deviation(list.map((a) => a.to)) / deviation(list.map((a) => a.from)))
  }
  const logRatio = ratio(anchors)
  const without = anchors.map((_, at) => ratio(anchors.filter((__, j) => j !== at)))
  const middle = without.reduce((s, v) => s + v, 0) / n
  const se = Math.sqrt(((n - 1) / n) * without.reduce((s, v) => s + (v - middle) ** 2, 0))
  if (!Number.isFinite(logRatio) || !(se > 0 && Number.isFinite(se))) return null
  return { logRatio, se, df: n - 1, p: twoSided(logRatio, { se, df: n - 1 }) }
}
