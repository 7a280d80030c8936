import type { Actor } from '@/lib/access/model'
import { openNamed } from '@/lib/access/service'
import { formatClock, formatDay, formatDuration, formatTime } from '@/lib/platform/format'
import { competencyNames, competencyOrder, incidentKinds, type AllowanceRow } from '@/lib/sittings/model'
import { incidentsOfSitting, roomAllowances, seatsOfRoom } from '@/lib/sittings/inside'
import { watchedRoom, type RoomRow, type RoomSeat } from '@/lib/sittings/service'
import { spanWords } from './state'
import { actorNames } from './store'
import { progressOfSeats, type ProgressRow } from '@/lib/delivery/inside'

/** What really happened in a room, for its minutes (berita acara). */

type Where = { roomId: string | null; seatId: string | null; byUserId: string | null; reason: string }
type Names = { numbers: Map<string, string>; rooms: Map<string, string>; by: Map<string, string> }

/** "Jeda 08.10–08.25 untuk seluruh sesi: listrik padam (Siti Aminah)" */
export function allowanceWords(a: AllowanceRow, w: Where, names: Names): string {
  const what =
    a.kind === 'pause'
      ? a.endedAt
        ? `Jeda ${formatClock(a.startedAt)}–${formatClock(a.endedAt)} (${spanWords(a.endedAt.getTime() - a.startedAt.getTime())})`
        : `Jeda sejak ${formatClock(a.startedAt)}, masih berlangsung,`
      : w.byUserId === null
        ? `Waktu dikembalikan ${spanWords((a.seconds ?? 0) * 1000)}`
        : `Tambahan ${formatDuration(a.seconds ?? 0)}`
  const whom = w.seatId
    ? `untuk ${names.numbers.get(w.seatId) ?? 'seorang peserta'}`
    : w.roomId
      ? `untuk ${names.rooms.get(w.roomId) ?? 'ruang'}`
      : 'untuk seluruh sesi'
  const who = w.byUserId === null ? 'aturan' : names.by.get(w.byUserId)
  return `${what} ${whom}: ${w.reason}${who ? ` (${who})` : ''}`
}

/** "dikerjakan dengan formulir PED-A dari paket yang sudah ada di ponsel, bukan PED-B menurut pembagian kursi sesudahnya" */
const openedWords = (opened: string, insteadOf: string | null): string =>
  `dikerjakan dengan formulir ${opened} dari paket yang sudah ada di ponsel${insteadOf ? `, bukan ${insteadOf} menurut pembagian kursi sesudahnya` : ''}`

export type RoomMinutes = {
  room: RoomRow
  seats: RoomSeat[]
  parts: { title: string; started: number; finished: number; timedOut: number; firstStart: string | null; lastFinish: string | null }[]
  /** When the first began and the last was done, by the entries of their phones; null while nobody has begun. */
  happened: { day: string; first: string; last: string | null; open: number } | null
  allowances: { time: string; words: string }[]
  /** Starts without the server, packets that were opened before the seats were changed, and changes of phone. */
  devices: { participant: string; words: string }[]
  incidents: { time: string; kind: string; note: string }[]
}

function partsOf(progress: ProgressRow[]): RoomMinutes['parts'] {
  const clock = (d: Date | undefined) => (d ? formatClock(d) : null)
  return competencyOrder.flatMap((code) => {
    const of = progress.filter((p) => p.part === code)
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
}

function happenedIn(progress: ProgressRow[]): RoomMinutes['happened'] {
  if (progress.length === 0) return null
  const earliest = new Date(Math.min(...progress.map((p) => +p.startedAt)))
  const ends = progress.flatMap((p) => (p.finishedAt ? [+p.finishedAt] : []))
  return {
    day: formatDay(earliest),
    first: formatTime(earliest),
    last: ends.length ? formatTime(new Date(Math.max(...ends))) : null,
    open: progress.filter((p) => p.state !== 'closed').length,
  }
}

/** The minutes of a room, for the document that `purpose` names; null when there is none. Throws `Forbidden`. */
export async function roomMinutes(actor: Actor, roomId: string, purpose: 'attendance' | 'minutes'): Promise<RoomMinutes | null> {
  const watched = await watchedRoom(actor, roomId)
  if (!watched) return null
  const { room, roles } = watched
  const seats = await openNamed(actor, purpose, 'room:watch', `room:${roomId}`, await seatsOfRoom(roomId), (s) => s.teacherId, {
    role: roles[0]!,
  })
  const [progress, allowances, incidents, accounts] = await Promise.all([
    progressOfSeats(seats.map((s) => s.id)),
    roomAllowances(room.sittingId, roomId),
    incidentsOfSitting(room.sittingId),
    actorNames(room.sittingId),
  ])
  const numbers = new Map(seats.map((s) => [s.id, s.participantNumber]))
  const names: Names = { numbers, rooms: new Map([[room.id, room.name]]), by: new Map(accounts.map((a) => [a.id, a.name])) }
  const part = (p: ProgressRow) => competencyNames[p.part] ?? p.part
  return {
    room,
    seats,
    parts: partsOf(progress),
    happened: happenedIn(progress),
    allowances: allowances
      .filter((a) => !a.seatId || numbers.has(a.seatId))
      .map((a) => ({ time: formatClock(a.startedAt), words: allowanceWords({ ...a, kind: a.kind as AllowanceRow['kind'] }, a, names) })),
    devices: progress
      .filter((p) => p.provisional || p.openedForm || p.devices > 1)
      .map((p) => ({
        participant: numbers.get(p.seatId)!,
        words: [
          ...(p.provisional ? [`${part(p)} dimulai luring dengan kode rilis pukul ${formatClock(p.startedAt)}`] : []),
          ...(p.openedForm ? [`${part(p)} ${openedWords(p.openedForm, p.insteadOf)}`] : []),
          ...(p.devices > 1 ? [`${part(p)} dikerjakan di ${p.devices} perangkat`] : []),
        ].join('; '),
      }))
      .sort((a, b) => (a.participant < b.participant ? -1 : 1)),
    incidents: incidents
      .filter((i) => i.roomId === null || i.roomId === roomId)
      .map((i) => ({
        time: formatClock(i.at),
        kind: incidentKinds[i.kind as keyof typeof incidentKinds] ?? i.kind,
        note: `${i.seatId && numbers.has(i.seatId) ? `${numbers.get(i.seatId)}: ` : ''}${i.note}`,
      })),
  }
}
