import { formatCount } from '@/lib/platform/format'
import type { ItemModel } from '@/lib/psychometrics/parameters'
import type { Priors } from '@/lib/psychometrics/priors'

/** How an instrument is calibrated: chosen by rule from its kind and sample, never by hand. */
export type MeasurementSettings = {
  model: Extract<ItemModel, 'pcm' | 'gpcm'>
  priors: Priors
  nodes: number
  tolerance: number
  /** Categories with fewer answers are joined with a neighbour. */
  minimumPerCategory: number
  /** Which rule chose the model, for the screen. */
  rule: string
}

/** Answers an item needs before differing slopes are worth estimating. */
export const SLOPES_FROM = 500
/** Below this many persons nothing is calibrated. */
export const FEWEST_PERSONS = 100

const base = { nodes: 61, tolerance: 1e-6, minimumPerCategory: 10 }
const slopes = (n: number): Priors => ({
  slope: { kind: 'lognormal', mean: 0, sd: n < SLOPES_FROM ? 0.3 : 0.5 },
  intercept: { kind: 'normal', mean: 0, sd: 2 },
})

/**
 * The design's rules: subject and social tests by partial credit with equal slopes (a raw score has one measure, and few
 * hundred persons cannot tell slopes apart); the pedagogic test with slopes once every item has 500 answers; personality
 * scales with slopes, for feedback only. `fewest` is the number of answers to the item that has fewest.
 */
export function settingsFor(competency: string, fewest: number): MeasurementSettings {
  const words = `Butir dengan jawaban paling sedikit dijawab ${formatCount(fewest)} orang. `
  if (competency === '1' && fewest >= SLOPES_FROM) {
    return {
      ...base,
      model: 'gpcm',
      priors: slopes(fewest),
      rule: `${words}Tes pedagogik dengan sedikitnya ${SLOPES_FROM} jawaban per butir: kredit parsial umum (GPCM, 2PL untuk butir benar–salah), daya beda tiap butir ditaksir dengan prior lemah.`,
    }
  }
  if (competency === '2') {
    return {
      ...base,
      model: 'gpcm',
      priors: slopes(fewest),
      rule: `${words}Skala kepribadian: kredit parsial umum (GPCM) dengan prior pada daya beda. Hanya untuk umpan balik, tidak ikut keputusan.`,
    }
  }
  return {
    ...base,
    model: 'pcm',
    priors: {},
    rule:
      competency === '1'
        ? `${words}Di bawah ${SLOPES_FROM} jawaban per butir daya beda belum dapat ditaksir dengan baik: kredit parsial (PCM, Rasch untuk butir benar–salah).`
        : `${words}${competency === '3' ? 'Tes sosial' : 'Tes bidang studi'}: kredit parsial (PCM, Rasch untuk butir benar–salah). Skor mentah yang sama memberi ukuran yang sama, sehingga dapat dijelaskan dan digugat.`,
  }
}
