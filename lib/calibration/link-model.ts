import { reachOf, type UnitTest } from '@/lib/psychometrics/link-error'
import type { CalibratedItem } from './calibrated-item'

/** What is known of a link between two calibrations: shown on the screen, kept with the record. */
export type LinkReport = {
  method: string
  A: number
  B: number
  /** Standard error of the linked mean, θ of the base, and its degrees of freedom; null with fewer than three anchors. */
  error: number | null
  /** Left out, as the three below, in records from before the error knew its own. */
  df?: number | null
  /** Points above which the error closed the gate, and how many anchors like these would open it. */
  upTo?: number
  wanted?: number | null
  /** Whether the later unit is the earlier one; null where too few anchors tell. */
  unit?: UnitTest | null
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

export type GateReason = 'few' | 'spread' | 'drift' | 'fixed' | 'error' | 'unit'

export const gateWords: Record<GateReason, string> = {
  few: 'Butir jangkar yang tersisa terlalu sedikit untuk sebuah tautan.',
  spread: 'Keempat metode berbeda lebih dari sepersepuluh simpangan baku.',
  drift: 'Masih ada butir jangkar yang bergeser, padahal seperlima jangkar sudah dikeluarkan.',
  fixed: 'Kalibrasi dengan jangkar tetap memberi rata-rata lain, atau tidak dapat dihitung.',
  error: 'Galat tautan melebihi batas yang ditetapkan: butir jangkarnya terlalu sedikit atau terlalu berbeda.',
  unit: 'Satuan skala bergeser: jarak antarbutir jangkar tidak lagi sama dengan dahulu, sehingga jarak antarguru pun tidak dapat dibandingkan.',
}

/** Degrees of freedom of a link's error; records from before it was kept have one less than their anchors. */
export const linkDf = (r: Pick<LinkReport, 'df' | 'anchors'>): number =>
  r.df ?? Math.max(1, r.anchors.filter((a) => a.state !== 'dropped').length - 1)

/** Half of the 95 % interval of the linked mean, points of 100 a deviation of the base; null where the error is not known. */
export const linkReach = (r: LinkReport): number | null =>
  r.error === null ? null : reachOf({ se: (100 * r.error) / r.baseSd, df: linkDf(r) })

/** What a limit of the error means: how many of the newest links stay below it, and the mean change that can be seen from a link at it. */
export type LinkLimit = { points: number; open: number; links: number; seen: number; inForce: boolean }
