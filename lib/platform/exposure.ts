/** Whether people on other machines can reach this installation, judged from what its environment declares. */

const LOOPBACK =
  /^(?:localhost|[a-z0-9-]+\.localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|0:0:0:0:0:0:0:1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/

/** An address that only this machine can reach. An empty one listens everywhere, so it is none. */
export const isLoopback = (host: string): boolean =>
  LOOPBACK.test(
    host
      .trim()
      .toLowerCase()
      .replace(/^\[|\]$/g, ''),
  )

/** `because` names the settings that open it, empty when only this machine can reach it; `tls` is what NEXTAUTH_URL declares. */
export type Exposure = { because: string[]; tls: boolean }

/** Judges HOST, where the program listens, and NEXTAUTH_URL, under which people know it: behind a proxy the first may be loopback. */
export function exposureOf(environment: { HOST: string; NEXTAUTH_URL?: string | undefined }): Exposure {
  const { HOST, NEXTAUTH_URL } = environment
  const address = NEXTAUTH_URL ? new URL(NEXTAUTH_URL) : null
  const because = [
    ...(isLoopback(HOST) ? [] : [`HOST=${HOST}`]),
    ...(address && !isLoopback(address.hostname) ? [`NEXTAUTH_URL=${NEXTAUTH_URL}`] : []),
  ]
  return { because, tls: address?.protocol === 'https:' }
}

/** Shorter secrets can be guessed, and these names stand in tests and documents that everybody may read. */
const SECRET_LENGTH = 32
const PUBLISHED_SECRET = /^petaguru-(?:e2e|integration|faults|load|tests?)-/

/** Why the secret that the environment names must not protect a public installation, in words; null when it may. The one that is made here is strong. */
export const weakness = (secret: string | undefined): string | null =>
  !secret
    ? null
    : PUBLISHED_SECRET.test(secret)
      ? 'tertulis di berkas uji yang umum'
      : secret.length < SECRET_LENGTH
        ? `kurang dari ${SECRET_LENGTH} karakter`
        : null

/** The same refusal for a secret that protects nothing. */
export function withWeakSecret(environment: {
  HOST: string
  NEXTAUTH_URL?: string | undefined
  NEXTAUTH_SECRET?: string | undefined
}): string | null {
  const { because } = exposureOf(environment)
  const weak = because.length ? weakness(environment.NEXTAUTH_SECRET) : null
  return (
    weak &&
    `Petaguru tidak dijalankan: alamatnya terbuka ke jaringan (${because.join(', ')}), tetapi NEXTAUTH_SECRET ${weak}, sehingga orang lain dapat ` +
      'membuat sesi palsu. Jalankan tanpa NEXTAUTH_SECRET agar dibuat yang kuat, atau isi dengan sedikitnya 32 karakter acak. Data tidak berubah.'
  )
}

/** Why a program of this installation may not begin to listen, as a sentence with the way out; null when it may. */
export function withoutTls(environment: { HOST: string; NEXTAUTH_URL?: string | undefined }): string | null {
  const { because, tls } = exposureOf(environment)
  if (!because.length || tls) return null
  return (
    `Petaguru tidak dijalankan: alamatnya terbuka ke jaringan (${because.join(', ')}), tetapi NEXTAUTH_URL bukan alamat https, ` +
    'sehingga kata sandi dan jawaban dapat dibaca di perjalanan. Pasang TLS di depan Petaguru, lalu jalankan dengan ' +
    'NEXTAUTH_URL=https://nama.anda. Untuk mencoba di komputer ini saja, jalankan tanpa HOST dan NEXTAUTH_URL. Data tidak berubah.'
  )
}
