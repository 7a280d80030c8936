import type { Doubt } from './doubt'
import type { StartRequest } from './protocol'
import type { PlaceFacts } from './start-store'

/**
 * Which form a start is about. What a phone has opened decides, because its answers name the items of that form; what lies at the seat
 * by now does not, and neither does a packet that nobody sealed for this sitting. Pure.
 */
const HASH = /^[0-9a-f]{64}$/

/** The packet that a phone names, as the database may be asked for it: what is no hash is the name of no packet. Null when it names none. */
export const namedPacket = ({ packet }: Pick<StartRequest, 'packet'>): string | null =>
  packet === undefined ? null : HASH.test(packet) ? packet : ''

type Named = Pick<StartRequest, 'packet' | 'begunAt'>
type Standing = Pick<PlaceFacts, 'formId' | 'opened'> & { attempt: { formId: string } | null }

/**
 * What stands against a start because of the packet that it names; null when nothing does. A phone that has opened nothing yet
 * (no `begunAt`) goes on with the form of a part that stands, whatever it holds.
 */
export function formDoubt(request: Named, facts: Standing): Doubt | null {
  if (request.packet === undefined) return null
  if (facts.attempt) {
    const other = facts.opened !== facts.attempt.formId
    return other && request.begunAt !== undefined ? (facts.opened ? 'form' : 'packet') : null
  }
  return facts.opened ? null : 'packet'
}

/** The form to go on with where nothing stands against the start: the part's own, the phone's, the seat's. */
export const formOpened = (facts: Standing): string | null => facts.attempt?.formId ?? facts.opened ?? facts.formId
