import { competencyNames, incidentKinds, type AllowanceRow } from '@/lib/sittings/model'
import { groupBy } from '@/lib/platform/group'
import { allowancesOfSitting, incidentsOfSitting } from '@/lib/sittings/inside'
import type { ConsoleRoom, Live, LogLine, Person, RunningPause } from './protocol'
import { alertsOf, needsLook, seatState, seatStates, spanWords, type AttemptSigns } from './state'
import * as store from './store'
import { deadlineOf } from '@/lib/delivery/deadline'
import { readableFrom } from '@/lib/delivery/spoken-code'
import { allowanceWords } from './minutes'

/** One reading of a sitting for every console that watches it. */

/** Contacts are told to this step, so that heartbeats alone do not make every seat a change. */
const CONTACT_STEP_MS = 5_000

type Allowance = Awaited<ReturnType<typeof allowancesOfSitting>>[number]
export type Reading = {
  at: number
  head: store.SittingHead
  /** From when the release code can be read. */
  codeFrom: number
  rooms: ConsoleRoom[]
  people: (Person & { live: Live })[]
  /** Whose seat each is; consoles are not told. */
  teacherOf: Map<string, string>
  pauses: RunningPause[]
  log: LogLine[]
}

const row = (a: Allowance): AllowanceRow => ({ ...a, kind: a.kind as AllowanceRow['kind'] })
const reaches = (a: Allowance, seat: store.ConsoleSeatRow) => (!a.roomId || a.roomId === seat.room) && (!a.seatId || a.seatId === seat.id)

function liveOf(
  seat: store.ConsoleSeatRow,
  attempts: (store.ConsoleAttemptRow & AttemptSigns & { answered: number; saved: Date | null })[],
  allowances: Allowance[],
  parts: number,
  now: Date,
): Live {
  const running = attempts.find((a) => a.open)
  const state = seatState(attempts, seat.attendance, parts, now.getTime())
  const done = attempts.filter((a) => !a.open)
  const clock = running && deadlineOf({ ...running, extraSeconds: seat.extraSeconds, allowances: allowances.map(row) }, now)
  const paused = allowances.some((a) => a.kind === 'pause' && !a.endedAt)
  const sum = (of: (a: Allowance) => boolean) => allowances.reduce((n, a) => n + (a.kind === 'extend' && of(a) ? (a.seconds ?? 0) : 0), 0)
  const credited = sum((a) => a.byUserId === null)
  const given = sum((a) => a.byUserId !== null)
  const provisional = attempts.some((a) => a.provisional)
  const contact = running?.contact ?? null
  return {
    state,
    words: running
      ? `${competencyNames[running.part] ?? running.part}: ${running.answered} dari ${running.items} terjawab`
      : done.length
        ? `${done.length} dari ${parts} bagian selesai`
        : '',
    part: running?.part ?? null,
    answered: running?.answered ?? 0,
    items: running?.items ?? 0,
    contact: contact === null ? null : Math.floor(contact / CONTACT_STEP_MS) * CONTACT_STEP_MS,
    saved: running?.saved?.getTime() ?? null,
    end: clock && !clock.paused ? clock.deadline.getTime() : null,
    alerts: alertsOf(attempts),
    tags: [
      ...(provisional ? ['mulai luring dengan kode rilis'] : []),
      ...(seat.cardVoided ? ['kartu dibatalkan'] : []),
      ...(paused ? ['dijeda'] : []),
      ...(credited ? [`+${spanWords(credited * 1000)} menurut aturan`] : []),
      ...(given ? [`+${spanWords(given * 1000)} dari pengawas`] : []),
      ...(seat.extraSeconds ? [`akomodasi +${spanWords(seat.extraSeconds * 1000)}`] : []),
    ],
    attendance: seat.attendance,
    ready: seat.ready,
    provisional,
    cardVoided: seat.cardVoided,
    paused,
    credited,
  }
}

