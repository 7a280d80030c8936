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
