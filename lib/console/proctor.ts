import { act, allow, audit, denied } from '@/lib/access/service'
import { Forbidden, type Actor, type Role } from '@/lib/access/model'
import { databaseAway, type Transaction } from '@/lib/platform/db'
import { holdableTree } from '@/lib/platform/holdable'
import { log } from '@/lib/platform/log'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { incidentKinds } from '@/lib/sittings/model'
import {
  addAllowance,
  addIncidentRow,
  allowancesOfSitting,
  endPauses,
  openAtVenue,
  renewCard,
  restoreCard,
  seatsByIds,
  setAttendance,
} from '@/lib/sittings/inside'
import { watchedRoom, watchedSitting, type SeatRow } from '@/lib/sittings/service'
import { forgetConsole } from './news'
import { ConsoleAction, type ActionResult, type Scope } from './protocol'
import { stableId } from '@/lib/delivery/stable-id'
import { countGivenBack, graceEnd, releaseDevice } from '@/lib/delivery/inside'

/** What a proctor does: each action judged by itself, and counted once however often it arrives. */

/** An action that waited longer than this for a network is dated no further back. */
const OLDEST_MS = 12 * 3_600_000

const fault = refuse(
  'fault',
  'Tindakan ini tidak tersimpan karena gangguan di server; tindakan lain tidak terpengaruh. Ulangi, atau catat di berita acara.',
)
const missing = refuse('missing', 'Ruang atau peserta tidak ditemukan. Muat ulang halaman ini.')

type Target = { sittingId: string; roomId: string | null; seatId: string | null }
/** `roles`: those by which the actor reaches all of them, the one that the log names first. */
type Reached = { targets: Target[]; roles: Role[] }
type Of<K extends ConsoleAction['kind']> = Extract<ConsoleAction, { kind: K }>

/** A seat in a room of this actor's, or in a sitting of hers when it has no room. */
async function seatFor(actor: Actor, seatId: string): Promise<{ seat: SeatRow; roles: Role[] } | null> {
  const [seat] = await seatsByIds([seatId])
  if (!seat) return null
  const own = seat.roomId ? await watchedRoom(actor, seat.roomId) : await watchedSitting(actor, seat.sittingId)
  return own && { seat, roles: own.roles }
}

/** What a scope reaches, when the actor may reach it; for a venue every sitting there that is open. */
async function targetsOf(actor: Actor, scope: Scope, id: string, at: Date): Promise<Reached> {
  if (scope === 'seat') {
    const found = await seatFor(actor, id)
    const { seat, roles } = found ?? { seat: null, roles: [] }
    return { targets: seat ? [{ sittingId: seat.sittingId, roomId: seat.roomId, seatId: seat.id }] : [], roles }
  }
  if (scope === 'room') {
    const found = await watchedRoom(actor, id)
    return { targets: found ? [{ sittingId: found.room.sittingId, roomId: id, seatId: null }] : [], roles: found?.roles ?? [] }
  }
  const first = await watchedSitting(actor, id)
  if (!first) return { targets: [], roles: [] }
  let { roles } = first
  const sittings = scope === 'venue' ? await openAtVenue(id, at) : [id]
  for (const other of sittings) {
    const own = await watchedSitting(actor, other)
    roles = roles.filter((r) => own?.roles.includes(r))
  }
  // One of the grants must reach the whole venue: halves that two of them reach make no whole.
  if (!roles.length) throw denied(actor, 'room:act')
  return { targets: sittings.map((sittingId) => ({ sittingId, roomId: null, seatId: null })), roles }
}

/**
 * A pause begins when the proctor said so, even if her console was offline then. When somebody else has since ended a
 * pause of the same scope, hers ended with it.
 */
async function pause(action: Of<'pause'>, target: Target, at: Date, byUserId: string): Promise<void> {
  const same = (await allowancesOfSitting(target.sittingId)).filter(
    (a) => a.kind === 'pause' && a.roomId === target.roomId && a.seatId === target.seatId,
  )
  if (same.some((a) => !a.endedAt && a.startedAt <= at)) return
  const ends = same.flatMap((a) => (a.endedAt && a.endedAt > at ? [a.endedAt.getTime()] : []))
  const endedAt = ends.length ? new Date(Math.min(...ends)) : null
  const id = stableId(`${action.id}.${target.sittingId}`)
  await addAllowance({ ...target, id, kind: 'pause', seconds: null, reason: action.reason, byUserId, endedAt }, at)
}

async function changeTime(
  tx: Transaction,
  actor: Actor,
  byUserId: string,
  action: Of<'pause' | 'resume' | 'extend'>,
  at: Date,
): Promise<Result<string>> {
  const { targets, roles } = await targetsOf(actor, action.scope, action.target, at)
  if (!targets.length) return missing
  for (const target of targets) {
    if (action.kind === 'pause') await pause(action, target, at, byUserId)
    else if (action.kind === 'resume') await endPauses(target, at)
    else {
      const id = stableId(`${action.id}.${target.sittingId}`)
      await addAllowance({ ...target, id, kind: 'extend', seconds: action.minutes * 60, reason: action.reason, byUserId }, at)
    }
    forgetConsole(target.sittingId)
  }
  const detail = {
    [action.kind]: action.kind === 'extend' ? action.minutes : true,
    ...(action.kind === 'resume' ? {} : { reason: action.reason }),
    at: at.toISOString(),
  }
  await audit(actor, 'room:act', `${action.scope}:${action.target}`, { count: targets.length, detail, role: roles[0] }, tx)
  return ok(
    action.kind === 'pause'
      ? 'Dijeda; waktu berhenti.'
      : action.kind === 'resume'
        ? 'Jeda berakhir; waktu berjalan lagi.'
        : `Tambahan ${action.minutes} menit diberikan.`,
  )
}

