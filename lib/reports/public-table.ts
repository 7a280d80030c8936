import type { PublicCell, PublicFigures } from '@/lib/mapping/public-model'
import { competencyNames } from '@/lib/sittings/model'
import { figureOf } from './figure'

/** The public figures as one tidy table, a group a line, and what its columns mean. Pure. */

export type PublicColumn = { key: string; kind: 'text' | 'count' | 'decimal'; type: string; unit: string; words: string }

const column = (key: string, kind: PublicColumn['kind'], unit: string, words: string): PublicColumn => ({
  key,
  kind,
  type: kind === 'text' ? 'teks' : kind === 'count' ? 'bilangan bulat' : 'bilangan desimal',
  unit,
  words,
})

/** The columns in their order: the data dictionary is made of the same list. */
export const publicColumns: readonly PublicColumn[] = [
  column('rangkaian', 'text', '', 'Nama rangkaian siklus pemetaan yang menjadi sumber angka.'),
  column('terbitan', 'count', '', 'Nomor terbitan di dalam rangkaian; angka satu terbitan tidak pernah berubah.'),
  column('kode_bagian', 'text', '', 'Kode kompetensi: 1 pedagogik, 2 kepribadian, 3 sosial, 4 profesional.'),
  column('bagian', 'text', '', 'Nama kompetensi.'),
  column('rincian', 'text', '', 'Menurut apa kelompok dirinci: provinsi, kabupaten_kota, jenjang, mapel, atau indikator.'),
  column(
    'kode',
    'text',
    '',
    'Kode kelompok: kode wilayah Kemendagri, kode jenjang, kode mata pelajaran, atau kode indikator kerangka kompetensi.',
  ),
  column('nama', 'text', '', 'Nama kelompok.'),
  column(
    'dasar',
    'text',
    '',
    'penguasaan: dari skor yang dikalibrasi dan dirilis; mentah: persen skor mentah. Keduanya tidak boleh dibandingkan.',
  ),
  column('butir', 'count', 'butir', 'Banyaknya butir per tes untuk indikator; kosong untuk rincian lain.'),
  column('guru_terdata', 'count', 'orang', 'Guru pada data satuan pendidikan saat terbitan disusun, dites maupun belum.'),
  column('n', 'count', 'orang', 'Guru yang dites dan masuk hitungan; kosong bila disembunyikan, 0 bila belum ada.'),
  column('cakupan_persen', 'decimal', 'persen', 'n dibagi guru_terdata.'),
  column('sekolah_dites', 'count', 'satuan pendidikan', 'Satuan pendidikan asal guru yang dites; kosong bila disembunyikan.'),
  column(
    'sekolah_belum_dites',
    'count',
    'satuan pendidikan',
    'Satuan pendidikan yang memiliki guru tetapi belum ada gurunya yang dites; kosong bila disembunyikan atau tidak berlaku.',
  ),
  column('rata_rata', 'decimal', 'persen', 'Rata-rata guru yang dites, 0–100, menurut dasar.'),
  column('rata_rata_plus_minus', 'decimal', 'poin persen', 'Separuh rentang kepercayaan 95 persen rata-rata, sekolah sebagai gugus.'),
  column(
    'kompeten_persen',
    'decimal',
    'persen',
    'Perkiraan persen guru yang mencapai batas kompeten; kosong bila batas atau skornya belum ditetapkan.',
  ),
  column('kompeten_plus_minus', 'decimal', 'poin persen', 'Separuh rentang kepercayaan 95 persen kompeten_persen, termasuk galat batas.'),
  column(
    'terhadap_wilayah_lain',
    'text',
    '',
    'di atas, sekitar, atau di bawah rata-rata wilayah lain seluruhnya; hanya untuk kabupaten_kota. Bukan peringkat.',
  ),
  column('keadaan', 'text', '', 'ditampilkan; gurunya sedikit; disembunyikan; belum ada data.'),
]

export const stateWords: Record<PublicCell['state'], string> = {
  shown: 'ditampilkan',
  hatched: 'gurunya sedikit',
  hidden: 'disembunyikan',
  empty: 'belum ada data',
}

type Value = string | number | null

/** What may be said of a group; the state decides, whatever figures are left in it. */
function valuesOf(c: PublicCell): Value[] {
  const figure = figureOf(c)
  if (figure === 'hidden') return [null, null, null, null, null, null, null, null, '']
  if (figure === 'empty') return [0, c.roster ? 0 : null, 0, c.untested, null, null, null, null, '']
  return [figure.n, figure.coverage, c.schools, c.untested, figure.mean, c.margin, c.share, c.shareMargin, c.compared ?? '']
}

/** Every group of every part; the province first. */
export function publicRows(figures: PublicFigures): Value[][] {
  return figures.parts.flatMap((p) => {
    const row = (kind: string, c: PublicCell & { items?: number }): Value[] => [
      figures.series,
      figures.number,
      p.part,
      competencyNames[p.part] ?? p.part,
      kind,
      c.code,
      c.name,
      kind === 'indikator' || p.basis === 'raw' ? 'mentah' : 'penguasaan',
      c.items ?? null,
      kind === 'indikator' ? null : c.roster,
      ...valuesOf(c),
      stateWords[c.state],
    ]
    return [
      row('provinsi', p.total),
      ...p.places.map((c) => row('kabupaten_kota', c)),
      ...p.levels.map((c) => row('jenjang', c)),
      ...p.subjects.map((c) => row('mapel', { ...c, untested: null })),
      ...p.indicators.map((c) => row('indikator', { ...c, untested: null })),
    ]
  })
}
