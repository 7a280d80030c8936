import { uuidv7 } from 'uuidv7'
import { sql } from '@/lib/platform/db'

/** Reference rows of Lampung: regions with three code schemes, levels, subjects, the competency framework. Idempotent. */

// kemendagri, bps, name, short, kind, capital, lat, lon, km², population, spellings met in spreadsheets
// Codes and figures: Kepmendagri 300.2.2-2138/2025 and 300.2.2-2430/2025; BPS. Ministry codes follow the Kemendagri order.
const regions: [string, string, string, string, string, string, number, number, number, number, string[]][] = [
  ['18.01', '1803', 'Kabupaten Lampung Selatan', 'Lampung Selatan', 'kabupaten', 'Kalianda', -5.53, 105.501, 2227.4, 1124683, ['Lamsel']],
  [
    '18.02',
    '1805',
    'Kabupaten Lampung Tengah',
    'Lampung Tengah',
    'kabupaten',
    'Gunung Sugih',
    -4.856,
    105.272,
    4559.6,
    1394395,
    ['Lamteng'],
  ],
  ['18.03', '1806', 'Kabupaten Lampung Utara', 'Lampung Utara', 'kabupaten', 'Kotabumi', -4.797, 104.807, 2669.3, 675626, ['Lampura']],
  ['18.04', '1801', 'Kabupaten Lampung Barat', 'Lampung Barat', 'kabupaten', 'Liwa', -5.051, 104.253, 2110.1, 313756, ['Lambar']],
  [
    '18.05',
    '1808',
    'Kabupaten Tulang Bawang',
    'Tulang Bawang',
    'kabupaten',
    'Menggala',
    -4.373,
    105.528,
    3118.6,
    440040,
    ['Tulangbawang', 'Tuba'],
  ],
  ['18.06', '1802', 'Kabupaten Tanggamus', 'Tanggamus', 'kabupaten', 'Kota Agung', -5.428, 104.674, 2947.2, 641036, []],
  ['18.07', '1804', 'Kabupaten Lampung Timur', 'Lampung Timur', 'kabupaten', 'Sukadana', -5.131, 105.649, 3860.5, 1122605, ['Lamtim']],
  ['18.08', '1807', 'Kabupaten Way Kanan', 'Way Kanan', 'kabupaten', 'Blambangan Umpu', -4.514, 104.606, 3522.1, 495058, ['Waykanan']],
  ['18.09', '1809', 'Kabupaten Pesawaran', 'Pesawaran', 'kabupaten', 'Gedong Tataan', -5.473, 105.115, 1286.8, 501047, []],
  ['18.10', '1810', 'Kabupaten Pringsewu', 'Pringsewu', 'kabupaten', 'Pringsewu', -5.336, 104.933, 617.2, 444834, []],
  ['18.11', '1811', 'Kabupaten Mesuji', 'Mesuji', 'kabupaten', 'Mesuji', -4.025, 105.378, 2200.4, 241280, []],
  [
    '18.12',
    '1812',
    'Kabupaten Tulang Bawang Barat',
    'Tulang Bawang Barat',
    'kabupaten',
    'Panaragan',
    -4.426,
    105.087,
    1257.1,
    312516,
    ['Tubaba', 'Tulangbawang Barat'],
  ],
  ['18.13', '1813', 'Kabupaten Pesisir Barat', 'Pesisir Barat', 'kabupaten', 'Krui', -5.336, 104.163, 2937.5, 177430, ['Pesibar']],
  [
    '18.71',
    '1871',
    'Kota Bandar Lampung',
    'Bandar Lampung',
    'kota',
    'Bandar Lampung',
    -5.414,
    105.262,
    183.7,
    1077664,
    ['Bandarlampung', 'Balam'],
  ],
  ['18.72', '1872', 'Kota Metro', 'Metro', 'kota', 'Metro', -5.117, 105.308, 73.2, 182293, []],
]

const ministryCode = (kemendagri: string): string => {
  const n = kemendagri.slice(3)
  if (n === '71') return '126000'
  if (n === '72') return '126100'
  return `12${n}00`
}

const levels: [string, string, boolean][] = [
  ['PAUD', 'Pendidikan Anak Usia Dini', false],
  ['SD', 'Sekolah Dasar', false],
  ['SMP', 'Sekolah Menengah Pertama', false],
  ['SMA', 'Sekolah Menengah Atas', true],
  ['SMK', 'Sekolah Menengah Kejuruan', true],
  ['SLB', 'Sekolah Luar Biasa', true],
]