async function note(tx: Transaction, actor: Actor, byUserId: string, action: Of<'incident'>, at: Date): Promise<Result<string>> {
  if (!Object.hasOwn(incidentKinds, action.about)) return refuse('input', 'Pilih jenis kejadian.')
  const { targets, roles } = await targetsOf(actor, action.scope, action.target, at)
  const [target] = targets
  if (!target) return missing
  await addIncidentRow({ ...target, id: action.id, kind: action.about, note: action.note, byUserId }, at)
  await audit(actor, 'room:act', `${action.scope}:${action.target}`, { detail: { incident: action.about }, role: roles[0] }, tx)
  forgetConsole(target.sittingId)
  return ok('Kejadian dicatat.')
}

async function actOnSeat(
  tx: Transaction,
  actor: Actor,
  byUserId: string,
  action: Of<'attendance' | 'release-device' | 'card' | 'card-back' | 'handover'>,
  at: Date,
  now: Date,
): Promise<Result<string>> {
  const found = await seatFor(actor, action.seat)
  if (!found) return missing
  const { seat, roles } = found
  const { id, sittingId, roomId, participantNumber } = seat
  const done = async (detail: object, words: string) => {
    await audit(actor, 'room:act', `seat:${id}`, { detail, role: roles[0] }, tx)
    forgetConsole(sittingId)
    return ok(words)
  }
  const log = (noteId: string, words: string) =>
    addIncidentRow({ id: noteId, sittingId, roomId, seatId: id, kind: 'perangkat', note: words, byUserId }, at)
  switch (action.kind) {
    case 'attendance':
      await setAttendance(id, action.attendance)
      return done({ attendance: action.attendance }, 'Kehadiran dicatat.')
    case 'release-device':
      await releaseDevice(id)
      await log(action.id, 'Perangkat dilepas; peserta boleh melanjutkan di ponsel lain.')
      return done({ device: 'released' }, 'Perangkat dilepas; peserta dapat melanjutkan di ponsel lain.')
    case 'card':
      // Counted by its line in the log: the same action twice voids one card.
      if (!(await log(action.id, 'Kartu dibatalkan; kartu baru diperlukan.'))) return ok('Kartu sudah dibatalkan.')
      await renewCard(id, at)
      return done({ card: 'renewed' }, 'Kartu lama tidak berlaku lagi. Mintalah BGTK mencetak kartu baru.')
    case 'card-back': {
      // An action that arrives twice finds its own line and changes nothing more.
      if (!(await log(action.id, 'Pembatalan kartu ditarik; kartu lama berlaku lagi.'))) return ok('Kartu lama berlaku lagi.')
      const back = await restoreCard(id, tx)
      if (!back.ok) return back
      const grace = new Date(await graceEnd(seat.closesAt))
      const counted = await countGivenBack(tx, { seatId: id, voidedAt: back.value, graceEnd: grace, by: byUserId }, now)
      return done({ card: 'restored', ...(counted ? { answers: counted } : {}) }, 'Kartu lama berlaku lagi.')
    }
    case 'handover':
      await log(action.id, `Serah terima catatan ponsel: ${action.entries} catatan, peserta ${participantNumber}`)
      return done({ handover: action.entries }, `Serah terima ${participantNumber} dicatat.`)
  }
}

/** Does one action as of the time it was done, or says why not. */
async function runAction(tx: Transaction, actor: Actor, byUserId: string, action: ConsoleAction, now: Date): Promise<Result<string>> {
  const at = new Date(Math.min(Math.max(action.at, now.getTime() - OLDEST_MS), now.getTime()))
  switch (action.kind) {
    case 'pause':
    case 'resume':
    case 'extend':
      return changeTime(tx, actor, byUserId, action, at)
    case 'incident':
      return note(tx, actor, byUserId, action, at)
    default:
      return actOnSeat(tx, actor, byUserId, action, at, now)
  }
}

/** The actions of a console in the order in which they were done, each with its own answer. */
export async function runActions(actor: Actor, raw: readonly unknown[], now: Date): Promise<ActionResult[]> {
  allow(actor, 'room:act')
  const { userId } = actor
  if (!userId) throw denied(actor, 'room:act')
  const results: ActionResult[] = []
  const faults: unknown[] = []
  for (const one of raw.map(holdableTree)) {
    const parsed = ConsoleAction.safeParse(one)
    const id = String((one as { id?: unknown } | null)?.id ?? '')
    const result = parsed.success
      ? await act((tx) => runAction(tx, actor, userId, parsed.data, now)).catch((error: unknown) => {
          if (error instanceof Forbidden) return refuse('forbidden', error.message)
          // A database that is away is away for all of them: they wait on the console. Any other fault is this action's own.
          if (databaseAway(error)) throw error
          log().error({ err: error, action: id }, 'an action of a console could not be done')
          faults.push(error)
          return fault
        })
      : refuse('input', parsed.error.issues[0]?.message || 'Isian belum lengkap.')
    results.push({ id, outcome: result.ok ? 'done' : 'refused', message: result.ok ? result.value : result.message })
  }
  // Where not one of them could be done it is the house that is at fault, and they wait on the console.
  if (faults.length > 0 && faults.length === results.length) throw faults[0]
  return results
}
