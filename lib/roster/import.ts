import * as clean from './clean'
import { fieldNames, findHeader, templateExample, type Field, type HeaderMatch } from './columns'
import type { CellNote, Preview, PreviewRow, RosterRow } from './model'
import { ok, refuse, type Result } from '@/lib/platform/result'
import type { Grid } from '@/lib/platform/sheet'

/** What is known before the import: reference rows, schools and teachers. */
export type Known = {
  subjects: { code: string; name: string; aliases: string[] }[]
  regions: { id: string; name: string; shortName: string; aliases: string[] }[]
  levels: string[]
  schools: { id: string; npsn: string | null; name: string; regionId: string }[]
  teachers: KnownTeacher[]
}
export type KnownTeacher = { id: string; schoolId: string } & Pick<
  RosterRow,
  'name' | 'nuptk' | 'nip' | 'sex' | 'birthDate' | 'status' | 'role' | 'email' | 'phone' | 'subjectCode'
>

/** A school named by the file that we do not have yet, with enough said about it to be made. */
export type NewSchool = { key: string; npsn: string | null; name: string; levelCode: string; regionId: string }

export type Plan = { preview: Preview; newSchools: NewSchool[]; titles: Map<number, string> }

const compared = ['name', 'nuptk', 'nip', 'sex', 'birthDate', 'status', 'role', 'email', 'phone', 'subjectCode'] as const
const comparedNames: Record<(typeof compared)[number] | 'school', string> = {
  ...fieldNames,
  subjectCode: fieldNames.subject,
}

function levelFromName(name: string, levels: string[]): string | null {
  const first = clean.tidy(name).toUpperCase()
  return levels.find((l) => first.startsWith(l)) ?? (first.startsWith('SEKOLAH LUAR BIASA') ? 'SLB' : null)
}

class Matcher {
  private readonly subjectBy = new Map<string, string>()
  private readonly regionBy = new Map<string, string>()
  private readonly schoolByNpsn = new Map<string, string>()
  private readonly schoolByName = new Map<string, { id: string; regionId: string }[]>()
  readonly newSchools = new Map<string, NewSchool>()

  constructor(private readonly known: Known) {
    for (const s of known.subjects) for (const n of [s.code, s.name, ...s.aliases]) this.subjectBy.set(clean.loose(n), s.code)
    for (const r of known.regions)
      for (const n of [r.name, r.shortName, `Kab ${r.shortName}`, `Kota ${r.shortName}`, ...r.aliases])
        this.regionBy.set(clean.loose(n), r.id)
    for (const s of known.schools) this.learn(s)
  }
  private learn(s: { id: string; npsn: string | null; name: string; regionId: string }): void {
    if (s.npsn) this.schoolByNpsn.set(s.npsn, s.id)
    const key = clean.loose(s.name)
    this.schoolByName.set(key, [...(this.schoolByName.get(key) ?? []), s])
  }
  subject(text: string): string | null {
    return this.subjectBy.get(clean.loose(text.replace(/^guru\s+(mapel\s+)?/i, ''))) ?? null
  }
  region(text: string): string | null {
    return (
      this.regionBy.get(clean.loose(text.replace(/^(kabupaten|kab\.?)\s+(kab\.?\s+)?/i, ''))) ??
      this.regionBy.get(clean.loose(text)) ??
      null
    )
  }
  /** An id, or words that say what is missing. New schools get a key that stands for their id until they are written. */
  school(npsn: string | null, name: string | null, level: string | null, regionId: string | null): { id: string } | { missing: string } {
    if (npsn && this.schoolByNpsn.has(npsn)) return { id: this.schoolByNpsn.get(npsn)! }
    if (!npsn && name) {
      const found = (this.schoolByName.get(clean.loose(name)) ?? []).filter((s) => !regionId || s.regionId === regionId)
      if (found.length === 1) return { id: found[0]!.id }
      if (found.length > 1) return { missing: `Ada ${found.length} sekolah bernama "${name}". Tambahkan kolom NPSN.` }
    }
    if (!name)
      return {
        missing: npsn
          ? `Sekolah dengan NPSN ${npsn} belum terdaftar; tambahkan kolom Nama Sekolah, Jenjang, dan Kabupaten/Kota.`
          : 'Sekolah tidak disebut. Isi kolom NPSN, atau pilih sekolah saat mengunggah.',
      }
    const levelCode = this.known.levels.find((l) => l === (level ?? '').toUpperCase()) ?? levelFromName(name, this.known.levels)
    if (!levelCode)
      return { missing: `Sekolah "${name}" belum terdaftar dan jenjangnya tidak dikenal. Isi kolom Jenjang (SMA, SMK, SLB, SMP, SD).` }
    if (!regionId) return { missing: `Sekolah "${name}" belum terdaftar dan kabupaten/kotanya tidak dikenal. Isi kolom Kabupaten/Kota.` }
    const key = `baru:${npsn ?? `${clean.loose(name)}|${regionId}`}`
    if (!this.newSchools.has(key)) this.newSchools.set(key, { key, npsn, name, levelCode, regionId })
    return { id: key }
  }
}

