import { z } from 'zod'
import { bookOf, exportItems, itemTemplate, type ExportFormat } from '@/lib/instruments/service'
import { auditHead } from '@/lib/access/inside'
import { allow, auditCopy, auditExport, headWords } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { config } from '@/lib/platform/config'
import { ok, type Result } from '@/lib/platform/result'
import { formatClock, formatDay, formatMoment, formatTime } from '@/lib/platform/format'
import { roomMinutes } from '@/lib/console/service'
import { parseMapFilter } from '@/lib/mapping/model'
import { heatView, indicatorView, mapView } from '@/lib/mapping/service'
import { cleanedFile, templateWorkbook } from '@/lib/roster/service'
import { competencyNames, competencyOrder } from '@/lib/sittings/model'
import { inName } from './ground'
import { analysisSheet, groundLines, scoreMoves } from '@/lib/scoring/service'
import { cards, type RoomRow } from '@/lib/sittings/service'
import { ownCopy } from '@/lib/privacy/service'
import { ownCertificate, ownCombined, type CertificateRow } from '@/lib/tutoring/service'
import { showsSimulatedData } from '@/lib/roster/service'
import { attendancePdf } from './attendance'
import { auditCsv, auditWorkbook } from './audit-log'
import { cardsPdf } from './cards'
import { certificatePdf } from './certificate'
import { reportCsv } from './csv'
import { dataCopyPdf } from './data-copy'
import { itemAnalysisCsv } from './item-analysis'
import { copyName, requested, safe, type Document, type FindCopy, type Maker } from './light'
import { mapMakers } from './map-makers'
import { minutesPdf } from './minutes'
import { scoreMovesCsv } from './score-moves'
import { reportWorkbook, type ReportData } from './workbook'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const PDF = 'application/pdf'
const CSV = 'text/csv; charset=utf-8'
const uuid = (value: string | null) => (z.uuid().safeParse(value).success ? value! : null)

async function reportData(actor: Actor, params: URLSearchParams): Promise<ReportData> {
  const filter = (bagian: string) => parseMapFilter({ bagian, siklus: params.get('siklus') ?? '', jenjang: params.get('jenjang') ?? '' })
  const parts = await Promise.all(
    competencyOrder.map(async (code) => {
      const f = filter(code)
      const [view, indicators, heat] = await Promise.all([
        mapView(actor, f, 'report:export'),
        indicatorView(actor, f, 'report:export'),
        heatView(actor, f, 'report:export'),
      ])
      return { title: competencyNames[code]!, view, indicators, heat }
    }),
  )
  const first = parts[0]!.view
  return {
    title: 'Pemetaan Kompetensi Guru Provinsi Lampung',
    subtitle: [first.cycle?.label ?? '', first.filter.jenjang ? `Jenjang ${first.filter.jenjang}` : 'Semua jenjang'],
    printedAt: formatMoment(new Date()),
    simulated: first.cycle?.simulated ?? false,
    ground: await groundLines({ at: first.published?.at ?? null }),
    rules: first.rules,
    parts,
  }
}

/** The file's name says it too: a CSV has no place for the word. */
const reportName = (data: ReportData) => safe(`laporan ${data.subtitle[0]} ${inName(data)}`)

const times = (room: RoomRow) => ({ day: formatDay(room.opensAt), hours: `${formatClock(room.opensAt)}–${formatTime(room.closesAt)}` })

/** Items of one instrument in another program's format. */
const itemsAs =
  (format: ExportFormat): Maker =>
  async (actor, params) => {
    const made = await exportItems(actor, params.get('instrumen') ?? '', format)
    return made.ok ? { body: Buffer.from(made.value.bytes), mime: made.value.mime, fileName: made.value.name } : null
  }

