import ExcelJS from 'exceljs'
import type { AuditHead } from '@/lib/access/audit-chain'
import { headWords, type AuditLine } from '@/lib/access/service'
import { writeCsv } from '@/lib/platform/csv'
import { formatClock, formatDate } from '@/lib/platform/format'

/** The audit log as a file: a line a row, and the head by which the file can later be held against the log. */

type Exported = { lines: AuditLine[]; total: number; head: AuditHead }

const columns = ['nomor', 'tanggal', 'pukul', 'siapa', 'sebagai', 'apa', 'terhadap', 'orang', 'tindakan', 'objek'] as const

const cells = (l: AuditLine): string[] => [
  l.seq === null ? '' : String(l.seq),
  formatDate(l.at),
  formatClock(l.at, true),
  l.actorName,
  l.role,
  l.sentence,
  l.whom.map((w) => w.name).join('; '),
  l.count === null ? '' : String(l.count),
  l.action,
  l.object,
]

/** The sentences at the end: how much this is of the log, and the head. */
const closing = ({ lines, total, head }: Exported, printedAt: string): string[] => [
  `Dicetak ${printedAt}: ${lines.length} dari ${total} baris yang cocok dengan saringan.`,
  `Kepala catatan akses: ${headWords(head)}. Periksa dengan: npm run -s audit -- verify --head "${headWords(head)}"`,
]

/** Semicolons, UTF-8 with BOM; the head stands in the last line. */
export function auditCsv(found: Exported, printedAt: string): string {
  const rows = [[...columns], ...found.lines.map(cells), ...closing(found, printedAt).map((text) => [text])]
  return writeCsv(rows)
}

/** The same as a workbook, every cell as text. */
export async function auditWorkbook(found: Exported, printedAt: string): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  book.creator = 'Petaguru'
  const sheet = book.addWorksheet('Catatan akses', { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = [10, 20, 12, 28, 22, 44, 44, 10, 20, 48].map((width) => ({
    width,
    style: { numFmt: '@', alignment: { wrapText: true } },
  }))
  sheet.addRow(columns.map((c) => c.toUpperCase())).font = { bold: true }
  for (const line of found.lines) sheet.addRow(cells(line))
  for (const text of closing(found, printedAt)) sheet.addRow([text])
  return Buffer.from(await book.xlsx.writeBuffer())
}
