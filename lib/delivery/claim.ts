import { timingSafeEqual } from 'node:crypto'
import type { SeatRow } from '@/lib/sittings/service'
import { noteRefusal, policyInForce } from '@/lib/access/service'
import type { Doubt } from './doubt'
import { firstVisit } from './late-store'
import { codeKey } from './packet'
import type { StartRequest } from './protocol'
import { claimProof } from './seal'

/** Clocks of phones that have met the server err by less than this; before the desk was read nothing can have begun. */
const CLOCK_SLACK_MS = 2 * 60_000

/** When a sitting's grace ends. */
export const graceEnd = async (closesAt: Date): Promise<number> => closesAt.getTime() + (await policyInForce()).graceHours * 3_600_000

/** Whether the phone has heard the code of this sitting. */
async function proven(seat: SeatRow, { part, device, proof }: StartRequest): Promise<boolean> {
  const key = proof ? await codeKey(seat.sittingId) : null
  if (!proof || !key) return false
  const [given, expected] = [Buffer.from(proof), Buffer.from(await claimProof(key, seat.id, part, device))]
  if (given.length === expected.length && timingSafeEqual(given, expected)) return true
  // Honest phones compute their proof from the code that opened the packet: a wrong one is a guess.
  noteRefusal({ what: 'code', object: `seat:${seat.id}`, actor: null })
  return false
}

/** What stands against a claim that says it began at `began`; null when nothing does. */
export async function doubtOf(seat: SeatRow, request: StartRequest, began: Date, now: Date): Promise<Doubt | null> {
  if (now.getTime() > (await graceEnd(seat.closesAt))) return 'late'
  if (!(await proven(seat, request))) return 'proof'
  if (seat.attendance === 'absent') return 'absent'
  const visit = await firstVisit(seat.id)
  return visit && began.getTime() >= visit.getTime() - CLOCK_SLACK_MS ? null : 'unseen'
}
