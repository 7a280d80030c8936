import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { frameworkTitles, latestForms } from '@/lib/instruments/inside'
import { remembered, together } from '@/lib/platform/together'
import { partsOfCycle, seatForms, seatOfTicket } from '@/lib/sittings/inside'
import { seatsFor, type SeatRow } from '@/lib/sittings/service'
import { attemptFacts } from './answer-store'
import { graceEnd } from './claim'
import { deadlineOf } from './deadline'
import { noteVisits } from './late-store'
import { packetOfForm, sittingKeys } from './packet-store'
import type { Desk, DeskPart, Part } from './protocol'
import * as store from './store'
import { readTicket, signTicket } from './token'

/** What lies on a participant's desk: every part of every sitting she is seated in, its state now, and what her phone needs to be ready. */

export type DuePart = {
  seat: SeatRow
  part: string
  minutes: number
  state: DeskPart['state']
  attemptId: string | null
  formId: string | null
  deadline: Date | null
  title: string
}

/** Titles of the framework and the lengths of a cycle's parts: set long before anybody sits down. */
const titles = remembered((_: 'all') => frameworkTitles(), 60_000)
export const titlesOf = () => titles('all')
export const partsOf = remembered(partsOfCycle, 30_000)
const NEW_FORM_MS = 2_000
const newest = remembered(async (_: 'all') => (await Promise.all([latestForms(), latestForms({ practice: true })])).flat(), NEW_FORM_MS)
const keysOf = remembered((sittingId: string) => sittingKeys([sittingId]), NEW_FORM_MS)

/** Rows of one seat, read together with those of everybody who asks in the same moment. */
const bySeat = <T extends { seatId: string }>(read: (ids: string[]) => Promise<T[]>) =>
  together(async (ids: string[]) => {
    const rows = await read([...new Set(ids)])
    const found = new Map<string, T[]>()
    for (const row of rows) found.set(row.seatId, [...(found.get(row.seatId) ?? []), row])
    return ids.map((id) => found.get(id) ?? [])
  })
const attemptsOfSeat = bySeat(store.attemptsOfSeats)
const formsOfSeat = bySeat(seatForms)
const readyOfSeat = bySeat(store.readyDevices)
const ofAll = async <T>(ids: string[], read: (id: string) => Promise<T[]>): Promise<T[]> => (await Promise.all(ids.map(read))).flat()

/** Every part of these seats with its state now. */
async function dueOfSeats(seats: SeatRow[], now: Date): Promise<DuePart[]> {
  const ids = seats.map((s) => s.id)
  const cycles = [...new Set(seats.map((s) => s.cycleId))]
  const [attempts, titles, forms, given, lengths] = await Promise.all([
    ofAll(ids, attemptsOfSeat),
    titlesOf(),
    newest('all'),
    ofAll(ids, formsOfSeat),
    Promise.all(cycles.map(async (id) => [id, await partsOf(id)] as const)),
  ])
  const running = attempts.filter((a) => a.state === 'open').map((a) => a.id)
  const facts = running.length ? await attemptFacts(running) : []
  const parts = new Map(lengths)
  const due: DuePart[] = []
  for (const seat of seats) {
    for (const { competencyCode: part, minutes } of parts.get(seat.cycleId) ?? []) {
      const attempt = attempts.find((a) => a.seatId === seat.id && a.competencyCode === part)
      const own = forms.filter((f) => f.competencyCode === part && (f.subjectId === null || f.subjectId === seat.subjectId))
      const [form] = own
      const formId = attempt?.formId ?? given.find((g) => g.seatId === seat.id && g.part === part)?.formId ?? null
      const clock = facts.find((f) => f.id === attempt?.id)
      due.push({
        seat,
        part,
        minutes,
        state: stateOf(seat, attempt?.state, formId !== null || own.some((f) => f.practice === anytime(seat)), now),
        attemptId: attempt?.id ?? null,
        formId,
        deadline: clock ? deadlineOf(clock, now).deadline : null,
        title: part === '4' && form ? `${titles.get(part)?.title ?? part} · ${form.title}` : (titles.get(part)?.title ?? part),
      })
    }
  }
  return due
}

/** Whether a seat is for trying at any time; an internal trial has its hours, its forms and its spoken code like the day itself. */
const anytime = (seat: SeatRow): boolean => seat.practice && !seat.trial

