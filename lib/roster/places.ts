import { loose, tidy } from './clean-text'

/** Names of subjects and kabupaten as files write them. */

/** Official names of Dapodik first, then what people write; the subject's own name and aliases of the reference rows come beside them. */
const SUBJECTS: Record<string, string[]> = {
  MTK: [
    'Matematika (Umum)',
    'Matematika (Peminatan)',
    'Matematika (Wajib)',
    'Matematika Tingkat Lanjut',
    'MTK',
    'Mat',
    'Matematika Dasar',
    'Matematika Lanjut',
  ],
  BK: [
    'Bimbingan dan Konseling/Konselor (BP/BK)',
    'Bimbingan dan Konseling (Konselor)',
    'Bimbingan Konseling',
    'Bimbingan dan Penyuluhan',
    'BP',
    'Konselor',
    'Bimbingan',
  ],
  BIN: [
    'Bahasa Indonesia (Umum)',
    'Bahasa Indonesia Tingkat Lanjut',
    'Bahasa dan Sastra Indonesia',
    'Sastra Indonesia',
    'B. Indo',
    'B. Ind',
    'Bhs. Indo',
    'Bahasa Indo',
    'Bahasa Indonesia Lanjut',
  ],
  BIG: [
    'Bahasa Inggris (Umum)',
    'Bahasa Inggris Tingkat Lanjut',
    'Bahasa dan Sastra Inggris',
    'Sastra Inggris',
    'B. Ing',
    'B. Ingg',
    'Bhs. Ing',
    'Bahasa Inggris Wajib',
    'Bahasa Inggris Lanjut',
    'English',
  ],
  BIO: ['Biologi Tingkat Lanjut', 'Bio'],
  SEJ: [
    'Sejarah (Umum)',
    'Sejarah Tingkat Lanjut',
    'Sejarah Indonesia',
    'Sejarah (Peminatan)',
    'Sejarah Nasional Indonesia dan Umum',
    'Sejarah Dunia',
  ],
  PJOK: [
    'Pendidikan Jasmani, Olahraga, dan Kesehatan',
    'Pendidikan Jasmani dan Kesehatan',
    'Pendidikan Jasmani Olahraga Kesehatan',
    'Pendidikan Jasmani',
    'Penjas Orkes',
    'Penjaskesrek',
    'Penorkes',
    'Olahraga',
    'Pendidikan Olahraga',
    'Pendidikan Kesehatan Jasmani',
    'Orkes',
  ],
  INF: [
    'Informatika',
    'Informatika Tingkat Lanjut',
    'Teknologi Informasi dan Komunikasi',
    'Tehnologi Informasi dan Komunikasi',
    'Teknologi Informatika dan Komunikasi',
    'Keterampilan Komputer dan Pengelolaan Informasi',
    'Komputer',
    'Simdig',
    'Simulasi Digital',
  ],
  KIM: ['Kimia Tingkat Lanjut'],
  FIS: ['Fisika Tingkat Lanjut'],
  EKO: ['Ekonomi Tingkat Lanjut', 'Ekonomi/Akuntansi', 'Ekonomi Akuntansi', 'Ekonomi dan Akuntansi'],
  PPKN: [
    'Pendidikan Pancasila dan Kewarganegaraan (PPKn)',
    'Pendidikan Kewarganegaraan',
    'Pendidikan Kewarganegaraan (PKn)',
    'Kewarganegaraan',
    'P. Pancasila',
    'PMP',
    'Pancasila',
    'Pendidikan Kewarganegaraan dan Pancasila',
    'PP',
  ],
  GEO: ['Geografi Tingkat Lanjut', 'Geo'],
  SOS: ['Sosiologi Tingkat Lanjut', 'Sosiologi dan Antropologi', 'Sosiologi-Antropologi', 'Sosio'],
}

/** Thousands of rows say the same few words. */
function once(find: (text: string) => string | null): (text: string) => string | null {
  const found = new Map<string, string | null>()
  return (text) => {
    const known = found.get(text)
    if (known !== undefined) return known
    const now = find(text)
    found.set(text, now)
    return now
  }
}