function roomsOf(
  rooms: { id: string; name: string; columns: number }[],
  people: Reading['people'],
  pauses: RunningPause[],
  sittingId: string,
): ConsoleRoom[] {
  const byRoom = groupBy(people, (p) => p.room)
  return rooms.map((r) => {
    const own = byRoom.get(r.id) ?? []
    const counts = Object.fromEntries(seatStates.map((s) => [s, 0])) as ConsoleRoom['counts']
    for (const p of own) counts[p.live.state]++
    return {
      ...r,
      seats: own.length,
      ready: own.filter((p) => p.live.ready).length,
      alerts: own.filter((p) => needsLook({ ...p.live })).length,
      paused: pauses.some((p) => p.target === r.id || p.target === sittingId),
      counts,
    }
  })
}

/** The sitting as it is now; null when there is none. */
export async function readSitting(sittingId: string, now: Date): Promise<Reading | null> {
  const [head, rooms, seats, attempts, answers, devices, noted, allowances, incidents, names] = await Promise.all([
    store.sittingHead(sittingId),
    store.roomsOfSitting(sittingId),
    store.consoleSeats(sittingId),
    store.consoleAttempts(sittingId),
    store.answerCounts(sittingId),
    store.deviceCounts(sittingId),
    store.notedCounts(sittingId),
    allowancesOfSitting(sittingId),
    incidentsOfSitting(sittingId),
    store.actorNames(sittingId),
  ])
  if (!head) return null
  const answersOf = new Map(answers.map((a) => [a.id, a]))
  const devicesOf = new Map(devices.map((d) => [d.id, d]))
  const notedOf = new Map(noted.map((n) => [n.id, n]))
  const signs = attempts.map((a) => {
    const d = devicesOf.get(a.id)
    const n = notedOf.get(a.id)
    return {
      ...a,
      answered: answersOf.get(a.id)?.answered ?? 0,
      saved: answersOf.get(a.id)?.saved ?? null,
      contact: d?.contact?.getTime() ?? null,
      devices: d?.devices ?? 0,
      missing: d?.missing ?? 0,
      left: n?.left ?? 0,
      rejected: n?.rejected ?? 0,
      overdue: n?.overdue ?? 0,
    }
  })
  const attemptsOf = groupBy(signs, (a) => a.seatId)
  const shared = allowances.filter((a) => !a.seatId)
  const personal = groupBy(allowances, (a) => a.seatId)
  const people = seats.map((s) => ({
    id: s.id,
    number: s.number,
    name: s.name,
    school: s.school,
    room: s.room,
    seat: s.seat,
    live: liveOf(s, attemptsOf.get(s.id) ?? [], [...shared.filter((a) => reaches(a, s)), ...(personal.get(s.id) ?? [])], head.parts, now),
  }))
  const numbers = new Map(seats.map((s) => [s.id, s.number]))
  const roomNames = new Map(rooms.map((r) => [r.id, r.name]))
  const by = new Map(names.map((n) => [n.id, n.name]))
  const place = { numbers, rooms: roomNames, by }
  const pauses = allowances
    .filter((a) => a.kind === 'pause' && !a.endedAt)
    .map((a): RunningPause => ({
      id: a.id,
      scope: a.seatId ? 'seat' : a.roomId ? 'room' : 'sitting',
      target: a.seatId ?? a.roomId ?? sittingId,
      words: allowanceWords(row(a), a, place),
      since: a.startedAt.getTime(),
    }))
  const log: LogLine[] = [
    ...allowances.map((a) => ({
      id: a.id,
      at: a.startedAt.getTime(),
      kind: a.kind === 'pause' ? 'Jeda' : 'Waktu',
      words: allowanceWords(row(a), a, place),
      room: a.roomId,
    })),
    ...incidents.map((i) => ({
      id: i.id,
      at: i.at.getTime(),
      kind: incidentKinds[i.kind as keyof typeof incidentKinds] ?? i.kind,
      words: `${i.seatId ? `${numbers.get(i.seatId) ?? 'Peserta'}: ` : ''}${i.note}${by.get(i.byUserId) ? ` (${by.get(i.byUserId)})` : ''}`,
      room: i.roomId,
    })),
  ].sort((a, b) => b.at - a.at)
  const teacherOf = new Map(seats.map((s) => [s.id, s.teacherId]))
  const codeFrom = (await readableFrom(head.opensAt)).getTime()
  return { teacherOf, at: now.getTime(), head, codeFrom, rooms: roomsOf(rooms, people, pauses, sittingId), people, pauses, log }
}