function stateOf(seat: SeatRow, attempt: 'open' | 'closed' | undefined, hasForm: boolean, now: Date): DeskPart['state'] {
  if (attempt) return attempt === 'closed' ? 'done' : 'running'
  if (!hasForm) return 'missing'
  if (now < seat.opensAt) return 'early'
  return now > seat.closesAt ? 'over' : 'ready'
}

/** The parts before a teacher, for the home page. */
export async function dueParts(actor: Actor, now: Date): Promise<DuePart[]> {
  allow(actor, 'test:take')
  return dueOfSeats(await seatsFor(actor), now)
}

/** Seats that tickets speak for; a voided card's ticket is silently worth nothing. */
export async function seatsOfTickets(tickets: string[]): Promise<SeatRow[]> {
  const read = tickets.map(readTicket).filter((t) => t !== null)
  if (read.length === 0) return []
  const seats = await Promise.all([...new Set(read.map((t) => t.seatId))].map(seatOfTicket))
  return seats
    .filter((s) => s !== null)
    .filter((s) => read.some((t) => t.seatId === s.id && t.cardVersion === s.cardVersion))
    .sort((a, b) => a.opensAt.getTime() - b.opensAt.getTime())
}

/** Seats that this process knows to have been visited: noted once. */
const visited = new Set<string>()
const MOST_VISITED = 100_000
const visit = together(async (list: { seatId: string; at: Date }[]) => {
  const there = await noteVisits([...new Set(list.map((v) => v.seatId))], list[0]!.at)
  return list.map((v) => there.has(v.seatId))
})

/** Notes that a seat has what it needs to begin without the server; false when it was taken away in this moment. */
async function noteVisit(seatId: string, at: Date): Promise<boolean> {
  if (visited.has(seatId)) return true
  if (!(await visit({ seatId, at }))) return false
  if (visited.size >= MOST_VISITED) visited.clear()
  visited.add(seatId)
  return true
}

/** The desk as the phone keeps it: facts, packets by name, content keys that only the release code opens, and a ticket a seat. */
export async function desk(asked: SeatRow[], now: Date): Promise<Desk> {
  const due = await dueOfSeats(asked, now)
  const forms = [...new Set(due.flatMap((d) => d.formId ?? []))]
  const [packets, keys, ready] = await Promise.all([
    Promise.all(forms.map(packetOfForm)),
    ofAll([...new Set(asked.map((s) => s.sittingId))], keysOf),
    ofAll(
      asked.map((s) => s.id),
      readyOfSeat,
    ),
  ])
  const there = await Promise.all(asked.map(async (s) => !keys.some((k) => k.sittingId === s.sittingId) || (await noteVisit(s.id, now))))
  const seats = asked.filter((_, i) => there[i])
  const ended = await Promise.all(seats.map((seat) => graceEnd(seat.closesAt)))
  return {
    serverNow: now.getTime(),
    seats: seats.map((seat, i) => ({
      seatId: seat.id,
      ticket: now.getTime() > ended[i]! ? null : signTicket(seat.id, seat.cardVersion),
      number: seat.participantNumber,
      name: seat.teacherName,
      cycleName: seat.cycleName,
      venueName: seat.venueName,
      roomName: seat.roomName,
      seatNumber: seat.seatNumber,
      practice: anytime(seat),
      simulated: seat.simulated,
      opensAt: seat.opensAt.getTime(),
      closesAt: seat.closesAt.getTime(),
      extraSeconds: seat.extraSeconds,
      releaseSalt: now.getTime() > ended[i]! ? null : seat.releaseSalt,
      readyDevices: ready.find((r) => r.seatId === seat.id)?.devices ?? 0,
      parts: due
        .filter((d) => d.seat.id === seat.id)
        .map((d) => {
          const packet = now.getTime() > ended[i]! ? null : packets.find((p) => p?.formId === d.formId)
          const sealedKey = keys.find((k) => k.sittingId === seat.sittingId && k.formId === d.formId)?.sealedKey ?? null
          return {
            part: d.part as Part,
            title: d.title,
            minutes: d.minutes,
            state: d.state,
            deadline: d.deadline?.getTime() ?? null,
            packet: packet
              ? {
                  sha256: packet.sha256,
                  bytes: packet.bytes,
                  items: packet.items,
                  hasMath: packet.hasMath,
                  sealedKey: d.state === 'done' ? null : sealedKey,
                }
              : null,
          }
        }),
    })),
  }
}