export const subjects: [string, string, string[]][] = [
  ['MTK', 'Matematika', ['MAT', 'Matematika Umum', 'Matematika Wajib', 'Matematika Peminatan']],
  ['BK', 'Bimbingan dan Konseling', ['Bimbingan Konseling', 'BP', 'BP/BK', 'Bimbingan & Konseling']],
  ['BIN', 'Bahasa Indonesia', ['B. Indonesia', 'Bhs Indonesia', 'Bhs. Indonesia', 'BINDO']],
  ['BIG', 'Bahasa Inggris', ['B. Inggris', 'Bhs Inggris', 'Bhs. Inggris', 'BING']],
  ['BIO', 'Biologi', []],
  ['SEJ', 'Sejarah', ['Sejarah Indonesia']],
  [
    'PJOK',
    'PJOK',
    ['Penjas', 'Penjasorkes', 'Penjaskes', 'Pendidikan Jasmani, Olahraga, dan Kesehatan', 'Pendidikan Jasmani Olahraga dan Kesehatan'],
  ],
  ['INF', 'TIK/Informatika', ['TIK', 'Informatika', 'TIK dan Informatika', 'KKPI', 'Simulasi dan Komunikasi Digital']],
  ['KIM', 'Kimia', []],
  ['FIS', 'Fisika', []],
  ['EKO', 'Ekonomi', []],
  ['PPKN', 'PKn/Pendidikan Pancasila', ['PKn', 'PPKn', 'Pendidikan Pancasila', 'Pendidikan Pancasila dan Kewarganegaraan']],
  ['GEO', 'Geografi', []],
  ['SOS', 'Sosiologi', []],
]

/** Indicators and sub-indicators of Perdirjen GTK 2626/2023, in our short wording. */
export const framework: [string, string][] = [
  ['1', 'Pedagogik'],
  ['2', 'Kepribadian'],
  ['3', 'Sosial'],
  ['4', 'Profesional'],
  ['1.1', 'Lingkungan belajar aman dan nyaman'],
  ['1.1.1', 'Menangani perilaku murid yang menantang'],
  ['1.1.2', 'Mengelola kelas yang berpusat pada murid'],
  ['1.1.3', 'Menumbuhkan rasa aman dan nyaman selama belajar'],
  ['1.2', 'Pembelajaran efektif berpusat pada murid'],
  ['1.2.1', 'Menyusun rancangan pembelajaran yang runtut menuju tujuan'],
  ['1.2.2', 'Mengaitkan rancangan dengan konteks sekolah dan melibatkan murid'],
  ['1.2.3', 'Memilih dan memakai sumber belajar sesuai tujuan'],
  ['1.2.4', 'Memakai strategi dan komunikasi yang memicu minat dan nalar kritis'],
  ['1.2.5', 'Memakai TIK secara adaptif'],
  ['1.3', 'Asesmen, umpan balik, dan pelaporan'],
  ['1.3.1', 'Merancang asesmen'],
  ['1.3.2', 'Melaksanakan asesmen'],
  ['1.3.3', 'Memberi umpan balik'],
  ['1.3.4', 'Menyusun laporan capaian'],
  ['1.3.5', 'Mengomunikasikan laporan capaian'],
  ['2.1', 'Kematangan moral, emosi, dan spiritual sesuai kode etik'],
  ['2.1.1', 'Memaknai tujuan menjadi guru berlandaskan moral dan iman'],
  ['2.1.2', 'Mengelola emosi dalam peran sebagai pendidik'],
  ['2.1.3', 'Menerapkan kode etik guru'],
  ['2.2', 'Pengembangan diri melalui kebiasaan refleksi'],
  ['2.2.1', 'Berefleksi dan merencanakan pengembangan diri'],
  ['2.2.2', 'Memakai cara yang adaptif untuk mengembangkan diri'],
  ['2.2.3', 'Menerapkan hasil pengembangan diri di kelas'],
  ['2.3', 'Orientasi berpusat pada murid'],
  ['2.3.1', 'Berinteraksi secara aktif dan empatik'],
  ['2.3.2', 'Menghormati hak murid'],
  ['2.3.3', 'Peduli pada keselamatan dan keamanan murid'],
  ['3.1', 'Kolaborasi untuk meningkatkan pembelajaran'],
  ['3.1.1', 'Berkomunikasi efektif dengan warga sekolah'],
  ['3.1.2', 'Menata tugas bersama rekan sejawat'],
  ['3.1.3', 'Berinisiatif menyumbang pada tujuan bersama'],
  ['3.2', 'Keterlibatan orang tua/wali dan masyarakat'],
  ['3.2.1', 'Mendampingi orang tua mendukung belajar di rumah'],
  ['3.2.2', 'Melibatkan pengetahuan dan keahlian orang tua serta masyarakat'],
  ['3.3', 'Organisasi profesi dan jejaring'],
  ['3.3.1', 'Berperan memecahkan masalah pembelajaran dalam organisasi dan jejaring'],
  ['3.3.2', 'Berbagi praktik baik dan karya'],
  ['4.1', 'Pengetahuan konten dan cara mengajarkannya'],
  ['4.1.1', 'Memahami struktur dan alur ilmu bidangnya'],
  ['4.1.2', 'Mengenali konten yang relevan dengan tujuan'],
  ['4.1.3', 'Menata konten untuk pembelajaran'],
  ['4.2', 'Karakteristik dan cara belajar murid'],
  ['4.2.1', 'Memahami tahap perkembangan dan karakteristik murid'],
  ['4.2.2', 'Memahami latar sosial, budaya, agama, dan ekonomi murid'],
  ['4.2.3', 'Memahami potensi, minat, dan cara belajar murid'],
  ['4.2.4', 'Memahami kebutuhan murid penyandang disabilitas'],
  ['4.2.5', 'Memahami keragaman kebutuhan untuk pembelajaran inklusif'],
  ['4.3', 'Kurikulum dan cara menggunakannya'],
  ['4.3.1', 'Memakai kurikulum dalam pembelajaran'],
  ['4.3.2', 'Memakai asesmen untuk memperbaiki pembelajaran'],
  ['4.3.3', 'Memakai strategi pembelajaran'],
  ['4.3.4', 'Memakai strategi untuk literasi dan numerasi'],
]

