import type { Actor } from '@/lib/access/model'
import { parseMapFilter, type Cell } from '@/lib/mapping/model'
import { parseGrowthFilter } from '@/lib/growth/model'
import { growthPage, schoolGrowth } from '@/lib/growth/service'
import { heatView, indicatorView, mapView, regionView, spreadView } from '@/lib/mapping/service'
import { sql } from '@/lib/platform/db'
import type { Reading as Of } from '../unit/mapping/solve'

/**
 * Somebody who opens everything that one role can open, writes every number down and solves for what is hidden. Knows who sat where, as
 * everybody does who keeps a roster, and nothing of the results.
 */

/** One test of one person, with all that a filter can tell apart. Written here from the tables, not from the code under attack. */
export type Sat = {
  part: string
  person: string
  instrument: string
  region: string
  level: string
  subject: string
  school: string
  cycle: string
  series: string
  at: number
  measured: boolean
  indicators: string[]
}

export const everybody = async (): Promise<Sat[]> =>
  (
    await sql<Sat & { at: number }>(
      `SELECT a.competency_code AS part, s.teacher_id AS person, a.instrument_id AS instrument, r.kemendagri_code AS region, l.code AS level, su.code AS subject, s.school_id AS school,
              c.code AS cycle, c.series, extract(epoch FROM a.started_at)::float8 AS at,
              EXISTS (SELECT 1 FROM ability b JOIN score_run x ON x.id = b.run_id AND x.state = 'released' AND x.kind = 'theta' WHERE b.attempt_id = a.id) AS measured,
              ARRAY(SELECT CASE v.scope WHEN 'domain' THEN 'domain:' || v.scope_code ELSE v.scope_code END FROM score v
                     WHERE v.attempt_id = a.id AND v.scope IN ('indicator', 'domain') AND v.superseded_at IS NULL) AS indicators
         FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id JOIN region r ON r.id = s.region_id
         JOIN education_level l ON l.id = s.level_id JOIN subject su ON su.id = s.subject_id
        WHERE a.state = 'closed' AND NOT c.practice AND NOT c.rehearsal`,
    )
  ).sort((a, b) => a.at - b.at)

/** Whose test counts under a cycle or series: everybody's latest there. */
export function latestOf(all: readonly Sat[], choice: string): Sat[] {
  const found = new Map<string, Sat>()
  for (const s of all) if (s.cycle === choice || s.series === choice) found.set(`${s.person}|${s.instrument}`, s)
  return [...found.values()]
}

export type Reading = Of<Sat>

