import pg from 'pg'
import type { Config } from './config'
import { isLoopback } from './exposure'

/**
 * The ways out of this program: the database, the mail server and whoever vouches for belajar.id accounts, nobody else
 * (docs/deployment.md). To another machine each goes through TLS with a certificate that is checked, or not at all.
 */

type Environment = Partial<
  Pick<
    Config,
    | 'DATABASE_URL'
    | 'DATABASE_OWNER_URL'
    | 'SMTP_URL'
    | 'GOOGLE_CLIENT_ID'
    | 'GOOGLE_ISSUER'
    | 'NODE_TLS_REJECT_UNAUTHORIZED'
    | 'NODE_OPTIONS'
  >
>
const UNTOUCHED = 'Data tidak berubah.'

/** Where this address leads and what stands in the way of a safe connection, in words; null when nothing does. */
function flawOfDatabase(url: string): { host: string; flaw: string } | null {
  const asked = new URL(url).searchParams
  let client: pg.Client
  try {
    // The driver's own reading of the address decides where it leads: a parameter may name another host than the address does.
    client = new pg.Client({ connectionString: url })
  } catch {
    return { host: new URL(url).hostname, flaw: 'sslrootcert, sslcert, atau sslkey tidak dapat dibaca' }
  }
  const { host } = client
  if (host.startsWith('/') || isLoopback(host)) return null
  const modes = asked.getAll('sslmode')
  // Other words than this one have changed their meaning between versions of the driver.
  if (modes.length !== 1 || modes[0] !== 'verify-full')
    return { host, flaw: modes.length ? `sslmode=${modes.join(', ')}` : 'tanpa sslmode' }
  const { ssl } = client as unknown as { ssl: boolean | { rejectUnauthorized?: unknown } }
  const waived = [...asked].some(([name, value]) => /^rejectunauthorized$/i.test(name) && value !== 'true' && value !== '1')
  const unchecked = !ssl || waived || (typeof ssl === 'object' && ssl.rejectUnauthorized === false)
  return unchecked ? { host, flaw: 'sertifikatnya tidak diperiksa' } : null
}

/** Why this database must not be reached as its address says, as a sentence with the way out; null when it may. */
export function unsafeDatabase(url: string): string | null {
  const found = flawOfDatabase(url)
  return (
    found &&
    `Basis data di ${found.host} tidak disambung: letaknya di komputer lain dan jalannya tidak aman (${found.flaw}), sehingga data guru dapat ` +
      'dibaca atau diubah di perjalanan. Tulis ?sslmode=verify-full di DATABASE_URL dan DATABASE_OWNER_URL; bila sertifikat servernya dari ' +
      `otoritas sendiri, tambahkan &sslrootcert=/jalur/ca.pem. ${UNTOUCHED}`
  )
}

/** What an address of a mail server may say besides host, port and account. Everything else can lead round TLS. */
const MAIL_WORDS = new Set(['requireTLS', 'name'])

/** The same for the mail server. */
export function unsafeMail(url: string): string | null {
  const { protocol, hostname, searchParams } = new URL(url)
  if (isLoopback(hostname) && !searchParams.has('service')) return null
  const others = [...searchParams.keys()].filter((name) => !MAIL_WORDS.has(name))
  const required = protocol === 'smtps:' || searchParams.getAll('requireTLS').join() === 'true'
  if (required && !others.length) return null
  return (
    `Server surel ${hostname} tidak dipakai: letaknya di komputer lain dan jalannya tidak aman (${others.join(', ') || 'tanpa TLS'}), sehingga tautan ` +
    `setel ulang kata sandi dapat dibaca di perjalanan. Tulis SMTP_URL=smtps://… atau smtp://…?requireTLS=true, tanpa pengaturan lain. ${UNTOUCHED}`
  )
}

function unsafeIssuer(url: string): string | null {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || isLoopback(hostname)
    ? null
    : `GOOGLE_ISSUER=${url} tidak ditanya: alamatnya bukan https, sehingga siapa pun di perjalanan dapat menjamin akun. Tulis alamat https. ${UNTOUCHED}`
}

function unsafeProcess({ NODE_TLS_REJECT_UNAUTHORIZED, NODE_OPTIONS }: Environment): string | null {
  if (NODE_TLS_REJECT_UNAUTHORIZED === '0')
    return `NODE_TLS_REJECT_UNAUTHORIZED=0 membuat semua sertifikat dipercaya. Hapus pengaturan itu; untuk otoritas sendiri pakai NODE_EXTRA_CA_CERTS=/jalur/ca.pem. ${UNTOUCHED}`
  if (/--tls-min-v1\.[01]\b/.test(NODE_OPTIONS ?? ''))
    return `NODE_OPTIONS mengizinkan TLS yang lebih tua dari 1.2. Hapus --tls-min dari NODE_OPTIONS. ${UNTOUCHED}`
  return null
}

/** The first way out that is not safe as this environment has it, as a sentence with the way to mend it; null when all are. */
export function unsafeConnection(environment: Environment): string | null {
  const { DATABASE_URL, DATABASE_OWNER_URL, SMTP_URL, GOOGLE_ISSUER } = environment
  return (
    unsafeProcess(environment) ??
    (DATABASE_URL ? unsafeDatabase(DATABASE_URL) : null) ??
    (DATABASE_OWNER_URL ? unsafeDatabase(DATABASE_OWNER_URL) : null) ??
    (SMTP_URL ? unsafeMail(SMTP_URL) : null) ??
    (GOOGLE_ISSUER ? unsafeIssuer(GOOGLE_ISSUER) : null)
  )
}

/** Where this program connects to when it is asked to, as words for the person at the console. */
export function waysOut({ DATABASE_URL, SMTP_URL, GOOGLE_CLIENT_ID, GOOGLE_ISSUER }: Environment): string[] {
  const host = (url: string) => new URL(url).hostname
  return [
    DATABASE_URL ? `basis data ${host(DATABASE_URL)}` : 'basis data bawaan di komputer ini',
    ...(SMTP_URL ? [`surel ${host(SMTP_URL)}`] : []),
    ...(GOOGLE_CLIENT_ID ? [`belajar.id ${host(GOOGLE_ISSUER ?? 'https://accounts.google.com')}`] : []),
  ]
}
