/** `npm start -- --check`: the security state of an installation in ten lines. Reads only; what could not be checked says so and is never called good. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openDemonstrationAccounts } from '@/lib/access/demonstration'
import { verifyAudit } from '@/lib/access/inside'
import { policyInForce } from '@/lib/access/service'
import { BACKUP_DAYS, newestBackup } from '@/lib/platform/backup'
import { config } from '@/lib/platform/config'
import { openToOthers } from '@/lib/platform/data-folder'
import { excessRights } from '@/lib/platform/database-roles'
import { openDatabase } from '@/lib/platform/database-server'
import { closeDatabase } from '@/lib/platform/db'
import { exposureOf, weakness } from '@/lib/platform/exposure'
import { formatCount, formatDate } from '@/lib/platform/format'
import { unsafeConnection, waysOut } from '@/lib/platform/outgoing'
import { loadSecrets, secretFile } from '@/lib/platform/secrets'

const marks = {
  good: 'baik',
  mend: 'perbaiki',
  note: 'catatan',
  unknown: 'tidak diketahui',
  unchecked: 'tidak dapat diperiksa',
} as const
type Verdict = { mark: Exclude<keyof typeof marks, 'unchecked'>; words: string }
export type Line = { name: string; mark: keyof typeof marks; words: string }

const DAY_MS = 86_400_000
const good = (words: string): Verdict => ({ mark: 'good', words })
const mend = (words: string): Verdict => ({ mark: 'mend', words })
const note = (words: string): Verdict => ({ mark: 'note', words })
const unknown = (words: string): Verdict => ({ mark: 'unknown', words })

function address(): Verdict {
  const { because } = exposureOf(config())
  return because.length
    ? note(`terbuka ke jaringan (${because.join(', ')})`)
    : note('hanya komputer ini; proksi yang meneruskannya ke luar harus menyebut alamatnya di NEXTAUTH_URL')
}

function tls(): Verdict {
  const { because, tls: declared } = exposureOf(config())
  if (declared) return good('NEXTAUTH_URL adalah https; sertifikatnya sendiri tidak diperiksa di sini')
  return because.length
    ? mend('terbuka ke jaringan tanpa https: pasang TLS dan tulis NEXTAUTH_URL=https://nama.anda')
    : note('tanpa TLS, hanya di komputer ini')
}

async function demonstration(): Promise<Verdict> {
  const open = await openDemonstrationAccounts()
  if (!open.length) return good('tidak ada yang aktif, tidak ada akun dengan kata sandinya')
  const words = `${formatCount(open.length)} aktif atau memakai kata sandi yang diketahui umum; tutup dengan npm start -- --close-demonstration`
  return exposureOf(config()).because.length ? mend(words) : note(words)
}

async function secondFactor(): Promise<Verdict> {
  const { secondFactor: rule } = await policyInForce()
  if (rule === 'required') return good('wajib bagi akun yang melihat nama')
  if (rule === 'optional') return mend('tidak wajib; ubah di halaman Keamanan')
  return (await openDemonstrationAccounts()).length
    ? note('mengikuti bawaan: tidak wajib selama peragaan')
    : good('mengikuti bawaan: wajib')
}

async function databaseRole(): Promise<Verdict> {
  const url = config().DATABASE_URL!
  const role = decodeURIComponent(new URL(url).username)
  const much = await excessRights(url)
  return much.length
    ? mend(`peran ${role} boleh terlalu banyak: ${much.join(', ')}; npm run -s database -- roles mencetak SQL-nya`)
    : good(`peran ${role} hanya membaca dan menulis baris`)
}

function secret(): Verdict {
  const { dataDir } = config()
  const open = openToOthers(dataDir)
  if (open.length) return mend(`dapat dibaca pengguna lain komputer ini: ${open.join(', ')}; npm start menutupnya, atau chmod go-rwx`)
  const given = config().NEXTAUTH_SECRET
  if (given)
    return weakness(given) ? mend(`dari NEXTAUTH_SECRET, ${weakness(given)}`) : good('dari NEXTAUTH_SECRET; umurnya tidak diketahui')
  const file = secretFile(dataDir)
  return existsSync(file)
    ? good(`${file}, hanya terbaca pemiliknya, dibuat ${formatDate(statSync(file).mtime)}`)
    : note('belum dibuat; dibuat saat pertama dijalankan')
}

function proxies(): Verdict {
  const { TRUSTED_PROXIES } = config()
  if (TRUSTED_PROXIES > 0) return note(`${TRUSTED_PROXIES} dipercaya; pastikan sebanyak itu yang berdiri di depan`)
  const words = 'tidak ada; alamat pengunjung adalah alamat sambungannya'
  return exposureOf(config()).because.length ? note(`${words}. Di belakang proksi, sebutkan TRUSTED_PROXIES=1`) : note(words)
}

/** Whom this program speaks to, and whether each way there is encrypted with a certificate that is checked. */
function outgoing(): Verdict {
  const unsafe = unsafeConnection(config())
  if (unsafe) return mend(unsafe)
  const mail = config().SMTP_URL ? '' : '; surel tidak dipasang, tautan setel ulang dicetak atau dibacakan administrator'
  return good(`${waysOut(config()).join(', ')}: di komputer ini atau lewat TLS dengan sertifikat yang diperiksa${mail}`)
}