/** Every map, heat table, spread, list of indicators and list of schools of one competency, under every filter, or those that leave the level open. */
export async function readMaps(
  actor: Actor,
  all: readonly Sat[],
  part: string,
  levels: 'every level' | 'all levels together',
): Promise<Reading[]> {
  const own = all.filter((s) => s.part === part)
  const first = await mapView(actor, parseMapFilter({ bagian: part }))
  const series = new Map(own.map((s) => [s.cycle, s.series]))
  const alone = (cycle: string) => [...series.values()].filter((s) => s === series.get(cycle)).length === 1
  // A series of one cycle is that cycle.
  const choices = first.cycles.map((c) => c.value).filter((c) => !series.has(c) || !alone(c))
  const readings: Reading[] = []
  for (const siklus of choices) {
    const present = latestOf(own, siklus)
    for (const dasar of ['penguasaan', 'mentah'])
      for (const jenjang of ['', ...(levels === 'every level' ? first.levels.map((l) => l.code) : [])]) {
        const groups = new Map<string, Sat[]>()
        const at = (basis: string, place: Partial<Record<'region' | 'school' | 'subject' | 'indicator', string | undefined>>): Sat[] => {
          const name = [basis, place.region, place.school, place.subject, place.indicator].join('|')
          const found =
            groups.get(name) ??
            present.filter(
              (s) =>
                (basis === 'raw' || s.measured) &&
                (!jenjang || s.level === jenjang) &&
                (!place.region || s.region === place.region) &&
                (!place.school || s.school === place.school) &&
                (!place.subject || s.subject === place.subject) &&
                (!place.indicator || s.indicators.includes(place.indicator)),
            )
          groups.set(name, found)
          return found
        }
        const note = (view: string, value: string, cell: Pick<Cell, 'n' | 'mean' | 'state'>, people: Sat[]) => {
          const where = `${view} ${[siklus, dasar, jenjang].join(' ')} n=${people.length}`
          if (cell.state === 'empty' ? people.length : cell.n !== null && cell.n !== people.length)
            throw new Error(`${where}: ${cell.state} ${cell.n}; the adversary does not know whom this figure is of`)
          if (cell.state === 'empty') return
          readings.push({ of: 'n', people, hidden: cell.n === null, where })
          readings.push({ of: value, people, hidden: cell.mean === null, where })
        }
        const filter = (mapel = '') => parseMapFilter({ bagian: part, siklus, dasar, jenjang, mapel })
        const ofSubject = async (mapel: string) => {
          const subject = mapel || undefined
          // What a subject's spread and indicators tell is the same for every subject: three of them are opened.
          const also = ['', ...first.subjects.slice(0, 3).map((x) => x.code)].includes(mapel)
          const [view, spread, indicators] = await Promise.all([
            mapView(actor, filter(mapel)),
            also ? spreadView(actor, filter(mapel)) : null,
            also ? indicatorView(actor, filter(mapel)) : [],
          ])
          note(`map ${mapel}`, view.basis, view.total, at(view.basis, { subject }))
          for (const c of view.cells) note(`map ${mapel} ${c.code}`, view.basis, c, at(view.basis, { subject, region: c.code }))
          const counted = (people: Sat[], where: string) => readings.push({ of: 'n', people, hidden: false, where })
          if (spread?.total) counted(at(view.basis, { subject }), `spread ${mapel}`)
          for (const b of spread?.boxes ?? []) counted(at(view.basis, { subject, region: b.code }), `box ${mapel} ${b.code}`)
          for (const i of indicators) {
            // Content domains of a subject have names of their own.
            const codeOf = ({ domain, code }: typeof i) => (domain ? `domain:${code}` : code)
            // Indicators are in raw percents; whether of everybody, their own numbers say.
            const all = (c: Cell, region?: string) => c.n === null || c.n === at('raw', { subject, region, indicator: codeOf(i) }).length
            const basis = all(i.total) && i.cells.every((c) => all(c, c.code)) ? 'raw' : view.basis
            note(`indicator ${i.code}`, i.code, i.total, at(basis, { subject, indicator: codeOf(i) }))
            for (const c of i.cells)
              note(`indicator ${i.code} ${c.code}`, i.code, c, at(basis, { subject, region: c.code, indicator: codeOf(i) }))
          }
        }
        const tables = async () => {
          const heat = await heatView(actor, filter())
          for (const row of heat.rows) {
            note(`heat ${row.code}`, heat.basis, row.total, at(heat.basis, { subject: row.code }))
            for (const c of row.cells)
              note(`heat ${row.code} ${c.code}`, heat.basis, c, at(heat.basis, { subject: row.code, region: c.code }))
          }
        }
        const schools = async (code: string) => {
          const region = (await regionView(actor, code, filter()))!
          for (const s of region.schools)
            note(`school ${s.name}`, region.view.basis, s, at(region.view.basis, { region: code, school: s.id }))
        }
        await tables()
        for (const mapel of ['', ...first.subjects.map((x) => x.code)]) await ofSubject(mapel)
        // A school is of one level.
        if (!jenjang) for (const c of first.cells) await schools(c.code)
      }
  }
  return readings
}

/** A reader of growth with the people whom the reader's grants reach, as everybody may know who knows the offices. */
export type GrowthReader = { actor: Actor; reaches: (place: { region: string; level: string }) => boolean }

/**
 * One comparison of a cycle with its re-test: the page with its tabs as each reader opens it, the pages of every school, and the map of both
 * cycles beside them. `change` is of figures, `people` of numbers; who was tested and is not compared is a group that nobody tells, and hidden
 * where it is few.
 */
