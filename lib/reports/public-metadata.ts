import type { PublicFigures } from '@/lib/mapping/public-model'
import { formatDate } from '@/lib/platform/format'
import { publicColumns } from './public-table'

/**
 * The three sheets of metadata that Peraturan BPS 5/2020 asks of statistics: the activity, its variables, its indicators. Pure. What only the
 * offices know is left to them and says so.
 */

export type Sheet = { name: string; head: string[]; rows: string[][] }

const OFFICES = 'Balai Guru dan Tenaga Kependidikan (BGTK) Provinsi Lampung bersama Dinas Pendidikan dan Kebudayaan Provinsi Lampung'
const OPEN = 'Diisi oleh penyelenggara'

/** Metadata of the activity. */
function activity(f: PublicFigures, ground: readonly string[]): Sheet {
  const years = [...new Set(f.cycles.map((c) => c.startsOn.slice(0, 4)))].join(', ')
  const rows: [string, string][] = [
    ['Judul kegiatan', `Pemetaan kompetensi guru Provinsi Lampung: ${f.series}${f.simulated ? ' (DATA SIMULASI)' : ''}`],
    ['Tahun', years || '–'],
    ['Cara pengumpulan data', 'Pencacahan guru yang ditugaskan pada setiap gelombang; bukan sampel acak'],
    ['Sektor kegiatan', 'Pendidikan'],
    ['Identitas rekomendasi', OPEN],
    ['Instansi penyelenggara', OFFICES],
    ['Alamat, telepon, surel penyelenggara', OPEN],
    ['Penanggung jawab', OPEN],
    ['Latar belakang', 'Bantuan belajar bagi guru memerlukan gambaran kekuatan dan area penguatan yang diketahui ketelitiannya.'],
    ['Tujuan', 'Memetakan kompetensi profesional, pedagogik, kepribadian, dan sosial guru menurut wilayah, jenjang, dan mata pelajaran.'],
    ['Jadwal pengumpulan data', f.cycles.map((c) => `${c.name} (mulai ${formatDate(new Date(c.startsOn))})`).join('; ') || '–'],
    ['Tes terakhir', f.lastClosed ? formatDate(f.lastClosed) : '–'],
    ['Frekuensi', 'Berulang, menurut gelombang'],
    ['Tipe pengumpulan data', 'Potong lintang; ukur ulang atas orang yang sama diterbitkan terpisah'],
    ['Cakupan wilayah', 'Seluruh kabupaten/kota di Provinsi Lampung'],
    ['Metode pengumpulan data', 'Tes tertulis terawasi pada ponsel atau komputer'],
    ['Unit pengumpulan data', 'Guru'],
    ['Unit analisis', 'Guru; sekolah sebagai gugus dalam galat'],
    ['Rancangan sampel', 'Tidak ada; angka adalah guru yang dites, bukan perkiraan bagi yang belum dites'],
    [
      'Pengolahan',
      'Kalibrasi butir dengan teori respons butir, pengukuran, dan agregasi per kelompok; instrumen yang belum dikalibrasi disajikan sebagai skor mentah',
    ],
    ['Metode galat', 'CR2 dengan derajat bebas Satterthwaite; persen kompeten memuat galat batas kompeten'],
    ['Batas Kompeten dan reliabilitas', ground.join(' ') || 'Semua batas diputuskan dari panel pakar'],
    ['Tingkat penyajian', 'Provinsi; kabupaten/kota; jenjang; mata pelajaran; indikator kompetensi'],
    [
      'Pengendalian pengungkapan',
      `Kelompok di bawah ${f.rules.hideBelow} guru, kelompok kurang dari tiga satuan pendidikan, dan kelompok yang dapat membukanya disembunyikan`,
    ],
    ['Terbitan', `Terbitan ke-${f.number} rangkaian ${f.series}, ${formatDate(f.publishedAt)}, sidik ${f.seal}`],
    ['Diseminasi', 'Halaman publik dan berkas .csv, .xlsx, .json; data mikro tidak disebarluaskan'],
  ]
  return { name: 'Metadata kegiatan', head: ['Rincian', 'Isi'], rows }
}

const variable = (name: string, concept: string, definition: string, reference: string, type: string, classes: string, open: string) => [
  name,
  concept,
  definition,
  reference,
  type,
  classes,
  open,
]

