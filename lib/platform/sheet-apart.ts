import { workApart, type ApartFailure, type ApartLimits } from './apart'
import { refuse, type Result } from './result'
import { readSheets, type SheetOptions } from './sheet'
import type { SheetFile } from './sheet-model'

/** What the reading of one workbook may cost: 60,000 rows of a roster take a tenth of the time. */
export const SHEET_LIMITS: ApartLimits = { ms: 60_000, heapMb: 1_024, memoryMb: 1_536 }

const words: Record<ApartFailure, string> = {
  late: 'Berkas ini terlalu lama dibaca. Pecah menjadi beberapa berkas, lalu unggah satu per satu. Tidak ada data yang berubah.',
  memory:
    'Isi berkas ini terlalu besar setelah dibuka. Pecah menjadi beberapa berkas, lalu unggah satu per satu. Tidak ada data yang berubah.',
  broken:
    'Berkas ini tidak dapat dibaca sampai selesai. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi. Tidak ada data yang berubah.',
}

/** Text is parted by us and bounded; everything else meets a large foreign reader, which gets a process of its own. */
const isText = (bytes: Buffer) => !/^(PK|\xd0\xcf\x11\xe0|\xef\xbb\xbf?\s*<|\s*<)/.test(bytes.subarray(0, 64).toString('latin1'))

/** All sheets of a file with dates as data, as `readSheets`, in a process that may be killed. */
export async function readSheetsApart(bytes: Buffer, { columnsKnown }: Pick<SheetOptions, 'columnsKnown'>): Promise<Result<SheetFile>> {
  if (bytes.length === 0 || isText(bytes)) return readSheets(bytes, { dates: 'iso', ...(columnsKnown ? { columnsKnown } : {}) })
  const found = await workApart<Result<SheetFile>>('sheet-reader', bytes, SHEET_LIMITS)
  return 'made' in found ? found.made : refuse('broken', words[found.failed])
}