export async function readGrowth(
  readers: readonly GrowthReader[],
  all: readonly Sat[],
  part: string,
  limit: number,
): Promise<Of<unknown>[]> {
  const filter = parseGrowthFilter({ bagian: part })
  const { published, view } = await growthPage(readers[0]!.actor, filter)
  const { code, baseCode } = view!.chosen
  const key = (s: Sat) => `${s.person}|${s.instrument}`
  const [first, second] = [baseCode, code].map((c) =>
    latestOf(
      all.filter((s) => s.part === part && s.measured),
      c,
    ),
  )
  const linked = new Set(view!.links.map((l) => l.instrumentId))
  const later = new Set(second!.map(key))
  const pairs = first!.filter((s) => linked.has(s.instrument) && later.has(key(s)))
  const readings: Of<unknown>[] = []
  const groups = new Map<string, string[]>()
  const keysOf = (name: string, people: readonly Sat[], of: (s: Sat) => boolean): string[] => {
    const found = groups.get(name) ?? people.filter(of).map(key)
    groups.set(name, found)
    return found
  }
  const note = (where: string, told: { n: number | null; change: unknown }, of: (s: Sat) => boolean) => {
    const people = keysOf(where, pairs, of)
    if (told.n !== null && told.n !== people.length) throw new Error(`${where}: ${told.n}, and the adversary counts ${people.length}`)
    if (told.change && people.length < limit) throw new Error(`${where}: a change of ${people.length} is told`)
    readings.push({ of: 'change', people, hidden: !told.change, where: `${where} n=${people.length}` })
    readings.push({ of: 'people', people, hidden: told.n === null, where: `${where} n=${people.length}` })
  }
  for (const [r, { actor, reaches }] of readers.entries()) {
    const [wide, indicators] = await Promise.all(
      ['wilayah', 'indikator'].map((tampilan) => growthPage(actor, { ...filter, tampilan: tampilan as 'wilayah' })),
    )
    const own = wide!.view
    if (!own) continue
    note(`${r} all`, own.total, reaches)
    for (const c of own.regions) note(`${r} region ${c.code}`, c, (s) => s.region === c.code && reaches(s))
    for (const c of own.subjects) note(`${r} subject ${c.code}`, c, (s) => s.subject === c.code && reaches(s))
    const { body } = indicators!
    if (body.tampilan === 'indikator')
      for (const l of own.links) {
        const shown = body.indicators.find((i) => i.subject === null || i.subject === l.title)
        if (shown) note(`${r} test ${l.title}`, shown, (s) => s.instrument === l.instrumentId && reaches(s))
      }
    for (const [cycle, people] of [
      [baseCode, first!],
      [code, second!],
    ] as const) {
      const map = await mapView(actor, parseMapFilter({ bagian: part, siklus: cycle, dasar: 'penguasaan' }))
      for (const c of [map.total, ...map.cells]) {
        const name = c === map.total ? 'all' : `region ${c.code}`
        const within = (s: Sat) => (c === map.total || s.region === c.code) && reaches(s)
        const tested = keysOf(`map ${cycle} ${r} ${name}`, people, within)
        if (c.n !== null && map.basis === 'mastery')
          readings.push({ of: 'people', people: tested, hidden: false, where: `map ${cycle} ${name}` })
        const compared = new Set(keysOf(`${r} ${name}`, pairs, within))
        const left = tested.filter((k) => !compared.has(k))
        const whole = [...compared].every((k) => tested.includes(k))
        if (whole && left.length > 0 && left.length < limit)
          readings.push({
            of: 'people',
            people: left,
            hidden: true,
            where: `tested in ${cycle} and not compared, ${r} ${name} n=${left.length}`,
          })
      }
    }
  }
  for (const id of new Set(pairs.map((p) => p.school))) {
    const own = (await schoolGrowth(readers[0]!.actor, id))?.parts.find((p) => p.part === part)
    if (own) note(`school ${id}`, own.cell, (s) => s.school === id)
  }
  if (!published) throw new Error('nothing is published')
  return readings
}

/** A table with its row totals as readings; hidden cells count as somebody, totals of columns are taken as known. */
export function tableReadings(rows: readonly { total: number | null; cells: readonly (number | null)[] }[]): Of<unknown>[] {
  const cells = rows.map((r) => r.cells.map((n) => (n === 0 ? [] : [{}])))
  const width = rows[0]?.cells.length ?? 0
  return [
    ...rows.map((r, i) => ({ of: 'n', people: cells[i]!.flat(), hidden: r.total === null, where: `row ${i}` })),
    ...rows.flatMap((r, i) => r.cells.map((n, c) => ({ of: 'n', people: cells[i]![c]!, hidden: n === null, where: `cell ${i} ${c}` }))),
    ...Array.from({ length: width }, (_, c) => ({
      of: 'n',
      people: cells.map((row) => row[c]!).flat(),
      hidden: false,
      where: `column ${c}`,
    })),
  ].filter((r) => r.people.length)
}