/** Metadata of the variables that are collected. */
const variables = (): Sheet => ({
  name: 'Metadata variabel',
  head: ['Nama variabel', 'Konsep', 'Definisi', 'Referensi waktu', 'Tipe data', 'Klasifikasi isian', 'Dapat diakses umum'],
  rows: [
    variable(
      'Jawaban butir',
      'Respons tes',
      'Jawaban seorang guru atas satu butir tes.',
      'Saat tes',
      'Teks',
      'Menurut jenis butir',
      'Tidak',
    ),
    variable('Skor mentah', 'Kompetensi', 'Persen nilai penuh seorang guru pada satu bagian tes.', 'Saat tes', 'Desimal', '0–100', 'Tidak'),
    variable(
      'Penguasaan',
      'Kompetensi',
      'Persen bahan rujukan yang dikuasai seorang guru menurut model respons butir.',
      'Saat tes',
      'Desimal',
      '0–100',
      'Tidak',
    ),
    variable(
      'Kabupaten/kota',
      'Wilayah',
      'Tempat satuan pendidikan guru saat tes.',
      'Saat tes',
      'Kode',
      'Kode Kemendagri',
      'Ya, sebagai kelompok',
    ),
    variable('Satuan pendidikan', 'Tempat tugas', 'Satuan pendidikan guru saat tes.', 'Saat tes', 'Kode', 'NPSN', 'Tidak'),
    variable('Jenjang', 'Pendidikan', 'Jenjang satuan pendidikan.', 'Saat tes', 'Kode', 'Daftar jenjang', 'Ya, sebagai kelompok'),
    variable(
      'Mata pelajaran',
      'Pendidikan',
      'Mata pelajaran yang diampu guru.',
      'Saat tes',
      'Kode',
      'Daftar mata pelajaran',
      'Ya, sebagai kelompok',
    ),
  ],
})

/** Metadata of the indicators that are published. */
const indicators = (f: PublicFigures): Sheet => ({
  name: 'Metadata indikator',
  head: [
    'Nama indikator',
    'Konsep',
    'Definisi',
    'Interpretasi',
    'Metode penghitungan',
    'Ukuran',
    'Satuan',
    'Klasifikasi penyajian',
    'Komposit',
    'Dapat diakses umum',
  ],
  rows: [
    [
      'Rata-rata penguasaan',
      'Kompetensi guru',
      'Rata-rata penguasaan guru yang dites dalam satu kelompok.',
      'Makin tinggi, makin banyak bahan rujukan yang dikuasai. Bukan peringkat.',
      'Jumlah penguasaan dibagi banyaknya guru terukur',
      'Rata-rata',
      'Persen',
      'Provinsi, kabupaten/kota, jenjang, mata pelajaran',
      'Tidak',
      'Ya',
    ],
    [
      'Rata-rata skor mentah',
      'Kompetensi guru',
      'Rata-rata persen nilai penuh guru yang dites; juga per indikator kerangka kompetensi.',
      'Bergantung pada sukarnya butir; tidak dapat dibandingkan antartes.',
      'Jumlah persen dibagi banyaknya guru',
      'Rata-rata',
      'Persen',
      'Provinsi, kabupaten/kota, jenjang, mata pelajaran, indikator',
      'Tidak',
      'Ya',
    ],
    [
      'Persen kompeten',
      'Kompetensi guru',
      'Perkiraan bagian guru yang dites yang mencapai batas kompeten.',
      'Perkiraan bagi kelompok, bukan hitungan orang satu per satu.',
      'Regresi laten: peluang setiap guru mencapai batas di bawah sebaran kelompoknya, dirata-rata',
      'Proporsi',
      'Persen',
      'Provinsi, kabupaten/kota, jenjang, mata pelajaran',
      'Tidak',
      'Ya',
    ],
    [
      'Cakupan',
      'Keterwakilan',
      'Guru yang dites dibagi guru terdata.',
      'Makin rendah, makin sedikit yang dikatakan angka lain tentang seluruh guru.',
      'n dibagi guru terdata',
      'Rasio',
      'Persen',
      'Provinsi, kabupaten/kota, jenjang, mata pelajaran',
      'Tidak',
      'Ya',
    ],
    [
      'Satuan pendidikan belum dites',
      'Keterwakilan',
      'Satuan pendidikan yang memiliki guru tetapi belum ada gurunya yang dites.',
      'Menunjukkan tempat yang belum dipetakan.',
      'Hitungan',
      'Jumlah',
      'Satuan pendidikan',
      'Provinsi, kabupaten/kota, jenjang',
      'Tidak',
      'Ya',
    ],
  ].map((r) => (f.simulated ? [`${r[0]} (data simulasi)`, ...r.slice(1)] : r)),
})

/** What every column of the data means. */
const dictionary = (): Sheet => ({
  name: 'Kamus data',
  head: ['Kolom', 'Tipe', 'Satuan', 'Arti'],
  rows: publicColumns.map((c) => [c.key, c.type, c.unit || '–', c.words]),
})

/** The dictionary and the three sheets of metadata. */
/** `ground`: what stands beside figures that a cut decides. */
export const sheetsOf = (f: PublicFigures, ground: readonly string[]): Record<'kamus' | 'kegiatan' | 'variabel' | 'indikator', Sheet> => ({
  kamus: dictionary(),
  kegiatan: activity(f, ground),
  variabel: variables(),
  indikator: indicators(f),
})
