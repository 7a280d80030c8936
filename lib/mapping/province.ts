import { createHash } from 'node:crypto'
import { reaching } from '@/lib/access/reach'
import type { Scope } from '@/lib/access/model'
import { cellsOfPart, type PopulationOf } from './build'
import type { PartOfProvince } from './by-province'
import { decide, decideSafely } from './decide'
import type { Asked, Atom, Reach } from './family'
import { gather } from './gather'
import { tellingKeys } from './telling'

/** One part of one province: which of its groups may be shown, and what they are. Provinces share nobody, so that each is decided by itself. */

/** What a decision follows from; parts that the same people took follow from the same. */
export type Decision = { shown: Map<string, number>; determined: string[]; narrow: string[] }
/** Decisions of a province by what they follow from. */
export type Decisions = { of: string; made: Map<string, Decision> }

export type Rules = { hideBelow: number; hatchBelow: number; populationOf: PopulationOf }

type Progress = (words: string) => Promise<void>

/** The figures of a part of a province. `published`: the keys that each earlier snapshot shows of it. */
export async function figuresOfPart(
  { part, atoms, people, areas }: PartOfProvince,
  offices: readonly { key: string; scope: Scope }[],
  published: readonly string[][],
  rules: Rules,
  decisions: Decisions,
  progress: Progress,
): Promise<ReturnType<typeof cellsOfPart> & Omit<Decision, 'shown'>> {
  const here = officesIn(offices, atoms)
  const { plain, asked, everywhere } = plainly(atoms, here)
  const gathered = gather(part, people, areas, here)
  const telling = new Set([...tellingKeys(gathered, rules.hideBelow, everywhere)].map((k) => asked(parsed(k))))
  const before = published.map((keys) => new Set(keys.map((k) => asked(parsed(k)))))
  const facts = [plain.atoms, plain.reaches.map((r) => r.key), before.map((p) => [...p].sort()), rules.hideBelow, [...telling].sort()]
  const name = createHash('sha256').update(JSON.stringify(facts)).digest('base64')
  const { shown, determined, narrow } =
    decisions.made.get(name) ??
    (await decideSafely(decide(plain.atoms, plain.reaches, before, rules.hideBelow, telling), rules.hideBelow, (words) =>
      progress(`melindungi kelompok kecil, ${words}`),
    ))
  decisions.made.set(name, { shown, determined, narrow })
  await progress('menghitung angka dan galatnya')
  const shows = (key: string, n: number) => shown.get(asked(parsed(key))) === n
  return {
    ...cellsOfPart(gathered, { hatchBelow: rules.hatchBelow, shows }, rules.populationOf),
    determined: determined.map((k) => `${part}|${k}`),
    narrow: narrow.map((k) => `${part}|${k}`),
  }
}

/** Offices that see somebody of a province. Whom one sees is looked up once a kabupaten and level, and a school where its scope names one. */
function officesIn(all: readonly { key: string; scope: Scope }[], atoms: readonly Atom[]): Reach[] {
  const places = new Map(atoms.map((a) => [`${a.regionId}|${a.level}`, a]))
  return all.flatMap(({ key, scope }): Reach[] => {
    const bySchool = scope.some((r) => r.schoolId !== null)
    const looked = new Map<string, boolean>()
    const within: Reach['within'] = (a) => {
      const at = bySchool ? `${a.schoolId}|${a.level}` : `${a.regionId}|${a.level}`
      const found = looked.get(at) ?? reaching(scope, { regionId: a.regionId, schoolId: a.schoolId, levelCode: a.level }).length > 0
      looked.set(at, found)
      return found
    }
    const any = bySchool ? atoms.some(within) : [...places.values()].some(within)
    return any ? [{ key, within }] : []
  })
}

const parsed = (key: string): Asked => {
  const [basis, cycle, level, subject, status, place, indicator, reach] = key.split('|') as [Asked['basis'], ...string[]]
  return { basis, cycle: cycle!, level: level!, subject: subject!, status: status!, place: place!, indicator: indicator!, reach: reach! }
}

/**
 * The same people under fewer names, so that there is less to decide: an indicator or content domain that every test of its subject has is
 * told of the same people as the total, and an office that sees all who were tested reads what everybody reads.
 */
function plainly(atoms: readonly Atom[], offices: readonly Reach[]) {
  const everywhere = new Set<string>()
  const codes = new Set(atoms.flatMap((a) => a.indicators))
  for (const code of codes) {
    const subjects = new Set(atoms.flatMap((a) => (a.indicators.includes(code) ? [a.subjectId] : [])))
    const of = code.startsWith('domain:') ? atoms.filter((a) => subjects.has(a.subjectId)) : atoms
    if (of.every((a) => a.indicators.includes(code))) everywhere.add(code)
  }
  const all = new Set(offices.flatMap((o) => (atoms.every((a) => o.within(a)) ? [o.key] : [])))
  const asked = (a: Asked): string =>
    [
      a.basis,
      a.cycle,
      a.level,
      a.subject,
      a.status,
      a.place,
      everywhere.has(a.indicator) ? '' : a.indicator,
      all.has(a.reach) ? '' : a.reach,
    ].join('|')
  return {
    plain: {
      atoms: atoms.map((a) => ({ ...a, indicators: a.indicators.filter((i) => !everywhere.has(i)) })),
      reaches: offices.filter((o) => !all.has(o.key)),
    },
    asked,
    everywhere,
  }
}
