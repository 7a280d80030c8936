import { AsyncLocalStorage } from 'node:async_hooks'
import { cookieIn, cookieName, idOf, secretIn } from './session-cookie'
import { deviceWords } from './session-model'

/** Where the request came from that is being answered, known to everything that it causes. */
export type Arrived = {
  address: string
  userAgent: string | null
  cookie: string
  /** Method and path without its query, which may hold what somebody typed. */
  path: string
}

/** One memory a process: Next.js bundles its pages apart from what runs beside them. */
const kept = globalThis as unknown as { petaguruArrived?: AsyncLocalStorage<Arrived> }
const storage = () => (kept.petaguruArrived ??= new AsyncLocalStorage<Arrived>())

/** Answers a request so that lines of the log know where it came from. */
export const arriving = <T>(from: Arrived, work: () => T): T => storage().run(from, work)

/** What an open page asks for again and again without anybody touching it: how far a background job is. A console is watched, and counts. */
const BY_ITSELF = /^GET \/api\/jobs\//

/** Whether the present request is one that a page makes by itself, so that it is no use of a session (decision 024). */
export const asksByItself = (): boolean => BY_ITSELF.test(presentRequest()?.path ?? '')

/** The present request; undefined where nobody asked from outside (worker, commands). */
export const presentRequest = (): Arrived | undefined => storage().getStore()

/**
 * What a line of the log says of it: address, device in words, and the beginning of the session's name, which is itself a hash of
 * what the browser holds and opens nothing. Null where nobody asked from outside.
 */
export async function origin(): Promise<{ address: string; device: string; session?: string } | null> {
  const from = storage().getStore()
  if (!from) return null
  const token = cookieIn(from.cookie, cookieName('session'))
  const secret = token ? await secretIn(token).catch(() => null) : null
  return { address: from.address, device: deviceWords(from.userAgent), ...(secret ? { session: idOf(secret).slice(0, 12) } : {}) }
}
