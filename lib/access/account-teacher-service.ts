import { z } from 'zod'
import { faultsOf } from '@/lib/platform/faults'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { takeTurn } from '@/lib/platform/turn-store'
import * as accounts from './account-store'
import { act } from './act'
import { recordEvent, staleness, type Present } from './factor-event'
import { lockAccount } from './factor-store'
import { allow } from './permissions'
import { forgetSessionsOf } from './session-cache'
import { endSessionsOf } from './session-service'

/** Which teacher an account is: with it she sees her own results, plans and pairs. */

const Order = z.object({
  userId: z.uuid(),
  /** Null releases the account from its teacher. */
  teacherId: z.uuid().nullable(),
  reason: z.string().trim().min(5, 'Tulis bagaimana Anda tahu akun ini miliknya.').max(200),
})

/**
 * Links an account with a teacher, or releases it; one account a teacher and the other way round. Its sessions end, since what it may see is
 * another thing from then on. Nobody does it to their own account, and only who has just proven who it is. `teacherId` stands in the roster,
 * as its caller has made sure. The same link once more changes nothing.
 */
export async function linkTeacher(actor: Present, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'users:manage')
  const parsed = Order.safeParse(input)
  if (!parsed.success)
    return refuse('input', `${parsed.error.issues[0]?.message ?? 'Isian belum lengkap.'} Belum ada yang berubah.`, faultsOf(parsed))
  const { userId, teacherId, reason } = parsed.data
  if (userId === actor.userId) return refuse('self', 'Akun sendiri dihubungkan oleh administrator lain. Tidak ada yang berubah.')
  const stale = await staleness(actor, now)
  if (stale) return stale
  const done = await act(async (tx) => {
    if (teacherId) await takeTurn(tx, 'account-teacher', teacherId)
    const account = await lockAccount(tx, userId)
    if (!account) return refuse('missing', 'Akun itu tidak ada. Muat ulang halaman; tidak ada yang berubah.')
    const standing = await accounts.teacherOf(tx, userId)
    if (standing === teacherId) return ok(null)
    if (teacherId && standing)
      return refuse('linked', 'Akun ini sudah terhubung dengan guru lain. Lepaskan lebih dahulu. Tidak ada yang berubah.')
    const other = teacherId ? await accounts.accountOfTeacher(tx, teacherId) : null
    if (other) return refuse('taken', `Guru itu sudah punya akun (${other}). Lepaskan akun itu lebih dahulu. Tidak ada yang berubah.`)
    await accounts.setTeacher(tx, userId, teacherId)
    const held = await accounts.grantsOf(tx, userId)
    if (teacherId && !held.some((g) => g.role === 'guru'))
      await accounts.addGrant(tx, userId, { role: 'guru', regionId: null, schoolId: null })
    if (!teacherId && held.length > 1) for (const g of held) if (g.role === 'guru') await accounts.removeGrant(tx, g.id)
    await accounts.raiseVersion(tx, userId)
    await endSessionsOf(userId, 'rights', null, { by: actor, now, tx })
    await recordEvent(
      actor,
      teacherId ? 'users:teacher-linked' : 'users:teacher-released',
      userId,
      { teacher: teacherId ?? standing, reason },
      now,
      tx,
    )
    return ok(null)
  })
  forgetSessionsOf(userId)
  return done
}