/** Items of one instrument, or of one form of it, as a book for paper. */
export async function itemBook(
  actor: Actor,
  instrumentCode: string,
  choice: { formCode: string | null; withKeys: boolean },
): Promise<Result<Document & { items: number }>> {
  const found = await bookOf(actor, instrumentCode, choice)
  if (!found.ok) return found
  const { entries, title, scope, media } = found.value
  // Drawing formulas loads much code that no other download needs.
  const { itemBookPdf } = await import('./item-book')
  const body = await itemBookPdf({ title, scope, entries, media, withKeys: choice.withKeys, printedAt: formatMoment(new Date()) })
  const fileName = `buku-soal-${safe(`${title} ${scope}${choice.withKeys ? ' kunci' : ''}`.toLowerCase())}.pdf`
  return ok({ body, mime: PDF, fileName, items: entries.length })
}

/** What the system holds about one teacher on paper. */
const copyAsPdf =
  (find: FindCopy): Maker =>
  async (actor, params) => {
    const copy = await find(actor, params)
    if (!copy) return null
    return { body: await dataCopyPdf(copy, new Date(), await showsSimulatedData()), mime: PDF, fileName: copyName(copy, 'pdf') }
  }

/** What the worker makes: whatever is drawn, packed or read from a whole province. */
/** A certificate of peer tutoring on paper. */
async function letter(certificate: CertificateRow): Promise<Document> {
  const verifyAt = `${config().NEXTAUTH_URL?.replace(/\/$/, '') ?? ''}/verifikasi`
  const body = await certificatePdf({ ...certificate, verifyAt, simulated: await showsSimulatedData() })
  return { body, mime: PDF, fileName: `surat-keterangan-${safe(certificate.name)}.pdf` }
}

