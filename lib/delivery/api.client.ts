import { Refusal } from './protocol'

/** What a call to the server ended in: data, a refusal in words, or nobody there (whatever a strange network may have said). */
export type Called<T> =
  | { kind: 'ok'; value: T; sent: number; received: number }
  | { kind: 'refused'; code: string; message: string; status: number }
  | { kind: 'away' }

type Schema<T> = { safeParse(data: unknown): { success: true; data: T } | { success: false } }

const TIMEOUT_MS = 20_000

/**
 * Posts to /api/delivery. Only our own JSON in our own shape counts as an answer: a captive portal's page with status 200,
 * a reply cut in the middle and a gateway's 502 all mean that the server is away.
 */
export async function call<T>(path: string, body: object, schema: Schema<T>): Promise<Called<T>> {
  const sent = performance.now()
  try {
    const response = await fetch(`/api/delivery/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const said: unknown = await response.json()
    const received = performance.now()
    if (response.ok) {
      const parsed = schema.safeParse(said)
      return parsed.success ? { kind: 'ok', value: parsed.data, sent, received } : { kind: 'away' }
    }
    const refusal = Refusal.safeParse(said)
    if (!refusal.success || response.status >= 500 || response.status === 429) return { kind: 'away' }
    return { kind: 'refused', ...refusal.data, status: response.status }
  } catch {
    return { kind: 'away' }
  }
}

/** A pause before the next try: doubling from `first` to `longest`, half of it by chance, so that a returning server is not felled by its own phones. */
export const backOff = (failures: number, first: number, longest: number, random: () => number = Math.random): number =>
  Math.min(longest, first * 2 ** Math.max(0, failures - 1)) * (0.5 + 0.5 * random())
