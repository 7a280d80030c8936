import { looksLikeAiken, readAiken } from '@/lib/items/formats/aiken'
import { readDocx } from '@/lib/items/formats/docx'
import { windows } from '@/lib/items/formats/files'
import { looksLikeGift, readGift } from '@/lib/items/formats/gift'
import { readMoodle } from '@/lib/items/formats/moodle/read'
import { linesOf, looksNumbered, readNumbered } from '@/lib/items/formats/numbered'
import { readQtiPackage } from '@/lib/items/formats/qti/package'
import type { ReadFile } from '@/lib/items/formats/read'
import { holdableTree } from '@/lib/platform/holdable'
import { unpack, ZipProblem } from '@/lib/platform/zip'
import { readItemSheets } from './item-sheets'

/** A packed file may carry pictures and sounds; a text file is text of people's making, and four megabytes hold thousands of items. */
export const MOST_PACKED = 60_000_000
const MOST_TEXT = 40_000_000
const LIMITS = { entries: 8_000, each: 40_000_000, total: 250_000_000 }

const refuse = (refused: string, format = 'unknown'): ReadFile => ({ format, items: [], refused })
const starts = (bytes: Uint8Array, ...magic: number[]) => magic.every((b, i) => bytes[i] === b)

const zipWords: Record<ZipProblem['kind'], string> = {
  broken: 'Berkas zip ini rusak dan tidak dapat dibuka. Unduh atau ekspor ulang. Tidak ada yang berubah.',
  huge: 'Isi berkas zip ini terlalu besar setelah dibuka, sehingga ditolak demi keamanan. Pecah menjadi beberapa paket. Tidak ada yang berubah.',
  path: 'Berkas zip ini memuat alamat yang keluar dari foldernya atau tautan, sehingga ditolak demi keamanan. Tidak ada yang berubah.',
  locked: 'Berkas zip ini dikunci kata sandi. Simpan ulang tanpa kata sandi.',
}

async function readPacked(bytes: Buffer): Promise<ReadFile> {
  let files: Map<string, Uint8Array<ArrayBuffer>>
  try {
    files = await unpack(bytes, LIMITS)
  } catch (error) {
    if (error instanceof ZipProblem) return refuse(zipWords[error.kind], 'zip')
    throw error
  }
  const names = [...files.keys()]
  if (names.some((n) => /vbaProject\.bin$/i.test(n)))
    return refuse('Berkas ini memuat makro dan ditolak demi keamanan. Simpan ulang tanpa makro.', 'zip')
  if (files.has('word/document.xml')) return readDocx(files)
  if (names.some((n) => /(^|\/)workbook\.(xml|bin)$/i.test(n))) return readItemSheets(bytes, 'xlsx')
  if (files.has('content.xml') && !names.some((n) => /imsmanifest\.xml$/i.test(n))) return readItemSheets(bytes, 'ods')
  const moodle = names.find((n) => /\.xml$/i.test(n) && /<quiz[\s>]/.test(new TextDecoder().decode(files.get(n)!.subarray(0, 2_000))))
  if (moodle && !names.some((n) => /imsmanifest\.xml$/i.test(n))) return readMoodle(new TextDecoder().decode(files.get(moodle)!))
  return readQtiPackage(files)
}

/**
 * Reads a foreign file by what it holds, not by its name. Nothing is written; what cannot be read is a sentence. Text that is nested
 * beyond reason ends every reader alike: the stack is full, and that is the file's fault.
 */
export async function readItemFile(bytes: Uint8Array<ArrayBuffer>): Promise<ReadFile> {
  try {
    const found = await readByContent(bytes)
    return { ...found, items: holdableTree(found.items) }
  } catch (error) {
    if (error instanceof RangeError)
      return refuse('Susunan berkas ini terlalu bertingkat, sehingga ditolak demi keamanan. Tidak ada yang berubah.')
    throw error
  }
}

async function readByContent(bytes: Uint8Array<ArrayBuffer>): Promise<ReadFile> {
  if (bytes.byteLength === 0) return refuse('Berkas ini kosong.')
  if (bytes.byteLength > MOST_PACKED) return refuse('Berkas ini lebih besar dari 60 MB. Pecah menjadi beberapa berkas.')
  if (starts(bytes, 0x50, 0x4b)) return readPacked(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    const found = await readItemSheets(Buffer.from(bytes), 'xls')
    return found.refused && !/kata sandi|makro|tersembunyi|lembar|huruf naik/.test(found.refused)
      ? refuse('Berkas ini berformat lama (.doc, .xls), atau rusak. Simpan ulang sebagai .docx atau .xlsx.')
      : found
  }
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46))
    return refuse('Ini berkas PDF. Soal di dalam PDF tidak dapat dibaca; unggah berkas Word atau Excel aslinya.')
  if (bytes.byteLength > MOST_TEXT) return refuse('Berkas teks ini lebih besar dari 40 MB. Pecah menjadi beberapa berkas.')
  const text = decode(bytes)
  if (text === null) return refuse('Berkas ini bukan teks UTF-8. Simpan ulang dengan pengodean UTF-8.')
  const bare = text.replace(/^\uFEFF/, '').trimStart()
  if (bare.startsWith('<')) {
    if (/<quiz[\s>]/.test(bare.slice(0, 5_000))) return readMoodle(text)
    return readQtiPackage(new Map([['butir.xml', bytes]]))
  }
  if (looksLikeAiken(text)) return readAiken(text)
  if (looksNumbered(text)) return readNumbered(linesOf(text), 'teks bernomor')
  if (looksLikeGift(text)) return readGift(text)
  if (/^[^\n]*\bSoal\b[^\n]*\bKunci\b/i.test(bare)) return readItemSheets(Buffer.from(bytes), 'csv')
  return refuse(
    'Bentuk berkas ini tidak dikenal. Yang dapat dibaca: QTI 2.1–3.0, Moodle XML, GIFT, Aiken, Word bernomor, dan templat Excel.',
  )
}

function decode(bytes: Uint8Array): string | null {
  if (starts(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes)
  if (starts(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // XML names its own encoding, and its reader heeds it.
    return /^\s*<\?xml[^>]*encoding\s*=\s*["'](iso-8859-1|windows-1252)/i.test(new TextDecoder('latin1').decode(bytes.subarray(0, 200)))
      ? windows(bytes)
      : null
  }
}
