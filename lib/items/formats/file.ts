import { looksLikeAiken, readAiken } from './aiken'
import { looksLikeGift, readGift } from './gift'
import type { ReadFile } from './read'

/** Question files are text of people's making: a megabyte holds thousands of items. */
const MOST_BYTES = 4_000_000

/** Reads a foreign file by what it holds, not by its name. Nothing is written; what cannot be read is a sentence. */
export function readItemFile(bytes: Uint8Array): ReadFile {
  const refuse = (refused: string): ReadFile => ({ format: 'unknown', items: [], refused })
  if (bytes.byteLength === 0) return refuse('Berkas ini kosong.')
  if (bytes.byteLength > MOST_BYTES) return refuse('Berkas ini lebih besar dari 4 MB. Bagi menjadi beberapa berkas.')
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return refuse('Berkas zip (QTI, Word, Excel) belum dapat diimpor.')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse('Berkas ini bukan teks UTF-8. Simpan ulang dengan pengodean UTF-8.')
  }
  if (/^\s*</.test(text.replace(/^\uFEFF/, ''))) return refuse('Berkas XML (Moodle XML, QTI) belum dapat diimpor.')
  if (looksLikeAiken(text)) return readAiken(text)
  if (looksLikeGift(text)) return readGift(text)
  return refuse('Bentuk berkas ini tidak dikenal. Yang dapat dibaca sekarang: Aiken dan GIFT.')
}
