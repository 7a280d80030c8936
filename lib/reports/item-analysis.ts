import { writeCsv } from '@/lib/platform/csv'
import { formatDate, formatNumber } from '@/lib/platform/format'
import type { analysisSheet } from '@/lib/scoring/service'
import { untestedWords } from '@/lib/calibration/untested-model'

type Sheet = NonNullable<Awaited<ReturnType<typeof analysisSheet>>>
const decimal = (x: number | null | undefined, digits = 3) => (x === null || x === undefined ? '' : formatNumber(x, digits))

/** The item table for spreadsheets and statistics: one item a line, semicolons, decimal comma, UTF-8 with BOM. */
export function itemAnalysisCsv({ title, calibration, items }: Sheet): string {
  const rows = items.map((i) => ({
    instrumen: title,
    kalibrasi: calibration.id,
    tanggal: formatDate(calibration.createdAt),
    siklus: calibration.cycleCodes.join(' '),
    butir: i.code,
    versi: String(i.version),
    model: i.model,
    n: String(i.statistics.n),
    p: decimal(i.statistics.p),
    r_butir_sisa: decimal(i.statistics.rItemRest),
    alfa_bila_dibuang: decimal(i.statistics.alphaIfDeleted),
    a: decimal(i.a),
    a_galat: decimal(i.seA),
    b: i.statistics.locations.map((b) => decimal(b)).join(' | '),
    infit: decimal(i.statistics.infit),
    outfit: decimal(i.statistics.outfit),
    sx2: i.statistics.sx2 ? decimal(i.statistics.sx2.value) : 'tidak dapat diuji',
    sx2_db: i.statistics.sx2 ? String(i.statistics.sx2.df) : '',
    sx2_p: decimal(i.statistics.sx2?.p, 4),
    geser: decimal(i.drift),
    dif: [
      ...i.statistics.dif.map((d) => `${d.comparison}: ${d.class ?? '-'} (n ${d.n.reference} dan ${d.n.focal})`),
      ...i.statistics.untested
        .filter((u) => u.comparison || u.reason === 'not-looked')
        .map((u) => `${u.comparison?.key ?? 'Semua kelompok'}: ${untestedWords(u)}`),
    ].join(' | '),
    kunci: i.key ? `dikoreksi menjadi ${i.key.key} (${formatDate(i.key.at)})${i.key.releasedAt ? '' : ', rilis ulang menunggu'}` : '',
    tanda: i.flags.map((f) => f.title).join(' | '),
  }))
  return writeCsv(rows)
}
