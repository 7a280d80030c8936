import { z } from 'zod'

/** A snapshot: what officials read of one series of cycles, made at a moment and never changed after two persons have published it. */

export const snapshotStates = {
  building: 'Sedang disusun',
  draft: 'Draf',
  proposed: 'Menunggu persetujuan kedua',
  published: 'Terbit',
  withdrawn: 'Ditarik',
  replaced: 'Digantikan',
  discarded: 'Dibuang',
  failed: 'Gagal',
} as const
export type SnapshotState = keyof typeof snapshotStates

/** A cycle of the series as it stood at the making. */
export type CycleThen = { code: string; name: string; startsOn: string; simulated: boolean; lastClosed: string | null }

/** What was looked at before a snapshot may be published. */
export const SnapshotAudit = z.object({
  /** Groups that may be asked for, and how many of them are hidden. */
  groups: z.number(),
  hidden: z.number(),
  /** Hidden groups that what is published gives away exactly, with the tables that leak. */
  determined: z.array(z.string()),
  /** Hidden groups whose number is bounded more narrowly than the limit. */
  narrow: z.array(z.string()),
  /** How many people the bounds of a hidden number must leave open on each side. */
  open: z.number(),
  /** Earlier snapshots that were read together with this one. */
  together: z.array(z.number()),
})
export type SnapshotAudit = z.infer<typeof SnapshotAudit>

export type Snapshot = {
  id: string
  series: string
  number: number
  state: SnapshotState
  words: string
  cycles: CycleThen[]
  runs: { instrument: string; run: string; releasedAt: string | null }[]
  codeVersion: string
  rulesVersion: number
  rulesShipped: boolean
  hideBelow: number
  hatchBelow: number
  reaches: string[]
  audit: SnapshotAudit | null
  hashIn: string | null
  hashOut: string | null
  madeBy: string | null
  madeName: string
  madeAt: Date
  lastClosed: Date | null
  proposedBy: string | null
  proposedName: string | null
  proposedAt: Date | null
  publishedBy: string | null
  publishedName: string | null
  publishedAt: Date | null
  withdrawnName: string | null
  withdrawnAt: Date | null
  withdrawnWhy: string | null
}

/** Figures of one filter: '' where nothing is narrowed. `reach`: of those whom an office sees. */
export type Slice = {
  part: string
  basis: 'mastery' | 'raw'
  reach: string
  cycle: string
  level: string
  subject: string
  status: string
  indicator: string
}

/** One figure of a slice at a place: '' everybody, the id of a kabupaten, or `school:` with the id of a school, whose kabupaten is `region`. */
export type StoredCell = Slice & {
  place: string
  region: string
  n: number
  schools: number
  mean: number
  se: number | null
  df: number | null
  margin: number | null
  share: number | null
  shareSe: number | null
  shareMargin: number | null
  compared: 'di atas' | 'sekitar' | 'di bawah' | null
  state: 'shown' | 'hatched' | 'hidden'
  items: number | null
  /** On everybody's line: how many of the tested are measured. */
  measured: number | null
  bands: number[]
  quantiles: number[]
}

/** What a reader gets of a cell: of a hidden one that it is hidden, and nothing else. */
export type ReadCell = Omit<StoredCell, 'n' | 'mean'> & { n: number | null; mean: number | null }

/** A page that a room above hands over: what a reader of this reach is told, or what went in (`kind` says which). */
export type StoredView = { kind: string; reach: string; name: string; body: unknown }

/** A headline of such a page, by which a draft is compared with the snapshot in force; no value where it tells none. */
export type Headline = { words: string; n: number | null; value: number | null }