/** What the title rows above a Dapodik header say: the school and its kabupaten. */
function readTitle(
  rows: string[][],
  header: HeaderMatch,
  matcher: Matcher,
  levels: string[],
): { school: string | null; regionId: string | null } {
  let school: string | null = null
  let regionId: string | null = null
  for (const row of rows.slice(0, header.row)) {
    for (const cell of row) {
      const text = clean.tidy(cell)
      if (!school && levelFromName(text, levels)) school = text
      const region = /(?:kabupaten|kab\.|kota)\s+(?:kab\.?\s+|kota\s+)?([^,;]+)/i.exec(text)
      if (!regionId && region) regionId = matcher.region(region[0]) ?? matcher.region(region[1]!)
    }
  }
  return { school, regionId }
}

/**
 * Turns rows of text into a plan: every row new, changed, unchanged or rejected, with words at the cell. Pure; writes nothing.
 * `defaultNpsn` is the school chosen on the upload page for files that name none. A file never empties what we know:
 * a blank cell leaves the stored value.
 */
export function planImport(fileName: string, grid: Grid, known: Known, defaultNpsn: string | null = null): Result<Plan> {
  const header = findHeader(grid.rows)
  if (!header) {
    return refuse(
      'header',
      'Baris judul kolom tidak ditemukan. Berkas harus memuat sedikitnya kolom Nama dan NUPTK, NIP, atau NPSN pada 40 baris pertama. Unduh templat kami sebagai contoh.',
    )
  }
  const matcher = new Matcher(known)
  const title = readTitle(grid.rows, header, matcher, known.levels)
  const byNuptk = new Map(known.teachers.filter((t) => t.nuptk).map((t) => [t.nuptk!, t]))
  const byNip = new Map(known.teachers.filter((t) => t.nip).map((t) => [t.nip!, t]))
  const personKey = (name: string, schoolId: string, birth: string | null) => `${clean.loose(name)}|${schoolId}|${birth ?? ''}`
  const byPerson = new Map<string, KnownTeacher[]>()
  for (const t of known.teachers) {
    const key = personKey(t.name, t.schoolId, t.birthDate)
    byPerson.set(key, [...(byPerson.get(key) ?? []), t])
  }

  const notes: CellNote[] = []
  const rows: PreviewRow[] = []
  const titles = new Map<number, string>()
  const seen = new Map<string, number>()
  const counts = { rows: 0, new: 0, changed: 0, unchanged: 0, rejected: 0 }

  for (let r = header.row + 1; r < grid.rows.length; r++) {
    const cells = grid.rows[r]!
    const rowNumber = r + 1
    const at = (field: Field): string => cells[header.columns.get(field) ?? -1] ?? ''
    if (!cells.some((c) => clean.tidy(c))) continue
    if (!clean.tidy(at('name')) && !clean.tidy(at('nuptk')) && !clean.tidy(at('nip'))) continue
    if (at('name') === templateExample.name && at('nuptk') === templateExample.nuptk) continue
    counts.rows++
    let rejected = false
    const say = (field: Field, kind: CellNote['kind'], message: string) => {
      notes.push({ row: rowNumber, column: fieldNames[field], kind, message })
      if (kind === 'error') rejected = true
    }
    const take = <T>(field: Field, cleaned: clean.Cleaned<T>): T => {
      if (cleaned.error) say(field, 'error', cleaned.error)
      if (cleaned.warning) say(field, 'warning', cleaned.warning)
      if (cleaned.repaired) say(field, 'repaired', cleaned.repaired)
      return cleaned.value
    }
    const named = clean.cleanName(at('name'))
    const name = take('name', named)
    if (named.title) titles.set(rowNumber, named.title)
    const nuptk = take('nuptk', clean.cleanIdentifier(at('nuptk'), 'NUPTK', 16))
    const nip = take('nip', clean.cleanIdentifier(at('nip'), 'NIP', 18))
    const sex = take('sex', clean.cleanSex(at('sex')))
    const birthDate = take('birthDate', clean.cleanDate(at('birthDate'), nip))
    const status = take('status', clean.cleanStatus(at('status')))
    const email = take('email', clean.cleanEmail(at('email')))
    const phone = take('phone', clean.cleanPhone(at('phone')))
    const role = clean.tidy(at('role')) || null
    if (nip) for (const words of clean.nipContradictions(nip, birthDate, sex)) say('nip', 'warning', words)
    const subjectText = clean.tidy(at('subject'))
    const subjectCode = subjectText ? matcher.subject(subjectText) : /\bbk\b|bimbingan/i.test(role ?? '') ? 'BK' : null
    if (subjectText && !subjectCode)
      say('subject', 'warning', `Mata pelajaran "${subjectText}" bukan salah satu dari 14 mata pelajaran yang dipetakan; dikosongkan.`)

    const npsn = take('npsn', clean.cleanNpsn(at('npsn'))) ?? (header.columns.has('npsn') ? null : defaultNpsn)
    const schoolName = clean.tidy(at('school')) || (header.columns.has('school') ? null : title.school)
    const regionText = clean.tidy(at('region'))
    const regionId = regionText ? matcher.region(regionText) : title.regionId
    if (regionText && !regionId) say('region', 'warning', `Kabupaten/kota "${regionText}" tidak dikenal.`)
    const school = matcher.school(npsn, schoolName, clean.tidy(at('level')) || null, regionId)
    let schoolId: string | null = null
    if ('id' in school) schoolId = school.id
    else say(header.columns.has('npsn') ? 'npsn' : 'school', 'error', school.missing)

    const ownKeys = [nuptk && `NUPTK ${nuptk}`, nip && `NIP ${nip}`].filter((k): k is string => Boolean(k))
    if (!ownKeys.length && schoolId && name) ownKeys.push(`nama ${personKey(name, schoolId, birthDate)}`)
    const twin = ownKeys.find((k) => seen.has(k))
    if (twin)
      say(
        twin.startsWith('NIP') ? 'nip' : twin.startsWith('NUPTK') ? 'nuptk' : 'name',
        'error',
        `Ganda: orang ini sudah ada di baris ${seen.get(twin)}. Baris ini dilewati.`,
      )
    else for (const k of ownKeys) seen.set(k, rowNumber)

    const viaNuptk = nuptk ? byNuptk.get(nuptk) : undefined
    const viaNip = nip ? byNip.get(nip) : undefined
    if (viaNuptk && viaNip && viaNuptk.id !== viaNip.id)
      say('nip', 'error', `NUPTK milik ${viaNuptk.name}, tetapi NIP milik ${viaNip.name}. Periksa salah satunya.`)
    const samePerson =
      !viaNuptk && !viaNip && schoolId
        ? (byPerson.get(personKey(name, schoolId, birthDate)) ?? []).filter((t) => (!t.nuptk || !nuptk) && (!t.nip || !nip))
        : []
    if (samePerson.length > 1)
      say(
        'name',
        'error',
        `Ada ${samePerson.length} guru bernama sama di sekolah ini; tanpa NUPTK atau NIP tidak dapat dipastikan yang mana.`,
      )
    const existing = viaNuptk ?? viaNip ?? samePerson[0]

    const data: RosterRow = { name, nuptk, nip, sex, birthDate, status, role, email, phone, subjectCode, npsn, schoolName }
    const changes: PreviewRow['changes'] = []
    if (existing && !rejected) {
      for (const field of compared) {
        const to = data[field]
        if (to !== null && to !== '' && to !== existing[field]) changes.push({ field: comparedNames[field], from: existing[field], to })
      }
      if (schoolId !== existing.schoolId) changes.push({ field: comparedNames.school, from: existing.schoolId, to: schoolId })
    }
    const verdict = rejected ? 'rejected' : !existing ? 'new' : changes.length ? 'changed' : 'unchanged'
    counts[verdict]++
    rows.push({ row: rowNumber, verdict, teacherId: existing?.id ?? null, schoolId, data, changes })
  }
  if (counts.rows === 0) return refuse('empty', 'Di bawah baris judul tidak ada satu guru pun.')
  const used = new Set(rows.filter((x) => x.verdict !== 'rejected').map((x) => x.schoolId))
  return ok({
    preview: {
      fileName,
      sheet: grid.sheet,
      headerRow: header.row + 1,
      format: header.dapodik ? 'dapodik' : 'template',
      counts,
      used: header.used,
      dropped: header.dropped,
      notes,
      rows,
    },
    newSchools: [...matcher.newSchools.values()].filter((s) => used.has(s.key)),
    titles,
  })
}
