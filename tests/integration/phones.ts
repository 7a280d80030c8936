import { consoleReply } from '@/lib/console/inside'
import { createDelivery, freeze } from '@/lib/delivery/inside'
import type { StartReply, SyncReply } from '@/lib/delivery/protocol'
import { codeKey } from '@/lib/delivery/packet'
import { claimProof, openPacket } from '@/lib/delivery/seal'
import { signTicket } from '@/lib/delivery/token'
import { scoreAttempt } from '@/lib/scoring/inside'
import { sql } from '@/lib/platform/db'
import { aSchool, aSitting, aTeacher, participant } from './world'

/** Phones that speak the product's protocol to the product's handler, at a time that the story sets. */
export const MORNING = new Date('2026-04-18T01:00:00Z')
export const at = (minutes: number) => new Date(MORNING.getTime() + minutes * 60_000)

export type Entry = { seq: number; kind: string; item?: string; value?: unknown; at: number }
export type Item = { id: string; content: { type: string; options?: { id: string }[] } }
export type Started = StartReply & { items: Item[] }

/** What a phone shows that has heard the release code of its seat's sitting. */
export async function proofOf(seatId: string, device: string, part = '1'): Promise<string> {
  const [seat] = await sql<{ sittingId: string }>(`SELECT sitting_id AS "sittingId" FROM seat WHERE id = $1`, [seatId])
  return claimProof((await codeKey(seat!.sittingId))!, seatId, part, device)
}

/** `live`: by the real clock instead of the story's. */
export function aServer(onSettled: (attemptId: string) => Promise<void> = scoreAttempt, live = false) {
  let now = MORNING
  const delivery = createDelivery(onSettled, consoleReply, () => (live ? new Date() : now))
  const ask = async (method: string, path: string, body: unknown, when: Date, cookie = '') => {
    now = when
    const reply = await delivery.handle({
      method,
      path: `/api/delivery/${path}`,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      cookie,
      userAgent: 'uji',
      address: 'uji',
    })
    await delivery.lane.idle()
    return reply
  }
  const post = async <T>(path: string, body: unknown, when: Date = at(10)): Promise<{ status: number; reply: T }> => {
    const reply = await ask('POST', path, body, when)
    return { status: reply.status, reply: JSON.parse(String(reply.body)) as T }
  }
  return {
    delivery,
    ask,
    post,
    /** A start as a phone asks for it; throws the words of a refusal. */
    async begin(
      seatId: string,
      device = 'phone-a-0001',
      when = MORNING,
      more: { takeOver?: boolean; begunAt?: number; part?: string; proof?: string } = {},
    ): Promise<Started> {
      const asked = { ticket: signTicket(seatId, 1), part: '1', device, takeOver: false, ...more }
      if (more.begunAt !== undefined && !('proof' in more)) {
        // An honest phone has read its desk before, and has heard the code.
        await post('desk', { tickets: [asked.ticket] }, new Date(Math.min(more.begunAt, when.getTime(), MORNING.getTime() - 3_600_000)))
        Object.assign(asked, { proof: await proofOf(seatId, device, asked.part) })
      }
      const { status, reply } = await post<StartReply & { message: string }>('start', asked, when)
      if (status !== 200) throw new Error(reply.message)
      const sealed = await ask('GET', `packet/${reply.packet.sha256}`, '', when)
      const content = (await openPacket(reply.packet.contentKey, new Uint8Array(sealed.body as Uint8Array))) as { items: Item[] }
      return { ...reply, items: content.items }
    },
    async send(token: string, entries: unknown[], when: Date = at(10)): Promise<SyncReply> {
      const { status, reply } = await post<SyncReply>('sync', { token, entries, position: 0 }, when)
      if (status !== 200) throw new Error(JSON.stringify(reply))
      return reply
    },
  }
}

export const singles = (s: Started) => s.items.filter((i) => i.content.type === 'single')

/** A teacher with a seat in a sitting of her own, prepared. */
export async function seated(morning = MORNING) {
  const school = await aSchool()
  const teacher = await aTeacher(school)
  const sitting = await aSitting([teacher], morning)
  await freeze(sitting.sittingId, morning)
  return { ...sitting, school, teacher, seat: sitting.seatIds[0]!, actor: participant(sitting.seatIds[0]!, teacher) }
}
