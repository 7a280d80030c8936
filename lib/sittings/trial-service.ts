import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { faultsOf } from '@/lib/platform/faults'
import { fromWib } from '@/lib/platform/format'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { takeTurn } from '@/lib/platform/turn-store'
import { NewTrial } from './trial-model'
import * as trial from './trial-store'
import * as store from './store'

/**
 * The internal trial of a cycle: people of the house sit its own forms on their own phones before anybody else does. It is a cycle for
 * practice, so that no figure ever reads its answers, but it takes the forms that count; its seats belong to no teacher, and its results
 * are shown to nobody, because what was seen there counts elsewhere.
 */

export type { Trial } from './trial-store'

/** Trials of a cycle, the newest first. */
export async function trials(actor: Actor, cycleId: string): Promise<trial.Trial[]> {
  allow(actor, 'cycle:manage')
  return z.uuid().safeParse(cycleId).success ? trial.trialsOf(cycleId) : []
}

/** Makes a trial with its sitting, room and seats, for the subjects of the cycle's participants in turn. While one is not over it is that one. */
export async function startTrial(actor: Actor, cycleId: string, input: unknown, now: Date): Promise<Result<string>> {
  allow(actor, 'cycle:manage')
  const parsed = NewTrial.safeParse(input)
  if (!parsed.success) return refuse('input', 'Isi tempat, tanggal, jam, dan 1–60 orang. Belum ada yang dibuat.', faultsOf(parsed))
  const { venueId, day, opens, closes, people } = parsed.data
  const [opensAt, closesAt] = [fromWib(day, opens), fromWib(day, closes)]
  if (closesAt <= now) return refuse('past', 'Hari dan jam itu sudah lewat. Belum ada yang dibuat.', ['day'])
  const base = z.uuid().safeParse(cycleId).success ? await store.cycleById(cycleId) : null
  if (!base || base.practice || base.rehearsal) return refuse('cycle', 'Siklus itu tidak dapat diuji coba. Belum ada yang dibuat.')
  if (!(await store.venues()).some((v) => v.id === venueId)) return refuse('venue', 'Pilih tempat. Belum ada yang dibuat.', ['venueId'])
  return act(async (tx) => {
    await takeTurn(tx, 'trial', cycleId)
    const before = await trial.trialsOf(cycleId)
    const standing = before.find((t) => t.closesAt > now)
    if (standing) return ok(standing.sittingId)
    const places = await trial.placesOf(cycleId)
    if (!places.length)
      return refuse(
        'empty',
        'Siklus ini belum mempunyai peserta, jadi belum diketahui mata pelajaran yang perlu dicoba. Belum ada yang dibuat.',
      )
    const code = `${base.code}U${before.length + 1}`
    const minutes = Object.fromEntries(base.parts.map((p) => [p.competencyCode, p.minutes]))
    const name = `Uji coba internal: ${base.name}`
    const id = await store.createCycle({
      code,
      name,
      series: 'Uji coba internal',
      startsOn: base.startsOn,
      practice: true,
      simulated: base.simulated,
      minutes,
    })
    await trial.markTrial(id, cycleId)
    const sittingId = await store.createSitting({ cycleId: id, venueId, name: 'Uji coba internal', opensAt, closesAt, releaseRule: 'held' })
    const roomId = uuidv7()
    await trial.addRoom(roomId, sittingId, 'Ruang uji coba', people)
    await store.insertSeats(
      tx,
      sittingId,
      Array.from({ length: people }, (_, i) => ({
        ...places[i % places.length]!,
        id: uuidv7(),
        roomId,
        teacherId: uuidv7(),
        participantNumber: `${code}-${String(i + 1).padStart(5, '0')}`,
        seatNumber: i + 1,
        employmentStatus: null,
      })),
    )
    await audit(actor, 'cycle:manage', `cycle:${cycleId}`, { count: people, detail: { trial: code } }, tx)
    return ok(sittingId)
  })
}