async function auditChain(): Promise<Verdict> {
  loadSecrets(config().dataDir)
  const { lines, faults } = await verifyAudit()
  return faults.length ? mend(faults[0]!.words) : good(`utuh, ${formatCount(lines)} baris`)
}

function backup(now: Date): Verdict {
  const path = config().PETAGURU_BACKUP
  if (!path) return unknown('Petaguru tidak membuat cadangan sendiri; tulis tempat cadangan Anda di PETAGURU_BACKUP agar umurnya diperiksa')
  const at = newestBackup(path)
  const days = Math.floor((now.getTime() - at.getTime()) / DAY_MS)
  return days > BACKUP_DAYS ? mend(`yang terbaru berumur ${formatCount(days)} hari (${path})`) : good(`yang terbaru dari ${formatDate(at)}`)
}

/** Whether there is a database to ask; without it nothing is made. */
const hasDatabase = () => Boolean(config().DATABASE_URL) || existsSync(join(config().dataDir, 'postgres.password'))

/** The ten lines, in order. */
export async function securityState(now: Date): Promise<Line[]> {
  let away: Error | null = hasDatabase() ? null : new Error('belum ada basis data')
  const opened = away ? null : await openDatabase().catch((error: Error) => void (away = error))
  const asked = (work: () => Promise<Verdict>) => async () => {
    if (away) throw away
    return work()
  }
  const checks: [string, () => Verdict | Promise<Verdict>][] = [
    ['Alamat', address],
    ['TLS', tls],
    ['Akun peragaan', asked(demonstration)],
    ['Faktor kedua', asked(secondFactor)],
    ['Peran basis data', asked(databaseRole)],
    ['Rahasia', secret],
    ['Proksi tepercaya', proxies],
    ['Sambungan keluar', outgoing],
    ['Rantai catatan akses', asked(auditChain)],
    ['Cadangan', () => backup(now)],
  ]
  const lines: Line[] = []
  for (const [name, check] of checks) {
    try {
      lines.push({ name, ...(await check()) })
    } catch (error) {
      lines.push({ name, mark: 'unchecked', words: (error as Error).message.split('\n')[0]! })
    }
  }
  await closeDatabase()
  await opened?.stop()
  return lines
}

/** One line of the console for each. */
export const printed = (lines: Line[]): string[] => lines.map((l) => `${l.name.padEnd(21)}[${marks[l.mark]}] ${l.words}`)

/** 1: something must be mended. 2: nothing must, but something is not known. 0: neither. */
export const exitCode = (lines: Line[]): number =>
  lines.some((l) => l.mark === 'mend') ? 1 : lines.some((l) => l.mark === 'unchecked' || l.mark === 'unknown') ? 2 : 0
