import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { faultsOf } from '@/lib/platform/faults'
import { formatClock, formatCount, formatDay, formatMoment, fromWib } from '@/lib/platform/format'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { holdCycleOf, holdVenue, markMoved, planSitting, seatedBeside, sittingRow } from '@/lib/sittings/inside'
import { SittingPlan } from '@/lib/sittings/model'
import { forgetReadinessOf } from './seat-store'
import { readableFrom } from './spoken-code'
import { earlyCode } from './spoken-code-store'
import { fetchedSeats } from './store'

/**
 * Gives a sitting another name, day, hours or rule of release, until its code can be read: whoever has heard the code could begin. Answers
 * how many phones hold the hours of before and have to open their desk once more. Asked again, nothing changes.
 */
export async function reschedule(actor: Actor, sittingId: string, input: unknown, now: Date): Promise<Result<{ phones: number }>> {
  allow(actor, 'cycle:manage')
  const parsed = SittingPlan.safeParse(input)
  if (!parsed.success) return refuse('input', 'Ada isian yang belum benar. Tidak ada yang berubah.', faultsOf(parsed))
  const noSitting = refuse('sitting', 'Sesi tidak ditemukan. Tidak ada yang berubah.')
  if (!z.uuid().safeParse(sittingId).success) return noSitting
  const { name, day, opens, closes, releaseRule } = parsed.data
  const wanted = { id: sittingId, name, opensAt: fromWib(day, opens), closesAt: fromWib(day, closes), releaseRule }
  return act(async (tx) => {
    if (!(await holdCycleOf(tx, sittingId))) return noSitting
    const before = (await sittingRow(sittingId))!
    const moved = +before.opensAt !== +wanted.opensAt || +before.closesAt !== +wanted.closesAt
    if (!moved && before.name === name && before.releaseRule === releaseRule) return ok({ phones: 0 })
    if (before.special)
      return refuse('special', 'Latihan dan uji coba tidak berjadwal seperti hari tes, jadi sesinya tetap. Tidak ada yang berubah.')
    const from = await readableFrom(before.opensAt)
    if (now >= from)
      return refuse(
        'open',
        `Kode mulai sesi ini dapat dibaca sejak ${formatMoment(from)}, jadi jadwalnya tetap. Bila ada gangguan, pengawas menjeda tes atau menambah waktu di ruangnya. Tidak ada yang berubah.`,
      )
    if ((await earlyCode(sittingId))?.grantedAt)
      return refuse(
        'early',
        'Kode mulai sesi ini sudah dibuka lebih awal, jadi jadwalnya tetap. Buat sesi baru, lalu pindahkan pesertanya. Tidak ada yang berubah.',
      )
    if (wanted.opensAt <= now) return refuse('past', 'Waktu itu sudah lewat. Tidak ada yang berubah.', ['day'])
    const crowded = moved ? await crowdedAt(await holdVenue(tx, before.venueId), before.seats, wanted) : null
    if (crowded) return crowded
    await planSitting(tx, wanted)
    const phones = moved ? await fetchedSeats(sittingId) : 0
    if (moved) {
      await forgetReadinessOf(tx, sittingId)
      await markMoved(tx, sittingId, now)
    }
    const line = (s: typeof wanted) => `${s.name} · ${s.opensAt.toISOString()} – ${s.closesAt.toISOString()} · ${s.releaseRule}`
    const detail = { planned: { from: line({ ...before, releaseRule: before.releaseRule as typeof releaseRule }), to: line(wanted) } }
    await audit(actor, 'cycle:manage', `sitting:${sittingId}`, { count: before.seats, detail }, tx)
    return ok({ phones })
  })
}

async function crowdedAt(
  venue: { capacity: number | null } | null,
  seats: number,
  wanted: { id: string; opensAt: Date; closesAt: Date },
): Promise<Result<never> | null> {
  if (!venue || venue.capacity === null || seats === 0) return null
  const beside = await seatedBeside(wanted.id, wanted.opensAt, wanted.closesAt)
  if (beside === 0 || beside + seats <= venue.capacity) return null
  return refuse(
    'crowded',
    `Pada ${formatDay(wanted.opensAt)} pukul ${formatClock(wanted.opensAt)} tempat itu sudah dipakai ${formatCount(beside)} peserta sesi lain; bersama ${formatCount(seats)} peserta sesi ini melebihi ${formatCount(venue.capacity)} kursi. Tidak ada yang berubah.`,
    ['day', 'opens'],
  )
}
