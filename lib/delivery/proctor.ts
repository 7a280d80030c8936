import { allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { formatClock } from '@/lib/platform/format'
import { ok, refuse, type Result } from '@/lib/platform/result'
import {
  addAllowance,
  addIncidentRow,
  endPauses,
  incidentsOfRoom,
  roomAllowances,
  roomFor,
  seatsOfRoom,
  setAttendance,
  renewCard,
  type RoomRow,
  type RoomSeat,
} from '@/lib/sittings/service'
import { competencyNames, Grant, incidentKinds } from '@/lib/sittings/model'
import * as store from './store'

/** A phone that has not been heard of for this long, in a running part, needs a look. */
const SILENT_MS = 90_000

export type SeatState = 'silent' | 'waiting' | 'absent' | 'working' | 'finished'
/** Trouble first: the order of the console. */
const order: SeatState[] = ['silent', 'waiting', 'working', 'finished', 'absent']
export const stateWords: Record<SeatState, string> = {
  silent: 'Tidak ada kabar',
  waiting: 'Belum mulai',
  working: 'Mengerjakan',
  finished: 'Selesai',
  absent: 'Tidak hadir',
}

export type ConsoleSeat = RoomSeat & {
  state: SeatState
  words: string
  part: string | null
  answered: number
  items: number
  lastContact: string | null
  finishedParts: number
  alerts: string[]
}

export type RoomConsole = {
  room: RoomRow
  seats: ConsoleSeat[]
  counts: Record<SeatState, number>
  pausedRoom: boolean
  at: string
  incidents: { id: string; at: Date; kind: string; note: string }[]
}

function describe(seat: RoomSeat, attempts: store.ProgressRow[], now: Date): Omit<ConsoleSeat, keyof RoomSeat> {
  const running = attempts.find((a) => a.state === 'open')
  const done = attempts.filter((a) => a.state === 'closed')
  const alerts: string[] = []
  for (const a of attempts) {
    if (a.devices > 1) alerts.push(`${a.devices} perangkat`)
    if (a.focusLosses > 2) alerts.push(`${a.focusLosses} kali berpindah aplikasi`)
    if (a.rejected) alerts.push(`${a.rejected} catatan tidak terbaca`)
    if (a.overdue) alerts.push(`${a.overdue} jawaban setelah waktu habis (disimpan, tidak dinilai)`)
  }
  const contact = running?.lastContactAt ?? null
  const silent = running && (!contact || now.getTime() - contact.getTime() > SILENT_MS)
  const state: SeatState = silent
    ? 'silent'
    : running
      ? 'working'
      : seat.attendance === 'absent'
        ? 'absent'
        : done.length
          ? 'finished'
          : 'waiting'
  const partName = running ? competencyNames[running.competencyCode]! : null
  const words = running
    ? `${partName}: ${running.answered} dari ${running.items} terjawab`
    : done.length
      ? `${done.length} bagian selesai (${done.map((d) => competencyNames[d.competencyCode]).join(', ')})`
      : stateWords[state]
  return {
    state,
    words,
    part: running?.competencyCode ?? null,
    answered: running?.answered ?? 0,
    items: running?.items ?? 0,
    lastContact: contact ? formatClock(contact, true) : null,
    finishedParts: done.length,
    alerts,
  }
}

/** One room, live: who needs help first. */
export async function roomConsole(actor: Actor, roomId: string, now: Date): Promise<RoomConsole | null> {
  const room = await roomFor(actor, roomId)
  if (!room) return null
  const [seats, allowances, incidents] = await Promise.all([
    seatsOfRoom(roomId),
    roomAllowances(room.sittingId, roomId),
    incidentsOfRoom(roomId),
  ])
  const progress = await store.progressOfSeats(seats.map((s) => s.id))
  const described = seats.map((s) => ({
    ...s,
    ...describe(
      s,
      progress.filter((p) => p.seatId === s.id),
      now,
    ),
  }))
  described.sort(
    (a, b) =>
      Number(b.alerts.length > 0) - Number(a.alerts.length > 0) ||
      order.indexOf(a.state) - order.indexOf(b.state) ||
      a.seatNumber - b.seatNumber,
  )
  described.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
  const counts = Object.fromEntries(order.map((s) => [s, described.filter((d) => d.state === s).length])) as Record<SeatState, number>
  return {
    room,
    seats: described,
    counts,
    pausedRoom: allowances.some((a) => a.kind === 'pause' && !a.endedAt && !a.seatId),
    at: formatClock(now, true),
    incidents,
  }
}

async function room(actor: Actor, roomId: string): Promise<RoomRow | null> {
  allow(actor, 'room:act')
  return roomFor(actor, roomId)
}

async function seatIn(roomId: string, seatId: string | undefined): Promise<RoomSeat | null> {
  return seatId ? ((await seatsOfRoom(roomId)).find((s) => s.id === seatId) ?? null) : null
}

const missing = refuse('missing', 'Ruang atau peserta tidak ditemukan. Muat ulang halaman ini.')

/** Gives minutes to a person or a room. */
export async function giveTime(actor: Actor, roomId: string, input: unknown, now: Date): Promise<Result<null>> {
  const own = await room(actor, roomId)
  if (!own || !actor.userId) return missing
  const parsed = Grant.safeParse(input)
  if (!parsed.success) return refuse('input', parsed.error.issues[0]?.message ?? 'Isian belum lengkap.')
  const { scope, seatId, minutes, reason } = parsed.data
  const seat = scope === 'seat' ? await seatIn(roomId, seatId) : null
  if (scope === 'seat' && !seat) return missing
  await addAllowance(
    { sittingId: own.sittingId, roomId, seatId: seat?.id ?? null, kind: 'extend', seconds: minutes * 60, reason, byUserId: actor.userId },
    now,
  )
  await audit(actor, 'room:act', `room:${roomId}`, { detail: { extend: minutes, seat: seat?.participantNumber ?? null, reason } })
  return ok(null)
}

/** Stops or restarts the clocks of a room. Time that stood still is given back to everybody. */
export async function pauseRoom(actor: Actor, roomId: string, pause: boolean, reason: string, now: Date): Promise<Result<null>> {
  const own = await room(actor, roomId)
  if (!own || !actor.userId) return missing
  const scope = { sittingId: own.sittingId, roomId, seatId: null }
  if (pause) {
    if (reason.trim().length < 4) return refuse('reason', 'Tulis alasan jeda, misalnya "listrik padam".')
    const running = (await roomAllowances(own.sittingId, roomId)).some(
      (a) => a.kind === 'pause' && !a.endedAt && a.roomId === roomId && !a.seatId,
    )
    if (!running) await addAllowance({ ...scope, kind: 'pause', seconds: null, reason: reason.trim(), byUserId: actor.userId }, now)
  } else await endPauses(scope, now)
  await audit(actor, 'room:act', `room:${roomId}`, { detail: { pause, reason } })
  return ok(null)
}

/** Lets a participant continue on another phone without the first one. */
export async function resetDevice(actor: Actor, roomId: string, seatId: string): Promise<Result<null>> {
  const own = await room(actor, roomId)
  const seat = own ? await seatIn(roomId, seatId) : null
  if (!seat) return missing
  await store.releaseDevice(seat.id)
  await audit(actor, 'room:act', `seat:${seatId}`, { detail: { device: 'released' } })
  return ok(null)
}

/** Voids a card; the reprinted one carries a new code. */
export async function replaceCard(actor: Actor, roomId: string, seatId: string): Promise<Result<null>> {
  const own = await room(actor, roomId)
  const seat = own ? await seatIn(roomId, seatId) : null
  if (!seat) return missing
  await renewCard(seat.id)
  await audit(actor, 'room:act', `seat:${seatId}`, { detail: { card: 'renewed' } })
  return ok(null)
}

export async function markAttendance(
  actor: Actor,
  roomId: string,
  seatId: string,
  attendance: 'present' | 'absent',
): Promise<Result<null>> {
  const own = await room(actor, roomId)
  const seat = own ? await seatIn(roomId, seatId) : null
  if (!seat) return missing
  await setAttendance(seat.id, attendance)
  await audit(actor, 'room:act', `seat:${seatId}`, { detail: { attendance } })
  return ok(null)
}

export async function noteIncident(
  actor: Actor,
  roomId: string,
  kind: string,
  note: string,
  seatId: string | null,
  now: Date,
): Promise<Result<null>> {
  const own = await room(actor, roomId)
  if (!own || !actor.userId) return missing
  if (!(kind in incidentKinds) || note.trim().length < 5) return refuse('input', 'Pilih jenis kejadian dan tulis apa yang terjadi.')
  const seat = seatId ? await seatIn(roomId, seatId) : null
  await addIncidentRow(
    { sittingId: own.sittingId, roomId, seatId: seat?.id ?? null, kind, note: note.trim().slice(0, 500), byUserId: actor.userId },
    now,
  )
  return ok(null)
}

export type RoomMinutes = {
  room: RoomRow
  seats: RoomSeat[]
  parts: { title: string; started: number; finished: number; timedOut: number; firstStart: string | null; lastFinish: string | null }[]
  allowances: { time: string; words: string }[]
  incidents: { time: string; kind: string; note: string }[]
}

/** What really happened in a room, for the minutes (berita acara). */
export async function roomMinutes(actor: Actor, roomId: string): Promise<RoomMinutes | null> {
  const own = await roomFor(actor, roomId)
  if (!own) return null
  const seats = await seatsOfRoom(roomId)
  const [progress, allowances, incidents] = await Promise.all([
    store.progressOfSeats(seats.map((s) => s.id)),
    roomAllowances(own.sittingId, roomId),
    incidentsOfRoom(roomId),
  ])
  const clock = (d: Date | undefined) => (d ? formatClock(d) : null)
  const parts = ['4', '1', '2', '3'].flatMap((code) => {
    const of = progress.filter((p) => p.competencyCode === code)
    if (of.length === 0) return []
    const starts = of.map((p) => p.startedAt).sort((a, b) => +a - +b)
    const ends = of.flatMap((p) => (p.finishedAt ? [p.finishedAt] : [])).sort((a, b) => +a - +b)
    return [
      {
        title: competencyNames[code]!,
        started: of.length,
        finished: of.filter((p) => p.state === 'closed').length,
        timedOut: of.filter((p) => p.closeReason === 'timeout').length,
        firstStart: clock(starts[0]),
        lastFinish: clock(ends.at(-1)),
      },
    ]
  })
  const names = new Map(seats.map((s) => [s.id, s.participantNumber]))
  return {
    room: own,
    seats,
    parts,
    allowances: allowances.map((a) => ({
      time: formatClock(a.startedAt),
      words: `${a.kind === 'pause' ? `Jeda${a.endedAt ? ` sampai ${formatClock(a.endedAt)}` : ' (masih berlangsung)'}` : `Tambahan ${(a.seconds ?? 0) / 60} menit`}${a.seatId ? ` untuk ${names.get(a.seatId) ?? 'seorang peserta'}` : a.roomId ? ' untuk ruang' : ' untuk seluruh sesi'}: ${a.reason}`,
    })),
    incidents: incidents.map((i) => ({
      time: formatClock(i.at),
      kind: incidentKinds[i.kind as keyof typeof incidentKinds] ?? i.kind,
      note: i.note,
    })),
  }
}