export const heavy: Record<string, Maker> = {
  'data-saya-pdf': copyAsPdf(ownCopy),
  'salinan-pdf': copyAsPdf(requested),
  'catatan-akses-csv': async (actor, params) => {
    const found = await auditExport(actor, Object.fromEntries(params))
    return { body: auditCsv(found, formatMoment(new Date())), mime: CSV, fileName: 'catatan-akses.csv' }
  },
  'catatan-akses-xlsx': async (actor, params) => {
    const found = await auditExport(actor, Object.fromEntries(params))
    return { body: await auditWorkbook(found, formatMoment(new Date())), mime: XLSX, fileName: 'catatan-akses.xlsx' }
  },
  'butir-qti3': itemsAs('qti3'),
  'butir-moodle': itemsAs('moodle'),
  'butir-xlsx': itemsAs('xlsx'),
  'butir-pdf': async (actor, params) => {
    const made = await itemBook(actor, params.get('instrumen') ?? '', {
      formCode: params.get('formulir') || null,
      withKeys: params.get('kunci') === 'ya',
    })
    return made.ok ? made.value : null
  },
  'butir-templat': async (actor) => ({ body: Buffer.from(await itemTemplate(actor)), mime: XLSX, fileName: 'templat-butir.xlsx' }),
  'laporan-xlsx': async (actor, params) => {
    allow(actor, 'report:export')
    const data = await reportData(actor, params)
    await auditCopy(actor, 'report:export', 'laporan-xlsx', { detail: { cycle: data.subtitle[0] } })
    return { body: await reportWorkbook(data), mime: XLSX, fileName: `${reportName(data)}.xlsx` }
  },
  'laporan-csv': async (actor, params) => {
    allow(actor, 'report:export')
    const data = await reportData(actor, params)
    await auditCopy(actor, 'report:export', 'laporan-csv', { detail: { cycle: data.subtitle[0] } })
    return { body: reportCsv(data), mime: CSV, fileName: `${reportName(data)}.csv` }
  },
  ...mapMakers,
  'analisis-butir': async (actor, params) => {
    const sheet = await analysisSheet(actor, params.get('instrumen') ?? '')
    if (!sheet) return null
    await auditCopy(actor, 'analysis:read', 'analisis-butir', { detail: { calibration: sheet.calibration.id } })
    return { body: itemAnalysisCsv(sheet), mime: CSV, fileName: `${safe(`analisis butir ${sheet.title}`)}.csv` }
  },
  'perubahan-skor': async (actor, params) => {
    const moves = await scoreMoves(actor, params.get('skor') ?? '')
    return moves && { body: scoreMovesCsv(moves), mime: CSV, fileName: `${safe(`perubahan skor ${moves.run.instrumentTitle}`)}.csv` }
  },
  kartu: async (actor, params) => {
    const sittingId = uuid(params.get('sesi'))
    const found = sittingId ? await cards(actor, sittingId, uuid(params.get('ruang'))) : null
    if (!found) return null
    const { sitting, faces } = found
    const loginUrl = config().NEXTAUTH_URL?.replace(/\/$/, '')
    if (!loginUrl) throw new Error('NEXTAUTH_URL is not set, so a card could not say where to log in.')
    const when = sitting.cycle.practice
      ? 'Terbuka'
      : `${formatDay(sitting.opensAt)}, ${formatClock(sitting.opensAt)}–${formatTime(sitting.closesAt)}`
    const body = await cardsPdf({
      cycleName: sitting.cycle.name,
      sittingName: sitting.name,
      venueName: sitting.venue.name,
      when,
      loginUrl,
      simulated: sitting.cycle.simulated,
      faces,
    })
    return { body, mime: PDF, fileName: `kartu-${safe(sitting.name)}.pdf` }
  },
  'daftar-hadir': async (actor, params) => {
    const roomId = uuid(params.get('ruang'))
    const found = roomId ? await roomMinutes(actor, roomId, 'attendance') : null
    if (!found) return null
    const { room } = found
    const seats = found.seats.map((s) => ({
      seatNumber: s.seatNumber,
      participantNumber: s.participantNumber,
      name: s.teacherName,
      school: s.schoolName,
      attendance: s.attendance as 'present' | 'absent' | 'unknown',
    }))
    const body = await attendancePdf({
      cycleName: room.cycleName,
      sittingName: room.sittingName,
      venueName: room.venueName,
      roomName: room.name,
      ...times(room),
      simulated: room.simulated,
      seats,
    })
    return { body, mime: PDF, fileName: `daftar-hadir-${safe(room.name)}.pdf` }
  },
  'berita-acara': async (actor, params) => {
    const roomId = uuid(params.get('ruang'))
    const found = roomId ? await roomMinutes(actor, roomId, 'minutes') : null
    if (!found) return null
    const { room, seats, parts, happened, allowances, devices, incidents } = found
    const absent = seats
      .filter((s) => s.attendance === 'absent')
      .map((s) => ({ participantNumber: s.participantNumber, name: s.teacherName }))
    const present = seats.filter((s) => s.attendance === 'present').length
    const body = await minutesPdf({
      cycleName: room.cycleName,
      sittingName: room.sittingName,
      venueName: room.venueName,
      roomName: room.name,
      ...times(room),
      simulated: room.simulated,
      registered: seats.length,
      present,
      absent,
      unrecorded: seats.length - present - absent.length,
      parts,
      happened,
      allowances,
      devices,
      incidents,
      printedAt: formatMoment(new Date()),
      auditHead: headWords(await auditHead()),
    })
    return { body, mime: PDF, fileName: `berita-acara-${safe(room.name)}.pdf` }
  },
  'surat-tutor': async (actor, params) => {
    const certificate = await ownCertificate(actor, params.get('pasangan') ?? '')
    return certificate && letter(certificate)
  },
  'surat-gabungan': async (actor, params) => {
    const certificate = await ownCombined(actor, params.get('rentang') ?? '')
    return certificate && letter(certificate)
  },
  templat: async (actor) => {
    allow(actor, 'roster:import')
    return { body: await templateWorkbook(), mime: XLSX, fileName: 'templat-daftar-guru.xlsx' }
  },
  'berkas-bersih': async (actor, params) => {
    const id = uuid(params.get('impor'))
    const body = id ? await cleanedFile(actor, id) : null
    if (body === null) return null
    return { body, mime: XLSX, fileName: 'daftar-guru-bersih.xlsx' }
  },
}
