import { createHash } from 'node:crypto'
import { reaching } from '@/lib/access/reach'
import type { Scope } from '@/lib/access/model'
import { addCells, addViews, everPublished, standingReaches, type Snapshot, type SnapshotAudit } from '@/lib/publication/inside'
import { populations, releasedRun } from '@/lib/scoring/inside'
import { areasOf, atomsOf, shownKeys, takenOf, type Taken } from './build-store'
import { cellsOfPart, type PopulationOf } from './build'
import { decide, decideSafely } from './decide'
import type { Asked, Atom, Reach } from './family'
import { gather } from './gather'
import { OPEN_TO_EACH_SIDE } from './secrecy'
import { makePublicPage } from './public-making'
import { tellingKeys } from './telling'
import { populationInPoints, type Population } from './share'

/** The figures of a snapshot, part by part: which may be shown, and what they are. */

const PARTS = ['1', '2', '3', '4']

type Told = (done: number, of: number, words: string) => Promise<void>

const reachOf = (key: string, scope: Scope): Reach => ({
  key,
  within: (a) => reaching(scope, { regionId: a.regionId, schoolId: a.schoolId, levelCode: a.level }).length > 0,
})

/** What a decision follows from; parts that the same people took follow from the same. */
type Decision = { shown: Map<string, number>; determined: string[]; narrow: string[] }

/**
 * Computes and writes all figures of a snapshot whose tests were taken down. Answers whom groups were summed for and what the audit found.
 */
export async function makeFigures(s: Snapshot, tell: Told): Promise<{ reaches: string[]; audit: SnapshotAudit; cells: number }> {
  const before = await everPublished(s.series)
  const offices = (await standingReaches()).map(({ key, scope }) => reachOf(key, scope))
  const audit: SnapshotAudit = {
    groups: 0,
    hidden: 0,
    determined: [],
    narrow: [],
    open: OPEN_TO_EACH_SIDE,
    together: before.map((b) => b.number),
  }
  const made = new Map<string, Promise<Decision>>()
  let written = 0
  for (const [at, part] of PARTS.entries()) {
    const progress = (words: string) => tell(at, PARTS.length, `Bagian ${part}: ${words}`)
    await progress('membaca tes')
    const atoms = await atomsOf(
      s.id,
      part,
      before.map((b) => b.id),
    )
    if (!atoms.length) continue
    const { plain, asked, everywhere } = plainly(atoms, offices)
    const [people, areas] = await Promise.all([takenOf(s.id, part), areasOf(s.id, part)])
    const gathered = gather(part, people, areas, offices)
    const telling = new Set([...tellingKeys(gathered, s.hideBelow, everywhere)].map((k) => asked(parsed(k))))
    const published = await Promise.all(before.map(async (b) => new Set((await shownKeys(b.id, part)).map((k) => asked(parsed(k.key))))))
    const facts = JSON.stringify([
      plain.atoms,
      plain.reaches.map((r) => r.key),
      published.map((p) => [...p].sort()),
      s.hideBelow,
      [...telling].sort(),
    ])
    const name = createHash('sha256').update(facts).digest('base64')
    const decision = await (made.get(name) ??
      keep(made, name, decideOnce(decide(plain.atoms, plain.reaches, published, s.hideBelow, telling), s.hideBelow, progress)))
    audit.determined.push(...decision.determined.map((k) => `${part}|${k}`))
    audit.narrow.push(...decision.narrow.map((k) => `${part}|${k}`))
    await progress('menghitung angka dan galatnya')
    const cells = cellsOfPart(
      gathered,
      {
        hatchBelow: s.hatchBelow,
        shows: (key, n) => decision.shown.get(asked(parsed(key))) === n,
      },
      await populationsOf(people),
    )
    audit.groups += cells.length
    audit.hidden += cells.filter((c) => c.state === 'hidden').length
    await addCells(s.id, cells)
    written += cells.length
  }
  await tell(PARTS.length, PARTS.length, 'Halaman publik')
  await addViews(s.id, [await makePublicPage(s)])
  return { reaches: offices.map((o) => o.key), audit, cells: written }
}

/** Populations of the released runs by which these tests were measured. */
async function populationsOf(people: readonly Taken[]): Promise<PopulationOf> {
  const found = new Map<string, Population | null>()
  const instruments = new Set(people.flatMap((p) => (p.mastery === null ? [] : [p.instrumentId])))
  for (const id of instruments) {
    const run = await releasedRun(id)
    const of = run && populations(run.latent, run)
    for (const cycle of new Set(people.map((p) => p.cycle)))
      found.set(`${id}|${cycle}`, run && of ? populationInPoints(of(cycle), run, id) : null)
  }
  return (instrumentId, cycle) => found.get(`${instrumentId}|${cycle}`) ?? null
}

const keep = <T>(in_: Map<string, Promise<T>>, name: string, value: Promise<T>): Promise<T> => {
  in_.set(name, value)
  return value
}

async function decideOnce(
  decideWith: ReturnType<typeof decide>,
  hideBelow: number,
  progress: (words: string) => Promise<void>,
): Promise<Decision> {
  const { shown, determined, narrow } = await decideSafely(decideWith, hideBelow, (words) =>
    progress(`melindungi kelompok kecil, ${words}`),
  )
  return { shown, determined, narrow }
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
      reaches: offices.filter((o) => !all.has(o.key) && atoms.some((a) => o.within(a))),
    },
    asked,
    everywhere,
  }
}
