import { apart } from '@/lib/platform/ambient'
import { sessionById, type SessionWithAccount } from './session-store'

/** How old a session may be that a process goes by: another process that ended it is heard of after this time at the latest. */
const FRESH_MS = 3_000
const MOST = 20_000

type Entry = { value: Promise<SessionWithAccount | null>; until: number; subject: string | null }
/** One memory a process: Next.js bundles its pages apart from what runs beside them. */
const kept = globalThis as unknown as { petaguruSessions?: Map<string, Entry> }
const memory = () => (kept.petaguruSessions ??= new Map())

/** A session, three seconds old at most. */
export function knownSession(id: string, now: Date): Promise<SessionWithAccount | null> {
  const entries = memory()
  const at = now.getTime()
  const known = entries.get(id)
  if (known && known.until > at && known.until <= at + FRESH_MS) return known.value
  if (entries.size >= MOST) entries.clear()
  const entry: Entry = { value: apart(() => sessionById(id)), until: at + FRESH_MS, subject: null }
  entries.set(id, entry)
  entry.value.then(
    (s) => (entry.subject = s?.subjectId ?? null),
    () => entries.get(id) === entry && entries.delete(id),
  )
  return entry.value
}

/** Forgets sessions of an account or a seat, so that this process sees at once what was changed. */
export function forgetSessionsOf(subjectId: string): void {
  // One that is still being read has no subject yet and may be of this one.
  for (const [id, entry] of memory()) if (entry.subject === null || entry.subject === subjectId) memory().delete(id)
}

export const forgetSession = (id: string): void => void memory().delete(id)
