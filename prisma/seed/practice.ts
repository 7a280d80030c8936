import { hasActiveAdministrator, KNOWN_PASSWORD, waitingAdministrator } from '@/lib/access/demonstration'
import { hashPassword } from '@/lib/access/login'
import { cardCode } from '@/lib/access/inside'
import { createUser, findUserByEmail } from '@/lib/access/store'
import { firstLink } from '@/lib/access/reset-service'
import { derivedKey } from '@/lib/platform/config'
import { freeze } from '@/lib/delivery/packet'
import { instrumentByCode } from '@/lib/instruments/inside'
import { addTask } from '@/lib/instruments/workshop-store'
import { inTransaction, insertMany } from '@/lib/platform/db'
import { seeded } from '@/lib/platform/random'
import { defaultMinutes } from '@/lib/sittings/model'
import { assignProctor, createCycle, createSitting, createVenue, insertSeats } from '@/lib/sittings/store'
import { SEED, seededId, type DemoTeacher } from './people'
import type { Ids } from './reference'

/** The open practice sitting, so that a newcomer takes a real test in the first five minutes, and one account a role. */

/** Seats of the practice sitting: a whole room can be trained at once. */
const PRACTICE_SEATS = 40

/** Number and code of the n-th card (1–40) of the practice sitting. */
export function practiceCard(n: number): { number: string; code: string } {
  const random = seeded(SEED + 7)
  const seats = Array.from({ length: n }, () => seededId(random))
  return { number: `LAT-${String(n).padStart(5, '0')}`, code: cardCode(derivedKey('card'), seats[n - 1]!, 1) }
}

/** Lines for the console: whom to log in as. */
export function demonstrationAccounts(): string[] {
  return [
    `Guru, kartu peserta : nomor ${practiceCard(1).number}, kode ${practiceCard(1).code}`,
    'Guru, akun          : guru@contoh.id',
    'Tutor sebaya        : tutor@contoh.id, didampingi: rekan@contoh.id',
    'Pengawas ruang      : pengawas@contoh.id',
    'Pakar               : pakar@contoh.id',
    'Kepala sekolah      : kepsek@contoh.id',
    'Disdikbud provinsi  : disdikbud@contoh.id',
    'Dinas kabupaten     : dinas@contoh.id',
    'BGTK                : bgtk@contoh.id',
    'Administrator       : admin@contoh.id',
    `Kata sandi semua akun peragaan: ${KNOWN_PASSWORD}`,
  ]
}

