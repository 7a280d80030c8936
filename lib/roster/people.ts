import { createHmac } from 'node:crypto'
import { derivedKey } from '@/lib/platform/config'
import { loose } from './clean-text'
import type { RosterRow } from './model'
import type { Question } from './schools'

/** Who a row is: by numbers first, then by name, school and birth date; where that leaves a doubt, a question. */

/** A teacher whom we have. */
export type KnownTeacher = { id: string; schoolId: string } & Pick<
  RosterRow,
  'name' | 'nuptk' | 'nip' | 'sex' | 'birthDate' | 'status' | 'role' | 'email' | 'phone' | 'subjectCode'
>
export type RowPerson = {
  name: string
  nuptk: string | null
  nip: string | null
  birthDate: string | null
  schoolId: string | null
  where: string
}
export type Earlier = RowPerson & { teacherId: string | null }
export type PersonFound =
  | { existing: KnownTeacher | null; settled?: Question }
  | { error: { column: 'nip' | 'nuptk' | 'name'; message: string } }
  /** The same person once more: at another school, or as the office said. */
  | { second: Earlier; otherSchool: boolean; settled?: Question }
  | { ask: Question }

const place = (p: { name: string; schoolId: string | null }) => `${loose(p.name)}|${p.schoolId ?? ''}`
const fitting = (a: string | null, b: string | null) => !a || !b || a === b
type Numbered = { nuptk: string | null; nip: string | null; birthDate: string | null }
/** Whether two of one name at one school may be one person: nothing speaks against it, or the birth date speaks for it against a number. */
function mayBeOne(a: Numbered, b: Numbered): boolean {
  if (!fitting(a.birthDate, b.birthDate)) return false
  return (fitting(a.nuptk, b.nuptk) && fitting(a.nip, b.nip)) || (a.birthDate !== null && a.birthDate === b.birthDate)
}
const numberOf = (p: { nuptk: string | null; nip: string | null }) =>
  p.nuptk ? `NUPTK ${p.nuptk}` : p.nip ? `NIP ${p.nip}` : 'tanpa NUPTK dan NIP'

/** Names of persons are not kept in questions: an answer is found again by a digest that only this installation can make. */
const keyOf = (p: RowPerson) =>
  `orang|${createHmac('sha256', derivedKey('person'))
    .update([loose(p.name), p.birthDate ?? '', p.schoolId ?? '', p.nuptk ?? '', p.nip ?? ''].join('|'))
    .digest('hex')
    .slice(0, 32)}`

export function personFinder(teachers: readonly KnownTeacher[], answers: ReadonlyMap<string, string>) {
  const byNuptk = new Map(teachers.filter((t) => t.nuptk).map((t) => [t.nuptk!, t]))
  const byNip = new Map(teachers.filter((t) => t.nip).map((t) => [t.nip!, t]))
  const byPlace = new Map<string, KnownTeacher[]>()
  for (const t of teachers) byPlace.set(place(t), [...(byPlace.get(place(t)) ?? []), t])
  const seenNumber = new Map<string, Earlier>()
  const seenPlace = new Map<string, Earlier[]>()

  /** Remembers a row that is imported, so that later ones are held against it. */
  function take(p: RowPerson, teacherId: string | null): void {
    const earlier = { ...p, teacherId }
    if (p.nuptk && !seenNumber.has(`NUPTK ${p.nuptk}`)) seenNumber.set(`NUPTK ${p.nuptk}`, earlier)
    if (p.nip && !seenNumber.has(`NIP ${p.nip}`)) seenNumber.set(`NIP ${p.nip}`, earlier)
    seenPlace.set(place(p), [...(seenPlace.get(place(p)) ?? []), earlier])
  }

  function again(p: RowPerson): PersonFound | null {
    const twins = ([p.nuptk && `NUPTK ${p.nuptk}`, p.nip && `NIP ${p.nip}`] as const).filter((k): k is string => Boolean(k))
    const number = twins.find((k) => seenNumber.has(k))
    if (!number) return null
    const earlier = seenNumber.get(number)!
    const column = number.startsWith('NIP') ? 'nip' : 'nuptk'
    if (loose(earlier.name) !== loose(p.name))
      return {
        error: { column, message: `${number} sudah dipakai ${earlier.name} di ${earlier.where}. Baris ini dilewati; periksa nomornya.` },
      }
    if (p.schoolId && earlier.schoolId && p.schoolId !== earlier.schoolId) return { second: earlier, otherSchool: true }
    return { error: { column, message: `Ganda: orang ini sudah ada di ${earlier.where}. Baris ini dilewati.` } }
  }

  function find(p: RowPerson): PersonFound {
    const viaNuptk = p.nuptk ? byNuptk.get(p.nuptk) : undefined
    const viaNip = p.nip ? byNip.get(p.nip) : undefined
    if (viaNuptk && viaNip && viaNuptk.id !== viaNip.id)
      return { error: { column: 'nip', message: `NUPTK milik ${viaNuptk.name}, tetapi NIP milik ${viaNip.name}. Periksa salah satunya.` } }
    const twin = again(p)
    if (twin) return twin
    const via = viaNuptk ?? viaNip
    if (via) return { existing: via }
    if (!p.schoolId || !p.name) return { existing: null }

    const here = (seenPlace.get(place(p)) ?? []).filter((e) => mayBeOne(e, p))
    const bare = !p.nuptk && !p.nip
    const equal = here.find((e) => bare && !e.nuptk && !e.nip && e.birthDate === p.birthDate)
    if (equal) return { error: { column: 'name', message: `Ganda: orang ini sudah ada di ${equal.where}. Baris ini dilewati.` } }

    const known = (byPlace.get(place(p)) ?? []).filter((t) => mayBeOne(t, p) && !here.some((e) => e.teacherId === t.id))
    // The same file once more: neither has a number, and all that tells of the person is equal.
    const sure = known.filter((t) => bare && !t.nuptk && !t.nip && t.birthDate === p.birthDate)
    if (sure.length === 1 && known.length === 1 && here.length === 0) return { existing: sure[0]! }
    if (known.length === 0 && here.length === 0) return { existing: null }

    const asked: Question = {
      key: keyOf(p),
      question: `${p.name} (${[p.birthDate, numberOf(p)].filter(Boolean).join(', ')}) bernama dan bersekolah sama dengan orang lain. Apakah orang yang sama?`,
      choices: [
        ...known.map((t) => ({
          value: t.id,
          said: `Ya: ${t.name}, ${[t.birthDate, numberOf(t)].filter(Boolean).join(', ')}, sudah terdaftar`,
        })),
        ...here.map((e) => ({
          value: `baris:${e.where}`,
          said: `Ya: orang di ${e.where} (${[e.birthDate, numberOf(e)].filter(Boolean).join(', ')})`,
        })),
        { value: 'new', said: 'Bukan: orang lain dengan nama yang sama' },
      ],
    }
    const answer = answers.get(asked.key)
    if (answer === 'new') return { existing: null, settled: asked }
    const chosen = known.find((t) => t.id === answer)
    if (chosen) return { existing: chosen, settled: asked }
    const same = here.find((e) => answer === `baris:${e.where}`)
    return same ? { second: same, otherSchool: false, settled: asked } : { ask: asked }
  }
  return { find, take }
}
