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
