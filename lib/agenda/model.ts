/** What waits for a person: the reason, since when, by when, and the one step that takes it up. It keeps no table; every entry is made of facts of the rooms below. */

export type Urgency = 'now' | 'soon' | 'open'

export const urgencyNames: Record<Urgency, string> = { now: 'Sekarang', soon: 'Segera', open: 'Menunggu' }

export type Waiting = {
  /** The same fact has the same id on every look. */
  id: string
  urgency: Urgency
  title: string
  why: string
  /** Since when it waits, and by when it is to be done. */
  since: Date | null
  due: Date | null
  action: { label: string; href: string }
  /** The place of the navigation that counts it, and as how many: decisions are counted, people who are concerned by one are not. */
  place: string
  n: number
}

const DAY_MS = 86_400_000
export const ahead = (now: Date, days: number): Date => new Date(now.getTime() + days * DAY_MS)

/** How long ago something was, in the words of a list: "sejak hari ini", "sejak 3 hari". */
export function ageWords(since: Date, now: Date): string {
  const days = Math.floor((now.getTime() - since.getTime()) / DAY_MS)
  return days < 1 ? 'sejak hari ini' : days < 60 ? `sejak ${days} hari` : `sejak ${Math.floor(days / 30)} bulan`
}

/** How long is left of a limit: "lewat 2 hari", "hari ini", "5 hari lagi". */
export function leftWords(due: Date, now: Date): string {
  const days = Math.floor((due.getTime() - now.getTime()) / DAY_MS)
  if (due < now) return days < -1 ? `lewat ${-days - 1} hari` : 'baru saja lewat'
  return days === 0 ? 'kurang dari sehari lagi' : `${days} hari lagi`
}

/** Urgent first; then what ends first, then what waits longest. */
export function inOrder(list: Waiting[]): Waiting[] {
  const rank: Record<Urgency, number> = { now: 0, soon: 1, open: 2 }
  const time = (d: Date | null) => d?.getTime() ?? Infinity
  return [...list].sort(
    (a, b) => rank[a.urgency] - rank[b.urgency] || time(a.due) - time(b.due) || time(a.since) - time(b.since) || a.id.localeCompare(b.id),
  )
}
