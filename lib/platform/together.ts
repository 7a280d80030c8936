import { apart } from './ambient'
import { databaseAway } from './db'

type Waiting<K, V> = { key: K; done: (value: V) => void; fail: (error: unknown) => void }

/**
 * Gathers calls into one call for many: what comes in while one is under way goes out together when it returns, so that a
 * storm of a thousand equal questions costs the database a few. `work` answers in the order of its keys. A lone caller
 * waits for nobody. With `alone` a group that failed is tried once more one by one, so that a bad key does
 * not hold up the others.
 */
export function together<K, V>(work: (keys: K[]) => Promise<V[]>, { most = 200, alone = false } = {}): (key: K) => Promise<V> {
  let waiting: Waiting<K, V>[] = []
  let underWay = false

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.slice(0, most)
      waiting = waiting.slice(most)
      try {
        const values = await work(group.map((w) => w.key))
        group.forEach((w, i) => w.done(values[i]!))
      } catch (error) {
        if (databaseAway(error)) {
          // A database that is away or hangs is so for those who wait as well: they hear it now and not one by one.
          for (const w of [...group, ...waiting.splice(0)]) w.fail(error)
        } else if (alone && group.length > 1) {
          for (const w of group) await work([w.key]).then(([v]) => w.done(v!), w.fail)
        } else for (const w of group) w.fail(error)
      }
    }
    underWay = false
  }
  return (key) =>
    new Promise((done, fail) => {
      waiting.push({ key, done, fail })
      if (underWay) return
      underWay = true
      // Everything that this turn of the event loop brings in goes out with the first.
      // What many wait for is no part of the transaction of the one who came first.
      setImmediate(() => void apart(run))
    })
}

/** Remembers what `read` found for a key for `ms`; a failure is not remembered. Only for what may be that old. */
export function remembered<K, V>(read: (key: K) => Promise<V>, ms: number, most = 1000): (key: K) => Promise<V> {
  const kept = new Map<K, { value: Promise<V>; until: number }>()
  return (key) => {
    const now = Date.now()
    const known = kept.get(key)
    if (known && known.until > now) return known.value
    if (kept.size >= most) kept.clear()
    // Nobody remembers what a transaction has only half done.
    const value = apart(() => read(key))
    kept.set(key, { value, until: now + ms })
    value.catch(() => kept.delete(key))
    return value
  }
}