export type KnownSubject = { code: string; name: string; aliases: string[] }

/** Finds the code of a subject; null for one that is not mapped, and for two subjects in one cell. */
export function subjectFinder(subjects: readonly KnownSubject[]): (text: string) => string | null {
  const by = new Map<string, string>()
  for (const s of subjects)
    for (const name of [s.code, s.name, ...s.aliases, ...(SUBJECTS[s.code] ?? [])]) if (!by.has(loose(name))) by.set(loose(name), s.code)
  const one = (text: string): string | null => by.get(loose(text)) ?? null
  return once((raw) => {
    const text = tidy(raw)
      .replace(/^guru\s+(?:mapel|mata\s+pelajaran|bidang\s+studi)?\s*[:.-]?\s*/i, '')
      .replace(/^(?:mapel|mata\s+pelajaran)\s*[:.-]?\s*/i, '')
      .replace(/\bpend\.?\s+/gi, 'Pendidikan ')
      .replace(/\bbhs\.?\s+/gi, 'Bahasa ')
    const whole =
      one(text) ?? one(text.replace(/[([].*?[)\]]/g, ' ')) ?? one(text.replace(/\b(?:kelas\s+)?(?:X{1,3}|XI{1,2}|1[0-2])\b.*$/, ''))
    if (whole) return whole
    const inside = [...text.matchAll(/[([](.*?)[)\]]/g)].map((m) => one(m[1]!)).find(Boolean)
    if (inside) return inside
    // Two names of one subject: "PPKn / Pendidikan Pancasila". Two subjects are not chosen between.
    const parts = text.split(/[/,;]|\s-\s/).map((p) => one(p.replace(/[([].*?[)\]]/g, ' ')))
    return parts.length > 1 && parts[0] && parts.every((p) => p === parts[0]) ? parts[0] : null
  })
}

export type KnownRegion = { id: string; name: string; shortName: string; aliases: string[] }

const DIRECTIONS: Record<string, string> = { sel: 'selatan', ut: 'utara', tim: 'timur', bar: 'barat', teng: 'tengah', tgh: 'tengah' }
/** Short forms that people write of a kabupaten or kota. */
export const SHORT: Record<string, string[]> = {
  'Tulang Bawang Barat': ['Tuba Barat', 'Tulang Bawang Brt', 'TBB'],
  'Bandar Lampung': ['B. Lampung', 'Bdr Lampung', 'Bandar Lmp', 'Bdl', 'B Lampung'],
  'Way Kanan': ['Waykanan', 'WK'],
}

/** Finds a kabupaten or kota by any of its spellings; codes are not believed, because two systems of them look alike. */
export function regionFinder(regions: readonly KnownRegion[]): (text: string) => string | null {
  const by = new Map<string, string>()
  for (const r of regions)
    for (const n of [r.name, r.shortName, ...r.aliases, ...(SHORT[r.shortName] ?? [])]) {
      by.set(loose(n), r.id)
      by.set(loose(`Kota ${n}`), r.id)
    }
  return once((raw) => {
    const text = tidy(raw)
      .replace(/[,(/-]\s*(?:prov(?:insi)?\.?\s*)?lampung\)?\s*$/i, '')
      .replace(/\bprov(?:insi)?\.?\s+lampung\s*$/i, '')
    const bare = text
      .replace(/^(?:(?:pemerintah|pemkab|pemkot)\s+)?(?:kabupaten|kab\b\.?)\s*(?:kab\b\.?\s*)?/i, '')
      .replace(/^(?:kotamadya|kodya|kota)\b\.?\s*(?:kota\s+)?/i, '')
    const long = bare.replace(/\b(sel|ut|tim|bar|teng|tgh)\b\.?/gi, (d) => DIRECTIONS[d.replace('.', '').toLowerCase()] ?? d)
    for (const t of [text, bare, long]) {
      const found = by.get(loose(t))
      if (found) return found
    }
    return null
  })
}
