/** What `npm start` asks before anything is loaded or served, and the command that closes a demonstration. Answers are lines for the console. */
import { closeDemonstration, openDemonstrationAccounts } from '@/lib/access/demonstration'
import { config } from '@/lib/platform/config'
import { exposureOf, withoutTls, withWeakSecret } from '@/lib/platform/exposure'
import { formatCount } from '@/lib/platform/format'
import { endLoading } from '@/lib/platform/loading'
import { unsafeConnection } from '@/lib/platform/outgoing'
import { filling, isEmpty } from '@/prisma/seed/filling'
import { firstAdministrator } from '@/prisma/seed/practice'

const some = (emails: string[]) => `${emails.slice(0, 3).join(', ')}${emails.length > 3 ? ', …' : ''}`

/** Why this installation may not start at all, whatever is in its database; null when it may. */
export const refusalOfAddress = (): string | null => withoutTls(config()) ?? withWeakSecret(config()) ?? unsafeConnection(config())

/** Why it may not start with the database as it is. Ask before anything is loaded: a public address never gets invented people. */
export async function refusalOfDatabase(empty: boolean): Promise<string | null> {
  const isNew = await isEmpty()
  if (empty && !isNew) {
    const { accounts, teachers, cycles } = await filling()
    return (
      `Basis data ini sudah berisi (${formatCount(accounts)} akun, ${formatCount(teachers)} guru, ${formatCount(cycles)} siklus), ` +
      'jadi --empty tidak dijalankan; data tidak berubah. Untuk melanjutkan dengan data ini: npm start. ' +
      'Untuk instalasi baru yang kosong: PETAGURU_DATA=folder-baru npm start -- --empty, atau DATABASE_URL ke basis data kosong.'
    )
  }
  const { because } = exposureOf(config())
  if (!because.length) return null
  const opening = `Petaguru tidak dijalankan: alamatnya terbuka ke jaringan (${because.join(', ')})`
  if (isNew && !empty)
    return `${opening}, sedangkan basis data kosong akan diisi data peragaan. Untuk pemakaian nyata: npm start -- --empty.`
  const open = await openDemonstrationAccounts()
  if (!open.length) return null
  return (
    `${opening}, sedangkan ${formatCount(open.length)} akun aktif adalah akun peragaan atau memakai kata sandinya yang diketahui umum ` +
    `(${some(open.map((a) => a.email))}). Nonaktifkan dengan: npm start -- --close-demonstration. ` +
    'Untuk instalasi baru tanpa data simulasi: PETAGURU_DATA=folder-baru npm start -- --empty. Data tidak berubah.'
  )
}

/** Turns a demonstration's accounts off, and leaves an administrator who can go on. */
export async function closedDemonstration(now: Date): Promise<string[]> {
  const closed = await closeDemonstration(now)
  await endLoading()
  const { teachers } = await filling()
  return [
    closed.length
      ? `${formatCount(closed.length)} akun peragaan dinonaktifkan dan sesinya diakhiri: ${closed.join(', ')}.`
      : 'Tidak ada akun peragaan yang aktif; tidak ada yang berubah.',
    ...(await firstAdministrator(now)),
    ...(teachers
      ? [`${formatCount(teachers)} guru tetap ada di basis data; yang bertanda simulasi tetap ditandai begitu di setiap halaman.`]
      : []),
  ]
}
