/** What a process remembers for a while: facts that change by the day and cost more than a page may. */

type Entry = { until: number; value: Promise<unknown> }
const kept = globalThis as unknown as { petaguruAgenda?: Map<string, Entry> }
const memory = () => (kept.petaguruAgenda ??= new Map())
const MOST = 1_000

function keep<T>(key: string, until: number, value: Promise<T>): Promise<T> {
  if (memory().size > MOST) memory().clear()
  const entry = { until, value }
  memory().set(key, entry)
  value.catch(() => memory().get(key) === entry && memory().delete(key))
  return value
}

/** What `make` gave for this key less than `ms` ago, or gives now. */
export function remembered<T>(key: string, ms: number, now: Date, make: () => Promise<T>): Promise<T> {
  const known = memory().get(key)
  return known && known.until > now.getTime() ? (known.value as Promise<T>) : keep(key, now.getTime() + ms, make())
}

/** What was made for this key, however old it is; where it is older than `ms`, it is made again meanwhile and nobody waits for that. */
export function atOnce<T>(key: string, ms: number, now: Date, make: () => Promise<T>): Promise<T> {
  const known = memory().get(key) as { until: number; value: Promise<T> } | undefined
  if (!known) return keep(key, now.getTime() + ms, make())
  if (known.until <= now.getTime()) {
    known.until = now.getTime() + ms
    make().then(
      (value) => void keep(key, now.getTime() + ms, Promise.resolve(value)),
      () => undefined,
    )
  }
  return known.value
}

/** Notes what was just made, so that the next look has it. */
export const noted = <T>(key: string, ms: number, now: Date, value: T): T => (
  void keep(key, now.getTime() + ms, Promise.resolve(value)),
  value
)
