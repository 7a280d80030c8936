import { createHash } from 'node:crypto'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { neighbourhood } from '@/lib/platform/client-address'
import { pool } from '@/lib/platform/db'

/**
 * How fast somebody may guess. Nothing here locks an account, because a lock is a tool for whoever wants to keep somebody out.
 * Guesses go in lanes: an account on a device that it knows, or an account at an address. A lane has ten tries, then one
 * every thirty seconds: 130 an hour, and nobody in another lane notices. An account that is guessed at from many addresses makes
 * each new one wait for thirty seconds before its first try; a known device does not wait. A try that has to wait is not judged
 * and does not prolong the waiting.
 */
const FREE = 10
const LANE_SECONDS = 3600
export const PAUSE_SECONDS = 30
/** Wrong tries on one account from unknown devices in an hour, above which new addresses wait. */
const HOT = 50
/** Wrong tries from unknown devices of one address in a minute. Generous: 977 teachers share one school's uplink. */
const ADDRESS = 1000

const limits = {
  lane: { points: FREE, duration: LANE_SECONDS },
  pause: { points: 1, duration: PAUSE_SECONDS },
  subject: { points: HOT, duration: LANE_SECONDS },
  address: { points: ADDRESS, duration: 60 },
}
type Name = keyof typeof limits
const limiters = new Map<Name, RateLimiterPostgres>()

function limiter(name: Name): RateLimiterPostgres {
  let found = limiters.get(name)
  if (!found) {
    const options = { keyPrefix: name, ...limits[name] }
    found = new RateLimiterPostgres({
      ...options,
      storeClient: pool(),
      tableName: 'login_failure',
      tableCreated: true,
      insuranceLimiter: new RateLimiterMemory(options),
    })
    limiters.set(name, found)
  }
  return found
}

/** Counts one and tells the state; the count goes on past the limit, the window is not prolonged. */
async function hit(name: Name, key: string): Promise<RateLimiterRes> {
  try {
    return await limiter(name).consume(key)
  } catch (state) {
    if (state instanceof RateLimiterRes) return state
    throw state
  }
}

/** Whose secret is guessed, from where, and on which device the account knows (null: on one that it does not know). */
export type Try = { subject: string; address: string; device: string | null }

/** Addresses and names are not stored, only what they hash to. */
const key = (...names: string[]): string => createHash('sha256').update(names.join('|')).digest('base64url')
const laneOf = (t: Try): string => (t.device ? key('device', t.device, t.subject) : key('address', neighbourhood(t.address), t.subject))

const seconds = (state: RateLimiterRes): number => Math.max(1, Math.ceil(state.msBeforeNext / 1000))

/**
 * How long this try has to wait (seconds); 0: it may be judged now. It is counted before it is judged, and given back by `countRight`,
 * so that a thousand at once are a thousand.
 */
export async function waitOf(t: Try): Promise<number> {
  const lane = laneOf(t)
  const [tries, heat] = await Promise.all([hit('lane', lane), t.device ? null : limiter('subject').get(key(t.subject))])
  const hot = (heat?.consumedPoints ?? 0) >= HOT
  const free = !hot && tries.consumedPoints <= FREE
  if (!free) {
    const pause = await hit('pause', lane)
    if (pause.consumedPoints > 1 || (hot && tries.consumedPoints === 1)) return seconds(pause)
  }
  if (t.device) return 0
  const [subject, address] = await Promise.all([hit('subject', key(t.subject)), hit('address', key(neighbourhood(t.address)))])
  if (address.consumedPoints > ADDRESS) return seconds(address)
  // Of many addresses at once, those that come after the account has become hot wait as if they had come later.
  return free && subject.consumedPoints > HOT ? seconds(await hit('pause', lane)) : 0
}

/** A judged try was right: its lane is free again, and it counts nowhere. */
export async function countRight(t: Try): Promise<void> {
  const lane = laneOf(t)
  await Promise.all([
    limiter('lane').delete(lane),
    limiter('pause').delete(lane),
    ...(t.device ? [] : [limiter('subject').reward(key(t.subject)), limiter('address').reward(key(neighbourhood(t.address)))]),
  ])
}
