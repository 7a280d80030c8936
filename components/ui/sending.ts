import type { Faults } from '@/lib/platform/form'

/** What any form may be answered: nothing, or whether it went well, with words or a value of its own. */
export type Said = { ok: boolean; message?: string; code?: string; fields?: Faults } | null
/** Why nothing was answered: no server, a page of an older version, a page that is closed by now, a fault of ours, another's phone. */
export type Trouble = 'lost' | 'stale' | 'gone' | 'fault' | 'taken'

const digestOf = (error: unknown): string => String((error as { digest?: unknown } | null)?.digest ?? '')
/** The server answered by leading elsewhere; the frame of the pages follows it. */
export const leadsTo = (error: unknown): string | null =>
  digestOf(error).startsWith('NEXT_REDIRECT') ? digestOf(error).split(';').slice(2, -2).join(';') || '/' : null

/** What went wrong when nothing was answered. */
export function troubleOf(error: unknown): Trouble {
  const digest = digestOf(error)
  if (digest.startsWith('NEXT_HTTP_ERROR_FALLBACK')) return 'gone'
  if (digest) return 'fault'
  return (error as Error | null)?.name === 'UnrecognizedActionError' ? 'stale' : 'lost'
}

const there = 'Teks Anda masih ada di sini'
const withCopy = (kept: boolean) => (kept ? `${there} dan tersimpan di perangkat ini.` : `${there}.`)
/** What a person reads then: what happened, what is safe, what next. */
export const troubleWords = {
  lost: (kept) => `Tidak terkirim: server tidak terjangkau. ${withCopy(kept)} Kirim lagi saat ada jaringan.`,
  stale: (kept) =>
    `Tidak terkirim: Petaguru baru saja diperbarui. ${withCopy(kept)} ${kept ? 'Muat ulang halaman ini, lalu kirim.' : 'Salin dahulu, muat ulang halaman ini, lalu kirim.'}`,
  gone: (kept) => `Tidak terkirim: halaman ini tidak lagi terbuka bagi Anda, atau datanya sudah tidak ada. ${withCopy(kept)}`,
  fault: (kept) =>
    `Tidak terkirim: ada kesalahan pada sistem kami. ${withCopy(kept)} Kirim lagi; bila tetap gagal, sampaikan waktu kejadiannya kepada administrator.`,
  taken: (kept) => `Tidak terkirim: perangkat ini sekarang dipakai akun lain. ${withCopy(kept)} Masuk lagi dengan akun Anda, lalu kirim.`,
} satisfies Record<Trouble, (kept: boolean) => string>
export const backWords = `Jaringan sudah kembali. ${there}; kirim sekarang?`
