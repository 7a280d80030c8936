import { OVERTAKEN } from './form'
import { formatMoment } from './format'
import { refuse, type Result } from './result'

/** What stands, as whoever wants to put something in its place must know it: its version and, where known, who saved it and when. */
export type Standing = { version: number; by?: string | null; at?: Date | null }

/**
 * The one rule for everything that is replaced as a whole (decision 053): whoever saves says which version lay before her, and where
 * another stands by then nothing is saved. Null when nobody was overtaken. `seen` is 0 where nothing stood; who says nothing has seen
 * nothing. Asked inside the act, with what is replaced held.
 */
export function overtaken(seen: number | undefined, standing: Standing): Result<never> | null {
  if ((seen ?? 0) === standing.version) return null
  const by = standing.by ? ` oleh ${standing.by}` : ''
  const when = standing.at ? ` pada ${formatMoment(standing.at)}` : ''
  return refuse(
    OVERTAKEN,
    `Ada perubahan lain yang disimpan${by}${when}, sesudah halaman ini Anda buka. Isian Anda masih ada di sini dan belum disimpan. Bandingkan dahulu dengan yang sekarang berlaku, lalu simpan bila masih perlu.`,
  )
}
