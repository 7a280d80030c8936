import * as z from 'zod/mini'
import { StartRequest } from './protocol'
import { deflate, fromBase64, inflate, sha256, toBase64 } from './seal'

/**
 * A phone's journal without a network: cut into texts for QR codes or a file, and put together again. Pure; phone and
 * console share it. A frame is `PG1:<id4>:<i>/<n>:<data>`; the data of all frames is base64url(deflate(JSON)).
 */
const MOST_FRAMES = 800
/** A code of 57 modules a side: small enough for one cheap phone to read from another's screen. */
const FRAME_CHARS = 260
/** "PG1:abcd:399/400:" at its longest. */
const HEAD_CHARS = 18
const FRAME = /^PG1:([\w-]{4}):(\d{1,3})\/(\d{1,3}):([\w-]+)$/

export const HandoverPayload = z.object({
  v: z.literal(1),
  start: StartRequest,
  /** A token that the phone had already; used when the ticket no longer opens anything (a voided card). */
  token: z.optional(z.string().check(z.maxLength(400))),
  /** Journal entries; the server judges each by itself. */
  entries: z.array(z.unknown()).check(z.maxLength(20_000)),
})
export type HandoverPayload = z.infer<typeof HandoverPayload>

/** The payload as texts of at most 260 characters, in order. */
export async function handoverFrames(payload: HandoverPayload): Promise<string[]> {
  const bytes = await deflate(new TextEncoder().encode(JSON.stringify(payload)))
  const text = toBase64(bytes)
  const id = toBase64(new TextEncoder().encode(await sha256(bytes))).slice(0, 4)
  const size = FRAME_CHARS - HEAD_CHARS
  const n = Math.ceil(text.length / size)
  if (n > MOST_FRAMES) throw new Error('the journal is too long to be handed over')
  return Array.from({ length: n }, (_, i) => `PG1:${id}:${i + 1}/${n}:${text.slice(i * size, (i + 1) * size)}`)
}

/** Which hand-over a text belongs to; null when it is no frame. */
export const frameId = (text: string): string | null => FRAME.exec(text.trim())?.[1] ?? null

/** Collects the frames of one hand-over in any order, repeated or not; what belongs to another is left alone. */
export class FrameCollector {
  private id: string | null = null
  private of = 0
  private readonly parts = new Map<number, string>()

  add(text: string): { have: number; of: number } {
    const [, id, i, n, data] = FRAME.exec(text.trim()) ?? []
    const [index, count] = [Number(i), Number(n)]
    const fits =
      id && data && index >= 1 && index <= count && count <= MOST_FRAMES && (this.id === null || (this.id === id && this.of === count))
    if (fits) {
      this.id = id
      this.of = count
      this.parts.set(index, data)
    }
    return { have: this.parts.size, of: this.of }
  }
  complete(): boolean {
    return this.of > 0 && this.parts.size === this.of
  }
  /** Every frame that is here, in order. */
  frames(): string[] {
    return [...this.parts].sort((a, b) => a[0] - b[0]).map(([i, data]) => `PG1:${this.id}:${i}/${this.of}:${data}`)
  }
  /** What the phone handed over. Throws when frames are missing or damaged. */
  async payload(): Promise<HandoverPayload> {
    if (!this.complete()) throw new Error('frames are missing')
    const text = Array.from({ length: this.of }, (_, i) => this.parts.get(i + 1)).join('')
    return HandoverPayload.parse(JSON.parse(new TextDecoder().decode(await inflate(fromBase64(text)))))
  }
}
