import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { faultsOf } from '@/lib/platform/faults'
import { formatCount } from '@/lib/platform/format'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { takeTurn } from '@/lib/platform/turn-store'
import { shiftDays } from './followup'
import { copyRooms, sittingsOfBase } from './followup-store'
import { CycleCopy, CycleName, VenueCapacity } from './model'
import * as setup from './setup-store'
import * as store from './store'

/** A cycle that stands is set right, or copied: what may change as long as nobody has begun a test of it. */

const noCycle = refuse('cycle', 'Siklus tidak ditemukan. Tidak ada yang berubah.')

/** Gives a cycle another name or series, while no test of it was begun: figures that were made are read under the name they were made with. */
export async function changeCycle(actor: Actor, cycleId: string, input: unknown): Promise<Result<null>> {
  allow(actor, 'cycle:manage')
  const parsed = CycleName.safeParse(input)
  if (!parsed.success) return refuse('input', 'Ada isian yang belum benar. Tidak ada yang berubah.', faultsOf(parsed))
  const { name, series } = parsed.data
  if (!z.uuid().safeParse(cycleId).success) return noCycle
  return act(async (tx) => {
    const standing = await setup.holdCycle(tx, cycleId)
    if (!standing) return noCycle
    if (standing.name === name && standing.series === series) return ok(null)
    if (await setup.isBegun(cycleId))
      return refuse(
        'begun',
        'Tes siklus ini sudah dikerjakan, jadi nama dan serinya tetap: angka yang sudah dibaca orang memakainya. Tidak ada yang berubah.',
      )
    await setup.nameCycle(tx, cycleId, name, series)
    await audit(
      actor,
      'cycle:manage',
      `cycle:${cycleId}`,
      { detail: { renamed: { from: `${standing.name} · ${standing.series}`, to: `${name} · ${series}` } } },
      tx,
    )
    return ok(null)
  })
}

/** Says how many a venue holds; not fewer than sit there together in sittings that are not over. */
export async function changeVenue(actor: Actor, venueId: string, capacity: unknown, now: Date): Promise<Result<number>> {
  allow(actor, 'cycle:manage')
  const parsed = VenueCapacity.safeParse(capacity)
  if (!parsed.success) return refuse('input', 'Isi 1–5.000 kursi. Tidak ada yang berubah.', ['capacity'])
  const noVenue = refuse('venue', 'Tempat tes tidak ditemukan. Tidak ada yang berubah.')
  if (!z.uuid().safeParse(venueId).success) return noVenue
  return act(async (tx) => {
    const before = await setup.holdVenue(tx, venueId)
    if (!before) return noVenue
    if (before.capacity === parsed.data) return ok(parsed.data)
    const most = await setup.mostSeated(venueId, now)
    if (most > parsed.data)
      return refuse(
        'seated',
        `Di tempat ini ${formatCount(most)} orang sudah menjadi peserta pada jam yang sama, lebih banyak daripada ${formatCount(parsed.data)} kursi. Tidak ada yang berubah; pindahkan atau keluarkan peserta dahulu.`,
        ['capacity'],
      )
    await setup.setCapacity(tx, venueId, parsed.data)
    await audit(actor, 'cycle:manage', `venue:${venueId}`, { detail: { capacity: { from: before.capacity, to: parsed.data } } }, tx)
    return ok(parsed.data)
  })
}

/**
 * A new cycle with the structure of another: its parts and rule of time, its sittings at the same venues and hours moved to the new first
 * day, and their rooms. Nobody sits in it and nobody watches it; it takes the forms that it would take by itself, because those of before
 * have been seen. Asked for the same copy again, it is the one that stands.
 */
export async function copyCycle(actor: Actor, baseId: string, input: unknown): Promise<Result<string>> {
  allow(actor, 'cycle:manage')
  const parsed = CycleCopy.safeParse(input)
  if (!parsed.success) return refuse('input', 'Ada isian yang belum benar. Belum ada yang dibuat.', faultsOf(parsed))
  const base = z.uuid().safeParse(baseId).success ? await store.cycleById(baseId) : null
  if (!base || base.practice || base.rehearsal) return refuse('cycle', 'Siklus itu tidak dapat disalin. Belum ada yang dibuat.')
  const { code, name, series, startsOn } = parsed.data
  return act(async (tx) => {
    await takeTurn(tx, 'cycle', code)
    const standing = await store.cycleByCode(code)
    if (standing)
      return standing.name === name && standing.series === series && standing.startsOn.toISOString().slice(0, 10) === startsOn
        ? ok(standing.id)
        : refuse('taken', `Kode siklus ${code} sudah dipakai siklus lain. Belum ada yang dibuat; pilih kode lain.`, ['code'])
    const minutes = Object.fromEntries(base.parts.map((p) => [p.competencyCode, p.minutes]))
    const id = await store.createCycle({
      code,
      name,
      series,
      startsOn: new Date(`${startsOn}T00:00:00Z`),
      simulated: base.simulated,
      minutes,
    })
    await setup.copyTimeRule(tx, id, baseId)
    const shift = shiftDays(base.startsOn, startsOn)
    const sittings = await sittingsOfBase(baseId)
    for (const s of sittings) {
      const moved = (at: Date) => new Date(at.getTime() + shift)
      const { venueId, releaseRule, name: title } = s
      const sittingId = await store.createSitting({
        cycleId: id,
        venueId,
        name: title,
        opensAt: moved(s.opensAt),
        closesAt: moved(s.closesAt),
        releaseRule,
      })
      await copyRooms(s.rooms.map((r) => ({ id: uuidv7(), sittingId, name: r.name, capacity: r.capacity, columns: r.columns })))
    }
    await audit(actor, 'cycle:manage', `cycle:${id}`, { count: sittings.length, detail: { copyOf: base.code } }, tx)
    return ok(id)
  })
}
