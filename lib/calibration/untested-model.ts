import { formatCount } from '@/lib/platform/format'

/**
 * A check that could not be made of an item, and why: a group smaller than the least to look at, groups that nobody is known to belong
 * to, nobody with a whole form, no two people of both groups with the same score, no degrees of freedom, or a record of an engine that
 * did not look.
 */
export type Untested = {
  /** Two groups by name, or null for the fit of the item to the model (S-X²). */
  comparison: { key: string; reference: string; focal: string } | null
  reason: 'few' | 'unknown-groups' | 'no-complete-rows' | 'no-strata' | 'no-freedom' | 'not-looked'
  /** Persons with a whole form that holds the item. */
  n: { reference: number; focal: number }
  /** Set where one of the groups is smaller than this: then neither size is told, because each would give the other away. */
  fewerThan?: number
}

/** What may be told of a check that was not made: the sizes of groups only where neither is of few. */
export function hideFew(u: Untested, hideBelow: number): Untested {
  const small = [u.n.reference, u.n.focal].some((n) => n > 0 && n < hideBelow)
  return u.comparison && small ? { ...u, n: { reference: 0, focal: 0 }, fewerThan: hideBelow } : u
}

/** The design's minima for the smaller group: to look at a difference, and to decide on it. */
export const LOOK_FROM = 100
export const DECIDE_FROM = 200

/** Why, in words, without the name of what was to be compared. */
export function untestedWords(u: Untested): string {
  const sizes = u.fewerThan
    ? `salah satunya kurang dari ${u.fewerThan} orang`
    : u.comparison
      ? `${u.comparison.reference} ${formatCount(u.n.reference)} orang, ${u.comparison.focal} ${formatCount(u.n.focal)} orang`
      : ''
  const why: Record<Untested['reason'], string> = {
    few: `kelompok terlalu kecil (${sizes}; sedikitnya ${LOOK_FROM} per kelompok pada paket yang memuat butir ini)`,
    'unknown-groups': 'tidak seorang pun tercatat dalam salah satu kelompok itu',
    'no-complete-rows': 'tidak ada peserta yang mengerjakan paketnya sampai akhir',
    'no-strata': `tidak ada peserta kedua kelompok dengan skor yang sama (${sizes})`,
    'no-freedom': 'terlalu sedikit kelompok skor',
    'not-looked': 'kalibrasi ini dihitung sebelum pemeriksaan per paket ada; jalankan kalibrasi baru',
  }
  return `tidak dapat diuji: ${why[u.reason]}`
}

/** A comparison of groups that could not be made of some items of a calibration. */
export type Unfair = { comparison: string; codes: string[] }

/** How many items, comparison by comparison. */
export const untestedList = (all: readonly Unfair[]): string => all.map((u) => `${u.comparison} (${u.codes.length} butir)`).join(', ')
