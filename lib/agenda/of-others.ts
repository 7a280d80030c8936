import type { Actor } from '@/lib/access/model'
import { may, scopeOf } from '@/lib/access/service'
import { formatCount, formatDay, formatTime } from '@/lib/platform/format'
import * as office from './office'
import * as store from './store'
import { ahead, type Waiting } from './model'
import { remembered } from './recent'

/** What lies before offices that read of their region, heads of schools, proctors. */

const DAY_MS = 86_400_000
/** Who was never tested changes with a test day, not with a minute. */
const SLOW_MS = 10 * 60_000

/** What an office that reads of its region has before it. */
export async function ofRegion(actor: Actor, now: Date): Promise<Waiting[]> {
  const scope = scopeOf(actor, 'map:read')
  if (!scope) return []
  const whole = may(actor, 'cycle:manage')
  const [untested, plans, sittings, inForce] = await Promise.all([
    remembered(`untested:${JSON.stringify(scope)}`, SLOW_MS, now, () => store.untestedSchools(scope)),
    whole ? null : store.openPlans(scope),
    whole ? [] : store.sittingsOf(scope, now, ahead(now, 14)),
    whole ? [] : store.inForce(),
  ])
  const fresh = inForce.find((s) => now.getTime() - s.publishedAt.getTime() < 30 * DAY_MS)
  return [
    ...(fresh
      ? [
          {
            id: `terbit:${fresh.id}`,
            urgency: 'open',
            title: `Hasil ${fresh.series} terbit ${formatDay(fresh.publishedAt)}`,
            why: `Terbitan nomor ${fresh.number}. Angka di peta, laporan, dan berkas berasal dari terbitan ini.`,
            since: fresh.publishedAt,
            due: null,
            action: { label: 'Buka peta', href: '/peta' },
            place: '/peta',
            n: 0,
          } satisfies Waiting,
        ]
      : []),
    ...sittings.map((s) =>
      office.visitEntry(s, 'dari jangkauan Anda', { label: 'Lihat apa yang dapat dilakukan', href: '/peta/tindakan' }, now),
    ),
    ...(plans
      ? office.clocked(now, plans, {
          id: 'rencana',
          urgency: 'open',
          title: `${formatCount(plans.n)} guru belum menyepakati rencana belajarnya`,
          why: 'Rencana sudah diusulkan; guru sendiri yang menyetujui, mengganti, atau menolaknya.',
          action: { label: 'Lihat menurut sekolah', href: '/dukungan' },
          place: '/dukungan',
          n: 1,
        })
      : []),
    ...office.untestedEntry(untested, whole ? 'terdaftar' : 'dalam jangkauan Anda'),
  ]
}

export async function ofSchool(actor: Actor, now: Date): Promise<Waiting[]> {
  const scope = scopeOf(actor, 'school:read')?.filter((s) => s.schoolId !== null) ?? []
  if (!scope.length) return []
  const [plans, sittings] = await Promise.all([store.openPlans(scope), store.sittingsOf(scope, now, ahead(now, 30))])
  return [
    ...sittings.map((s) => office.visitEntry(s, 'sekolah Anda', { label: 'Lihat guru sekolah', href: '/sekolah?tampilan=guru' }, now)),
    ...office.clocked(now, plans, {
      id: 'rencana',
      urgency: 'open',
      title: `${formatCount(plans.n)} guru belum menyepakati rencana belajarnya`,
      why: 'Sediakan waktu di Hari Belajar Guru untuk membacanya bersama; guru sendiri yang menyetujui atau menggantinya.',
      action: { label: 'Lihat rencana', href: '/sekolah?tampilan=guru&rencana=proposed' },
      place: '/sekolah',
      n: 1,
    }),
  ]
}

export async function ofRooms(actor: Actor, now: Date): Promise<Waiting[]> {
  if (!actor.userId || !actor.grants.some((g) => g.role === 'pengawas')) return []
  const rooms = await store.roomsOf(actor.userId, now, ahead(now, 7))
  return rooms.map((r) => {
    const running = r.opensAt <= now
    return {
      id: `ruang:${r.id}`,
      urgency: running || r.opensAt.getTime() - now.getTime() < DAY_MS ? 'now' : 'soon',
      title: `${r.room}, ${r.venue}: ${running ? 'sedang berlangsung' : `${formatDay(r.opensAt)}, pukul ${formatTime(r.opensAt)}`}`,
      why: `${formatCount(r.seats)} peserta; ${formatCount(r.seats - r.notReady)} sudah siap di ponselnya.`,
      since: null,
      due: running ? null : r.opensAt,
      action: { label: running ? 'Buka ruang' : 'Siapkan ruang', href: `/pengawas/ruang/${r.id}` },
      place: '/pengawas',
      n: running ? 1 : 0,
    }
  })
}