/** The open practice sitting and the accounts of every role. */
export async function writePractice(teachers: DemoTeacher[], known: Ids, now: Date): Promise<void> {
  const random = seeded(SEED + 7)
  const cards = Array.from({ length: PRACTICE_SEATS }, () => seededId(random))
  const host = teachers.find((t) => t.school.name === 'SMAN 9 Bandar Lampung')!.school
  const people = teachers.filter((t) => t.school.id === host.id).slice(0, PRACTICE_SEATS)
  const cycleId = await createCycle({
    id: seededId(random),
    code: 'LAT',
    name: 'Latihan terbuka',
    series: 'Latihan',
    startsOn: now,
    practice: true,
    simulated: true,
    minutes: defaultMinutes,
  })
  const venueId = await createVenue({ id: seededId(random), name: 'Latihan dari mana saja', regionId: known.regions.get('18.71')! })
  const year = 365 * 86_400_000
  const sittingId = await createSitting({
    id: seededId(random),
    cycleId,
    venueId,
    name: 'Latihan terbuka',
    opensAt: new Date(now.getTime() - 3_600_000),
    closesAt: new Date(now.getTime() + 5 * year),
    releaseRule: 'immediate',
  })
  const roomId = seededId(random)
  await inTransaction(async (client) => {
    await insertMany(client, 'room', { id: 'uuid', sitting_id: 'uuid', name: 'text', capacity: 'int' }, [
      [roomId, sittingId, 'Ruang Latihan', 40],
    ])
    await insertSeats(
      client,
      sittingId,
      people.map((t, i) => ({
        id: cards[i]!,
        roomId,
        teacherId: t.id,
        participantNumber: `LAT-${String(i + 1).padStart(5, '0')}`,
        seatNumber: i + 1,
        schoolId: host.id,
        regionId: known.regions.get(host.region)!,
        levelId: known.levels.get(host.level)!,
        subjectId: known.subjects.get(t.subject)!,
        employmentStatus: t.status,
      })),
    )
  })
  const passwordHash = await hashPassword(KNOWN_PASSWORD)
  const none: { regionId: string | null; schoolId: string | null; levelCodes: string[] } = {
    regionId: null,
    schoolId: null,
    levelCodes: [],
  }
  const account = (
    local: string,
    name: string,
    role: Parameters<typeof createUser>[0]['grants'][number]['role'],
    scope: Partial<typeof none> = {},
    teacherId: string | null = null,
  ) =>
    createUser(
      {
        id: seededId(random),
        name,
        email: `${local}@contoh.id`,
        passwordHash,
        teacherId,
        grants: [{ ...none, ...scope, role }],
        demonstration: true,
      },
      now,
    )
  await account('guru', people[1]!.name, 'guru', {}, people[1]!.id)
  const proctor = await account('pengawas', 'Pengawas Peragaan', 'pengawas')
  await account('kepsek', 'Kepala Sekolah Peragaan', 'kepala-sekolah', { schoolId: host.id })
  await account('disdikbud', 'Disdikbud Peragaan', 'dinas-provinsi')
  await account('dinas', 'Dinas Kabupaten Peragaan', 'dinas-kabupaten', { regionId: known.regions.get('18.02')! })
  await account('bgtk', 'BGTK Peragaan', 'bgtk')
  await account('admin', 'Administrator Peragaan', 'administrator')
  const expert = await account('pakar', 'Pakar Peragaan', 'pakar')
  for (const code of ['PED', 'MTK', 'BIN']) await askToValidate(expert, code, now)
  await assignProctor(proctor, roomId)
  await freeze(sittingId, now)
}

/** Experts see only what they were asked for. */
async function askToValidate(userId: string, code: string, now: Date): Promise<void> {
  const { id } = (await instrumentByCode(code))!
  const whole = { itemId: null, nodeCode: null, domainCode: null, level: null, type: null }
  await addTask({ kind: 'validate', instrumentId: id, userId, count: 1, note: '', ...whole }, { userId: null, name: 'Peragaan' }, now)
}

/**
 * An administrator where nobody could set up anything otherwise, with a link for the first password that works once and for a day. Where
 * the link was let pass, the next start tells a new one; once an administrator can log in there is nothing to tell.
 */
export async function firstAdministrator(now: Date): Promise<string[]> {
  if (await hasActiveAdministrator()) return []
  const { id, name, email } = (await waitingAdministrator()) ?? (await makeAdministrator(now))
  const link = await inTransaction((tx) => firstLink(tx, { id, name }, installer, now))
  return [
    `Administrator pertama: ${email}. Setel kata sandinya di ${link.address}`,
    'Tautan ini berlaku satu hari dan hanya sekali; bila terlewat, jalankan ulang npm start untuk tautan baru. Lalu buat akun BGTK di halaman Pengguna.',
  ]
}

/** Who starts the program: nobody's account. */
const installer = { userId: null, name: 'Pemasang' }

async function makeAdministrator(now: Date): Promise<{ id: string; name: string; email: string }> {
  let email = 'admin@petaguru.local'
  for (let n = 2; await findUserByEmail(email); n++) email = `admin-${n}@petaguru.local`
  const grant = { role: 'administrator' as const, regionId: null, schoolId: null, levelCodes: [] }
  const id = await createUser({ name: 'Administrator', email, passwordHash: null, grants: [grant] }, now)
  return { id, name: 'Administrator', email }
}
