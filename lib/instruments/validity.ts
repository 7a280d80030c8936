import { aikenDecision, aikenV, type AikenResult } from '@/lib/psychometrics/aiken'

/** Relevance in words, 1 to 5: what an expert compares an item with. */
export const relevanceAnchors: { value: number; name: string; means: string }[] = [
  { value: 1, name: 'Tidak relevan', means: 'Mengukur hal lain; tidak dapat diperbaiki menjadi butir untuk sub-indikator ini.' },
  { value: 2, name: 'Kurang relevan', means: 'Hanya menyinggung sub-indikator; perlu ditulis ulang.' },
  { value: 3, name: 'Cukup relevan', means: 'Mengukur sebagian sub-indikator; perlu perbaikan yang berarti.' },
  { value: 4, name: 'Relevan', means: 'Mengukur sub-indikator; cukup perbaikan kecil.' },
  { value: 5, name: 'Sangat relevan', means: 'Mengukur tepat sub-indikator pada tingkat kognitifnya.' },
]
export const LOWEST_RELEVANCE = 1
export const HIGHEST_RELEVANCE = 5

/** With fewer experts the exact test cannot speak. */
export const FEWEST_EXPERTS = 3

export type ValidityDecision = 'keep' | 'revise' | 'few'
export const validityDecisionNames: Record<ValidityDecision, string> = {
  keep: 'Dipertahankan',
  revise: 'Kembali ke penulis',
  few: 'Belum cukup pakar',
}

/** Aiken's V with its interval and exact p, and what follows; no figures while nobody has rated. */
export function validityOf(ratings: readonly number[]): { aiken: AikenResult | null; decision: ValidityDecision } {
  const found = aikenV(ratings, LOWEST_RELEVANCE, HIGHEST_RELEVANCE)
  if (!found.ok) return { aiken: null, decision: 'few' }
  return { aiken: found.value, decision: found.value.n < FEWEST_EXPERTS ? 'few' : aikenDecision(found.value) }
}

/** How relevant items fare: shares of the ratings 1 to 5 that experts give to an item that is relevant. Most say 4 or 5, one in seven hesitates. */
const RELEVANT = [0, 0.02, 0.13, 0.45, 0.4]

/** Errors of the rule with `n` experts, 0–1: an item rated by chance is kept, and a relevant one is sent back. */
export function ruleErrors(n: number): { keptByChance: number; relevantSentBack: number } {
  const chance = RELEVANT.map(() => 1 / RELEVANT.length)
  const kept = (shares: readonly number[]): number => {
    let sums = [1]
    for (let expert = 0; expert < n; expert++) {
      const next = new Array<number>(sums.length + shares.length - 1).fill(0)
      sums.forEach((p, s) => shares.forEach((q, k) => (next[s + k]! += p * q)))
      sums = next
    }
    // The decision asks for the sum alone, so one list of ratings with that sum stands for all.
    return sums.reduce((total, p, s) => total + (p > 0 && validityOf(ratingsOf(s, n)).decision === 'keep' ? p : 0), 0)
  }
  return { keptByChance: kept(chance), relevantSentBack: 1 - kept(RELEVANT) }
}

/** `n` ratings that add up to `sum` above the lowest. */
const ratingsOf = (sum: number, n: number): number[] =>
  Array.from({ length: n }, (_, i) => LOWEST_RELEVANCE + Math.floor(sum / n) + Number(i < sum % n))
