import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import type { Action } from '@/lib/access/service'
import { copyIsAsked } from '@/lib/privacy/service'
import { mayReadAnalysis } from '@/lib/scoring/service'
import { mapFilterNames } from '@/lib/mapping/model'
import { roomFor } from '@/lib/sittings/service'

/** What the worker makes, as the web process knows it: nothing that draws or packs is loaded here. */
export type Queued = {
  /** What people call it. */
  title: string
  /** The parameters it is made by; others do not make it another document. */
  takes: readonly string[]
  /** Takes seconds rather than a blink, and waits behind those that do not. */
  large: boolean
  /** Asked before it is ordered and again before it is handed over; false where there is no such thing. Throws `Forbidden`. */
  entitled: (actor: Actor, params: URLSearchParams) => Promise<boolean>
}

const may = (action: Action) => async (actor: Actor) => {
  allow(actor, action)
  return true
}
const room = async (actor: Actor, params: URLSearchParams) => (await roomFor(actor, params.get('ruang') ?? '')) !== null
const AUDIT = ['siapa', 'terhadap', 'jenis', 'dari', 'sampai'] as const

/** A view of the map is known by its filter, and the kabupaten that is opened. */
const MAP = [...mapFilterNames, 'wilayah']

const small = (title: string, takes: readonly string[], entitled: Queued['entitled']): Queued => ({ title, takes, large: false, entitled })
const large = (title: string, takes: readonly string[], entitled: Queued['entitled']): Queued => ({ title, takes, large: true, entitled })

export const queued: Record<string, Queued> = {
  'data-saya-pdf': small('Salinan data saya', [], may('privacy:own')),
  'salinan-pdf': small('Salinan data pribadi', ['permintaan'], (actor, params) => copyIsAsked(actor, params.get('permintaan') ?? '')),
  'catatan-akses-csv': large('Catatan akses (CSV)', AUDIT, may('audit:read')),
  'catatan-akses-xlsx': large('Catatan akses (Excel)', AUDIT, may('audit:read')),
  'butir-qti3': large('Butir soal (QTI 3)', ['instrumen'], may('bank:manage')),
  'butir-moodle': large('Butir soal (Moodle XML)', ['instrumen'], may('bank:manage')),
  'butir-xlsx': large('Butir soal (Excel)', ['instrumen'], may('bank:manage')),
  'butir-pdf': large('Buku soal', ['instrumen', 'formulir', 'kunci'], may('bank:manage')),
  'butir-templat': small('Templat butir soal', [], may('bank:manage')),
  'laporan-xlsx': large('Laporan (Excel)', ['siklus', 'jenjang'], may('report:export')),
  'laporan-csv': large('Laporan (CSV)', ['siklus', 'jenjang'], may('report:export')),
  'peta-xlsx': large('Tampilan peta (Excel)', MAP, may('report:export')),
  'peta-csv': large('Tampilan peta (CSV)', MAP, may('report:export')),
  'peta-svg': large('Gambar peta (SVG)', MAP, may('report:export')),
  'peta-png': large('Gambar peta (PNG)', MAP, may('report:export')),
  'analisis-butir': small('Analisis butir', ['instrumen'], (actor, params) => mayReadAnalysis(actor, params.get('instrumen') ?? '')),
  'perubahan-skor': large('Perubahan skor', ['skor'], may('result:release')),
  kartu: large('Kartu peserta', ['sesi', 'ruang'], may('cards:print')),
  'daftar-hadir': small('Daftar hadir', ['ruang'], room),
  'berita-acara': small('Berita acara', ['ruang'], room),
  'surat-tutor': small('Surat keterangan tutor sebaya', ['pasangan'], may('tutor:own')),
  'surat-gabungan': small('Surat keterangan gabungan tutor sebaya', ['rentang'], may('tutor:own')),
  templat: small('Templat daftar guru', [], may('roster:import')),
  'berkas-bersih': large('Daftar guru bersih', ['impor'], may('roster:import')),
}

/** The longest value of a parameter that means anything. */
const LONGEST = 200

/** The parameters of a document in one order and spelling, without what it does not take. */
export function plainParameters(takes: readonly string[], params: URLSearchParams): string {
  const plain = new URLSearchParams()
  for (const name of takes.toSorted()) {
    const value = params.get(name)?.slice(0, LONGEST).toWellFormed()
    if (value) plain.set(name, value)
  }
  return plain.toString()
}
