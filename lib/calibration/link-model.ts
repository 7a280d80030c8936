import type { CalibratedItem } from './calibrated-item'

/** What is known of a link between two calibrations: shown on the screen, kept with the record. */
export type LinkReport = {
  method: string
  A: number
  B: number
  /** Jackknife error of the linked mean, θ of the base; null with fewer than three anchors. */
  error: number | null
  /** Displacement in logits: negative where the item has become easier than the link explains. */
  anchors: { id: string; displacement: number; error: number; state: 'kept' | 'dropped' | 'moving' }[]
  excluded: string[]
  /** Common items that did not carry the link, with their parameters among the later people, on the scale of the base. */
  freed: CalibratedItem[]
  /** The linked mean by each method; `spread` is their range in standard deviations of the base. */
  methods: { name: string; A: number; B: number; mean: number }[]
  spread: number
  /** The later mean by fixed-anchor calibration. */
  fixed: number | null
  /** The later population on the scale of the base. */
  mean: number
  sd: number
  baseMean: number
  baseSd: number
  reasons: GateReason[]
}

export type GateReason = 'few' | 'spread' | 'drift' | 'fixed'

export const gateWords: Record<GateReason, string> = {
  few: 'Butir jangkar yang tersisa terlalu sedikit untuk sebuah tautan.',
  spread: 'Keempat metode berbeda lebih dari sepersepuluh simpangan baku.',
  drift: 'Masih ada butir jangkar yang bergeser, padahal seperlima jangkar sudah dikeluarkan.',
  fixed: 'Kalibrasi dengan jangkar tetap memberi rata-rata lain, atau tidak dapat dihitung.',
}
