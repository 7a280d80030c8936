import type { ReadFile } from '@/lib/items/formats/read'
import { workApart, type ApartFailure, type ApartLimits } from '@/lib/platform/apart'
import { MOST_PACKED } from './item-file'

/**
 * Question files of strangers are read in a process of their own: tens of megabytes of the worst text would hold the process that answers
 * phones for seconds.
 */
export const readerLimits: ApartLimits & { atOnce: number } = { ms: 60_000, heapMb: 768, memoryMb: 1_280, atOnce: 2 }

const words: Record<ApartFailure | 'busy' | 'large', string> = {
  late: 'Berkas ini belum selesai dibaca dalam satu menit, jadi pembacaannya dihentikan. Tidak ada yang berubah. Pecah menjadi beberapa berkas.',
  memory: 'Isi berkas ini terlalu besar untuk dibaca sekaligus. Tidak ada yang berubah. Pecah menjadi beberapa berkas.',
  broken:
    'Berkas ini membuat pembacanya berhenti, sehingga ditolak. Tidak ada yang berubah. Ekspor ulang, atau kirim berkasnya kepada administrator.',
  large: 'Berkas ini lebih besar dari 60 MB. Pecah menjadi beberapa berkas.',
  busy: 'Dua berkas soal lain sedang dibaca. Tidak ada yang berubah; coba lagi sebentar lagi.',
}
const refuse = (why: keyof typeof words): ReadFile => ({ format: 'unknown', items: [], refused: words[why] })

let underWay = 0

/** Reads a foreign file as `readItemFile` does, apart; what takes too long or too much is a sentence. `program` is another one in tests. */
export async function readItemFileApart(
  bytes: Uint8Array<ArrayBuffer>,
  { program = 'item-reader', limits = readerLimits } = {},
): Promise<ReadFile> {
  if (bytes.byteLength > MOST_PACKED) return refuse('large')
  if (underWay >= limits.atOnce) return refuse('busy')
  underWay++
  try {
    const read = await workApart<ReadFile>(program, bytes, limits)
    return 'made' in read ? read.made : refuse(read.failed)
  } finally {
    underWay--
  }
}
