import { z } from 'zod'
import { act, allow, audit, auditCopy, noteRefusal, policyInForce } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { formatMoment } from '@/lib/platform/format'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { sittingToFreeze } from '@/lib/sittings/inside'
import { watchedRoom, watchedSitting } from '@/lib/sittings/service'
import { graceEnd } from './claim'
import { releaseCode } from './release-code'
import { askEarly, earlyCode, grantEarly, type EarlyCode } from './spoken-code-store'

/** The code that is read aloud: it belongs to the day, and is read earlier only when two of the office say so. */

/** From when a sitting's code can be read, ordinarily. */
export const readableFrom = async (opensAt: Date): Promise<Date> =>
  new Date(opensAt.getTime() - (await policyInForce()).releaseCodeMinutes * 60_000)

/**
 * The code to read aloud, for those who watch the sitting or a room of it: from shortly before the opening until the sitting and
 * its grace are over. Every look is logged. Null: not theirs, or no such sitting.
 */
export async function spokenCode(
  actor: Actor,
  sittingId: string,
  roomId: string | null = null,
  now = new Date(),
): Promise<Result<string> | null> {
  const room = roomId ? await watchedRoom(actor, roomId) : null
  const watched = roomId ? (room?.room.sittingId === sittingId ? room : null) : await watchedSitting(actor, sittingId)
  const found = watched ? await sittingToFreeze(sittingId) : null
  if (!watched || !found) return null
  if (!found.frozenAt) return refuse('unsealed', 'Sesi ini belum disiapkan, jadi belum ada kode rilis. Hubungi BGTK.')
  const from = await readableFrom(found.opensAt)
  if (now < from && !(await earlyCode(sittingId))?.grantedAt) {
    noteRefusal({ what: 'early', object: `sitting:${sittingId}`, actor }, now)
    return refuse(
      'early',
      `Kode rilis baru dapat dibaca mulai ${formatMoment(from)}. Bila perlu lebih awal, dua petugas BGTK harus menyetujuinya di halaman sesi.`,
    )
  }
  if (now.getTime() > (await graceEnd(found.closesAt)))
    return refuse('over', 'Sesi ini sudah selesai; kode rilisnya tidak diperlukan lagi.')
  await auditCopy(actor, 'room:watch', `sitting:${sittingId}`, {
    detail: { releaseCode: 'shown', early: now < from },
    role: watched.roles[0],
  })
  return ok(releaseCode(sittingId, found.releaseCodeVersion))
}

/** From when the code can be read, and the wish to read it earlier, for the office's page of a sitting. */
export async function earlyCodeView(actor: Actor, sittingId: string): Promise<{ from: Date; wish: EarlyCode | null } | null> {
  allow(actor, 'cycle:manage')
  const found = z.uuid().safeParse(sittingId).success ? await sittingToFreeze(sittingId) : null
  return found && { from: await readableFrom(found.opensAt), wish: await earlyCode(sittingId) }
}

/** One of the office asks that the code be read before its day, with a reason. */
export async function askEarlyCode(actor: Actor, sittingId: string, reason: string, now: Date): Promise<Result<null>> {
  allow(actor, 'cycle:manage')
  const found = z.uuid().safeParse(sittingId).success ? await sittingToFreeze(sittingId) : null
  if (!found?.frozenAt) return refuse('unsealed', 'Sesi ini belum disiapkan, jadi belum ada kode rilis. Siapkan paketnya lebih dahulu.')
  if (now >= (await readableFrom(found.opensAt)))
    return refuse('open', 'Kode rilis sesi ini sudah dapat dibaca pengawas; tidak perlu persetujuan.')
  const why = reason.trim()
  if (why.length < 10) return refuse('reason', 'Tulis alasannya, sedikitnya sepuluh huruf: mengapa kode perlu dibaca sebelum harinya.')
  return act(async (tx) => {
    await askEarly(sittingId, actor.userId!, actor.name, why.slice(0, 500), now)
    await audit(actor, 'cycle:manage', `sitting:${sittingId}`, { detail: { releaseCode: 'asked early', reason: why } }, tx)
    return ok(null)
  })
}

/** A second person of the office grants it. */
export async function grantEarlyCode(actor: Actor, sittingId: string, now: Date): Promise<Result<null>> {
  allow(actor, 'cycle:manage')
  const wish = z.uuid().safeParse(sittingId).success ? await earlyCode(sittingId) : null
  if (!wish) return refuse('missing', 'Belum ada permintaan untuk membaca kode lebih awal.')
  if (wish.grantedAt) return ok(null)
  if (wish.askedBy === actor.userId)
    return refuse('self', 'Permintaan Anda sendiri harus disetujui petugas BGTK lain. Kode tetap tertutup sampai itu terjadi.')
  return act(async (tx) => {
    if (!(await grantEarly(wish.id, actor.userId!, now))) return refuse('gone', 'Permintaan ini baru saja berubah. Muat ulang halaman.')
    await audit(
      actor,
      'cycle:manage',
      `sitting:${sittingId}`,
      {
        detail: { releaseCode: 'granted early', asked: wish.askedName, reason: wish.reason },
      },
      tx,
    )
    return ok(null)
  })
}
