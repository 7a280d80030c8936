import * as clean from './clean'
import { looksOf } from './looks'
import { keepMainSchool } from './second'
import { fieldNames, type Field } from './columns'
import type { Ask, CellNote, Choices, Preview, PreviewRow, RosterRow } from './model'
import { personFinder, type KnownTeacher, type RowPerson } from './people'
import { NAMELESS, pickSheets, unreadColumns, type Picked } from './pick'
import { regionFinder, subjectFinder } from './places'
import { levelFromName, schoolFinder, type KnownSchool, type NewSchool, type Question } from './schools'
import { ok, type Result } from '@/lib/platform/result'
import { problemWords, type CellProblem, type SheetFile } from '@/lib/platform/sheet-model'

/** What is known before the import: reference rows, schools, teachers, and what the office answered earlier. */
export type Known = {
  subjects: { code: string; name: string; aliases: string[] }[]
  regions: { id: string; name: string; shortName: string; aliases: string[] }[]
  levels: string[]
  schools: KnownSchool[]
  teachers: KnownTeacher[]
  /** Remembered answers: fields of headers, schools and persons by the key of the question. */
  remembered?: { kind: 'header' | 'answer'; key: string; value: string }[]
}
/** `titles`: degrees by sheet and row. */
export type Plan = { preview: Preview; newSchools: NewSchool[]; titles: Map<string, string> }
export const rowKey = (r: { sheet: string; row: number }): string => `${r.sheet}|${r.row}`

const compared = ['name', 'nuptk', 'nip', 'sex', 'birthDate', 'status', 'role', 'email', 'phone', 'subjectCode'] as const
const comparedNames: Record<(typeof compared)[number] | 'school', string> = {
  ...fieldNames,
  subjectCode: fieldNames.subject,
}

/** What the title rows above a Dapodik header say: the school and its kabupaten. */
function readTitle(
  { sheet, header, from }: Picked,
  region: (text: string) => string | null,
  levels: string[],
): { school: string | null; regionId: string | null } {
  let school: string | null = null
  let regionId: string | null = null
  for (const row of sheet.rows.slice(from, header.row - header.height + 1)) {
    for (const cell of row) {
      const text = clean.tidy(cell)
      const named = /\b((?:SMA|SMK|SLB|SMP|SD)[NS]?\b.*)$/i.exec(text)?.[1]
      if (!school && levelFromName(text, levels)) school = text
      else if (!school && named && levelFromName(named, levels)) school = named
      const found = /(?:kabupaten|kab\.|kota)\s+(?:kab\.?\s+|kota\s+)?([^,;]+)/i.exec(text)
      if (!regionId && found) regionId = region(found[0]) ?? region(found[1]!)
    }
  }
  return { school, regionId }
}

const ROUNDED =
  'Semua NUPTK di kolom ini berakhiran 0: digit terakhirnya kemungkinan dihapus Excel, yang hanya menyimpan 15 angka. NUPTK dikosongkan. Ubah kolom menjadi Teks di berkas asal, lalu isi ulang.'

/** L or P by the column that is ticked; nothing where none or both are. */
const tickedSex = (cells: readonly string[], { L, P }: { L: number; P: number }): string => {
  const [l, p] = [L, P].map((c) => !clean.isAbsent(clean.tidy(cells[c] ?? '')))
  return l === p ? '' : l ? 'L' : 'P'
}

export type PlanOptions = { npsn?: string | null; choices?: Choices }

/**
 * Turns the sheets of a file into a plan: every row new, changed, unchanged, asked about or rejected, with words at the cell, and every
 * other row named with the reason why it is no teacher. Pure; writes nothing. `npsn` is the school chosen on the upload page for files
 * that name none. A file never empties what we know: a blank cell leaves the stored value.
 */