const kinds = ['competency', 'indicator', 'subindicator']

/** Writes the reference rows that are missing; existing rows keep their ids. */
export async function loadReference(): Promise<void> {
  const region = `INSERT INTO region (id, kemendagri_code, bps_code, ministry_code, name, short_name, kind, capital, lat, lon, area_km2, population, aliases, parent_id)
    VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,(SELECT id FROM region WHERE kemendagri_code = $14)) ON CONFLICT (kemendagri_code) DO NOTHING`
  await sql(region, [
    uuidv7(),
    '18',
    '18',
    '120000',
    'Provinsi Lampung',
    'Lampung',
    'provinsi',
    'Bandar Lampung',
    -4.95,
    105.0,
    33570.8,
    9144263,
    [],
    null,
  ])
  for (const [kemendagri, bps, name, short, kind, capital, lat, lon, area, population, aliases] of regions) {
    await sql(region, [
      uuidv7(),
      kemendagri,
      bps,
      ministryCode(kemendagri),
      name,
      short,
      kind,
      capital,
      lat,
      lon,
      area,
      population,
      aliases,
      '18',
    ])
  }
  for (const [sort, [code, name, active]] of levels.entries()) {
    await sql(`INSERT INTO education_level (id, code, name, sort, active) VALUES ($1,$2,$3,$4,$5) ON CONFLICT (code) DO NOTHING`, [
      uuidv7(),
      code,
      name,
      sort,
      active,
    ])
  }
  for (const [sort, [code, name, aliases]] of subjects.entries()) {
    await sql(`INSERT INTO subject (id, code, name, aliases, sort) VALUES ($1,$2,$3,$4,$5) ON CONFLICT (code) DO NOTHING`, [
      uuidv7(),
      code,
      name,
      aliases,
      sort,
    ])
  }
  for (const [code, title] of [...framework].sort((a, b) => a[0].length - b[0].length)) {
    const depth = code.split('.').length
    await sql(
      `INSERT INTO framework_node (id, code, kind, title, parent_id) VALUES ($1,$2,$3,$4,(SELECT id FROM framework_node WHERE code = $5)) ON CONFLICT (code) DO NOTHING`,
      [uuidv7(), code, kinds[depth - 1], title, depth === 1 ? null : code.slice(0, code.lastIndexOf('.'))],
    )
  }
}

/** Codes of province and kabupaten/kota, in the order of their rows. */
export const regionCodes = ['18', ...regions.map(([code]) => code)]

/** Ids of the reference rows by their codes. */
export type Ids = { regions: Map<string, string>; levels: Map<string, string>; subjects: Map<string, string> }

export async function referenceIds(): Promise<Ids> {
  const map = async (text: string) => new Map((await sql<{ code: string; id: string }>(text)).map((r) => [r.code, r.id]))
  return {
    regions: await map(`SELECT kemendagri_code AS code, id FROM region`),
    levels: await map(`SELECT code, id FROM education_level`),
    subjects: await map(`SELECT code, id FROM subject`),
  }
}