export function planImport(
  fileName: string,
  file: Pick<SheetFile, 'sheets' | 'date1904'>,
  known: Known,
  options: PlanOptions = {},
): Result<Plan> {
  const { npsn: defaultNpsn = null, choices = {} } = options
  const of = (kind: 'header' | 'answer') => (known.remembered ?? []).filter((r) => r.kind === kind).map((r) => [r.key, r.value] as const)
  const headers = new Map([...of('header'), ...Object.entries(choices.columns ?? {})])
  const answers = new Map([...of('answer'), ...Object.entries(choices.answers ?? {})])
  const picking = pickSheets(file.sheets, headers, choices.sheets)
  if (!picking.ok) return picking
  const { picked, guess, open, sheets } = picking.value

  const severalSheets = new Set(picked.map((p) => p.sheet.name)).size > 1
  const subject = subjectFinder(known.subjects)
  const region = regionFinder(known.regions)
  const regionName = (id: string | null) => known.regions.find((r) => r.id === id)?.name ?? null
  const schools = schoolFinder({ schools: known.schools, regions: known.regions, levels: known.levels, answers })
  const people = personFinder(known.teachers, answers)
  const notes: CellNote[] = []
  const rows: PreviewRow[] = []
  const titles = new Map<string, string>()
  const asks = new Map<string, Ask>()
  const counts = { rows: 0, new: 0, changed: 0, unchanged: 0, rejected: 0, asked: 0, second: 0 }

  function planRow(on: Picked, r: number, title: ReturnType<typeof readTitle>, problems: CellProblem[], rounded: boolean): void {
    const { sheet, header } = on
    const cells = sheet.rows[r]!
    const place = { sheet: sheet.name, row: r + 1 }
    const refused: Record<string, string> = {}
    let rejected = false
    let asked = false
    /** `kept`: what is written there may be kept for whoever mends it. */
    const say = (field: Field, kind: CellNote['kind'], message: string, kept = true) => {
      notes.push({ ...place, column: fieldNames[field], kind, message })
      if (kind === 'error') rejected = true
      if (kind === 'asked') asked = true
      const written = clean.tidy(raw(field))
      if (kept && written && (kind === 'error' || kind === 'warning')) refused[fieldNames[field]] = written
    }
    const raw = (field: Field): string => cells[header.columns.get(field) ?? -1] ?? ''
    const problemOf = new Map(problems.filter((p) => p.kind !== 'comment' && p.kind !== 'drawing').map((p) => [p.column, p]))
    const at = (field: Field): string => {
      const problem = problemOf.get(header.columns.get(field) ?? -1)
      if (!problem || problem.kind === 'damaged') return raw(field)
      say(field, problem.kind === 'quote' ? 'error' : 'warning', problemWords(problem))
      return ''
    }
    const take = <T>(field: Field, cleaned: clean.Cleaned<T>): T => {
      if (cleaned.error) say(field, 'error', cleaned.error)
      if (cleaned.warning) say(field, 'warning', cleaned.warning)
      if (cleaned.repaired) say(field, 'repaired', cleaned.repaired)
      return cleaned.value
    }
    const register = (kind: Ask['kind'], question: Question) => {
      const open = asks.get(question.key)
      if (open) open.rows++
      else asks.set(question.key, { kind, ...question, rows: 1, firstRow: place.row, answer: answers.get(question.key) ?? null })
    }
    const ask = (kind: Ask['kind'], field: Field, question: Question) => {
      say(field, 'asked', question.question)
      register(kind, question)
    }
    counts.rows++
    const named = clean.cleanName(at('name'))
    const name = take('name', named)
    if (named.title) titles.set(rowKey(place), named.title)
    const shared = header.columns.has('nip') && header.columns.get('nip') === header.columns.get('nuptk')
    const first = /^\W*(?:no\w*\W+)?nip/i.test(header.headers[header.columns.get('nip') ?? -1] ?? '') ? 'nip' : 'nuptk'
    const written = shared ? clean.eitherOf(at('nip'), first) : { nuptk: at('nuptk'), nip: at('nip') }
    const bothHead = /nik/i.test(header.headers[header.columns.get('nip') ?? -1] ?? '')
    // Sixteen digits under "NIP/NIK" are a NIK, which we do not keep.
    if (bothHead && /^\D*(?:\d[\s.]?){16}\D*$/.test(written.nip)) {
      say('nip', 'warning', 'NIK tidak disimpan; NIP dikosongkan.', false)
      written.nip = ''
    }
    const nipRead = clean.cleanNip(written.nip)
    const nip = take('nip', nipRead)
    const sex = take('sex', clean.cleanSex(header.ticked ? tickedSex(cells, header.ticked) : at('sex')))
    const birthDate = take('birthDate', clean.cleanDate(at('birthDate'), nip, { date1904: file.date1904 }))
    let nuptk = take('nuptk', clean.cleanNuptk(written.nuptk))
    if (nuptk && clean.looksLikeNik(nuptk, birthDate)) {
      say('nuptk', 'warning', 'Angka ini memuat tanggal lahir seperti NIK, bukan NUPTK. NIK tidak disimpan; NUPTK dikosongkan.', false)
      nuptk = null
    }
    if (nuptk && rounded) {
      say('nuptk', nip ? 'warning' : 'error', ROUNDED)
      nuptk = null
    }
    if (nipRead.doubt) say('nip', nuptk ? 'warning' : 'error', nipRead.doubt)
    const status = take('status', clean.cleanStatus(at('status')))
    const email = take('email', clean.cleanEmail(at('email')))
    const phone = take('phone', clean.cleanPhone(at('phone')))
    const roleText = clean.tidy(at('role'))
    const role = clean.isAbsent(roleText) ? null : roleText
    if (nip)
      for (const words of clean.nipContradictions(nip, birthDate, sex))
        notes.push({ ...place, column: fieldNames.nip, kind: 'warning', message: words })
    const subjectText = clean.tidy(at('subject'))
    const noSubject = clean.isAbsent(subjectText)
    const subjectCode = !noSubject ? subject(subjectText) : /\bbk\b|bimbingan/i.test(role ?? '') ? 'BK' : null
    if (!noSubject && !subjectCode)
      say(
        'subject',
        'warning',
        `Mata pelajaran "${subjectText}" bukan salah satu dari ${known.subjects.length} mata pelajaran yang dipetakan; dikosongkan.`,
      )

    const npsn = take('npsn', clean.cleanNpsn(at('npsn'))) ?? (header.columns.has('npsn') ? null : defaultNpsn)
    const schoolText = clean.tidy(at('school'))
    const schoolName = (clean.isAbsent(schoolText) ? null : schoolText) ?? (header.columns.has('school') || npsn ? null : title.school)
    const regionText = clean.tidy(at('region'))
    const regionId = clean.isAbsent(regionText) ? title.regionId : region(regionText)
    if (!clean.isAbsent(regionText) && !regionId) say('region', 'warning', `Kabupaten/kota "${regionText}" tidak dikenal.`)
    const level = clean.tidy(at('level')) || null
    const school = schools.school(npsn, schoolName, level, regionId)
    const schoolField: Field = header.columns.has('npsn') && !schoolText ? 'npsn' : 'school'
    const schoolId = 'id' in school ? school.id : null
    if ('missing' in school && !rejected) say(schoolField, 'error', school.missing)
    if ('ask' in school && !rejected) ask('school', schoolField, school.ask)
    if ('settled' in school && school.settled) register('school', school.settled)

    const person: RowPerson = {
      name,
      nuptk,
      nip,
      birthDate,
      schoolId,
      where: severalSheets ? `baris ${r + 1} lembar ${sheet.name}` : `baris ${r + 1}`,
    }
    const found = people.find(person)
    let existing: KnownTeacher | null = null
    let second = false
    if ('settled' in found && found.settled) register('person', found.settled)
    if ('error' in found) say(found.error.column, 'error', found.error.message)
    else if ('ask' in found) {
      if (!rejected) ask('person', 'name', found.ask)
    } else if ('second' in found) {
      second = true
      const main = (found.second.schoolId && schools.nameOf(found.second.schoolId)) ?? 'sekolah pertama'
      say(
        found.otherSchool ? schoolField : 'name',
        'repaired',
        found.otherSchool
          ? `Orang yang sama dengan ${found.second.where}, di sekolah kedua: ${(schoolId && schools.nameOf(schoolId)) ?? schoolName ?? npsn}. Tetap satu guru; sekolah induknya ${main}.`
          : `Orang yang sama dengan ${found.second.where}, menurut jawaban Anda; baris ini tidak dipakai.`,
      )
    } else existing = found.existing

    const data: RosterRow = {
      name,
      nuptk,
      nip,
      sex,
      birthDate,
      status,
      role,
      email,
      phone,
      subjectCode,
      npsn,
      schoolName,
      level,
      region: regionName(regionId),
    }
    const changes: PreviewRow['changes'] = []
    if (existing && !rejected) {
      for (const field of compared) {
        const to = data[field]
        if (to !== null && to !== '' && to !== existing[field]) changes.push({ field: comparedNames[field], from: existing[field], to })
      }
      if (schoolId && schoolId !== existing.schoolId)
        changes.push({ field: comparedNames.school, from: schools.nameOf(existing.schoolId), to: schools.nameOf(schoolId) })
    }
    const verdict = rejected
      ? 'rejected'
      : asked
        ? 'asked'
        : second
          ? 'second'
          : !existing
            ? 'new'
            : changes.length
              ? 'changed'
              : 'unchanged'
    if (verdict === 'new' || verdict === 'changed' || verdict === 'unchanged') people.take(person, existing?.id ?? null)
    counts[verdict]++
    rows.push({ ...place, verdict, teacherId: existing?.id ?? null, schoolId, data, refused, changes })
  }

  for (const on of picked) {
    const title = readTitle(on, region, known.levels)
    const numbers = on.sorted.teachers.map((r) => clean.cleanNuptk(on.sheet.rows[r]![on.header.columns.get('nuptk') ?? -1] ?? '').value)
    const rounded = clean.roundedOff(numbers.filter((n) => n !== null))
    notes.push(...looksOf(on))
    const problems = new Map<number, CellProblem[]>()
    const teacherRows = new Set(on.sorted.teachers)
    for (const p of on.sheet.problems) {
      problems.set(p.row, [...(problems.get(p.row) ?? []), p])
      if ((p.kind === 'unread' && on.from === 0) || (p.kind === 'beyond' && teacherRows.has(p.row)))
        notes.push({ sheet: on.sheet.name, row: p.row + 1, column: 'Lembar', kind: 'warning', message: problemWords(p) })
    }
    for (const r of on.sorted.teachers) planRow(on, r, title, problems.get(r) ?? [], rounded)
  }
  const stays = keepMainSchool({ rows, notes, nameOf: schools.nameOf })
  counts.changed -= stays
  counts.unchanged += stays
  const first = picked[0]?.header ?? guess!.header
  const dropped = [...new Set(picked.length ? picked.flatMap(unreadColumns) : first.dropped)]
  const live = rows.filter((x) => x.verdict === 'new' || x.verdict === 'changed' || x.verdict === 'unchanged')
  const usedSchools = new Map<string, number>()
  for (const { schoolId } of live) if (schoolId) usedSchools.set(schoolId, (usedSchools.get(schoolId) ?? 0) + 1)
  const newSchools = [...schools.newSchools.values()].filter((s) => usedSchools.has(s.key))
  return ok({
    preview: {
      fileName,
      sheet: picked.length ? [...new Set(picked.map((p) => p.sheet.name))].join(', ') : guess!.sheet.name,
      headerRow: first.row + 1,
      format: first.dapodik ? 'dapodik' : 'template',
      counts,
      used: [...new Set(picked.length ? picked.flatMap((p) => p.header.used) : first.used)],
      dropped,
      notes,
      rows,
      skipped: picked.flatMap((p) => p.sorted.skipped),
      sheets,
      open,
      unknown: [...new Set([...dropped, ...first.used.filter((h) => headers.has(clean.loose(h)))])]
        .filter((h) => !h.endsWith(NAMELESS))
        .map((header) => ({ header, field: headers.get(clean.loose(header)) ?? null })),
      asks: [...asks.values()],
      newSchools: newSchools.map((s) => ({
        name: s.name,
        npsn: s.npsn,
        level: s.levelCode,
        region: regionName(s.regionId) ?? '',
        rows: usedSchools.get(s.key)!,
      })),
    },
    newSchools,
    titles,
  })
}
