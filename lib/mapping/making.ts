import { addCells, addViews, everPublished, standingReaches, type Snapshot, type SnapshotAudit } from '@/lib/publication/inside'
import { populations, releasedRun } from '@/lib/scoring/inside'
import type { PopulationOf } from './build'
import { divisionOf, measuredBy, provincesIn, shownKeys } from './build-store'
import { partsOfProvinces } from './by-province'
import { countryOf } from './nation'
import { figuresOfPart, type Decisions } from './province'
import { makePublicPage } from './public-making'
import { OPEN_TO_EACH_SIDE } from './secrecy'
import { populationInPoints, type Population } from './share'

/** The figures of a snapshot, province by province and part by part, so that the memory that it takes is that of the largest one. */

/** Parts of a test that each province has figures of, as progress counts them. */
const PARTS = 4

type Tell = (done: number, of: number, words: string) => Promise<void>

/**
 * Computes and writes all figures of a snapshot whose tests were taken down. Answers whom groups were summed for and what the audit found.
 */
export async function makeFigures(s: Snapshot, tell: Tell): Promise<{ reaches: string[]; audit: SnapshotAudit; cells: number }> {
  const before = await everPublished(s.series)
  const offices = await standingReaches()
  const provinces = await provincesIn(s.id)
  // As a series was divided when it was first published it stays: a whole that was told once is no sum of what is decided apart.
  const earlier = await Promise.all(before.map((b) => divisionOf(b.id)))
  const divided = earlier.length ? earlier.every((e) => e.divided) : provinces > 1
  const rules = { hideBelow: s.hideBelow, hatchBelow: s.hatchBelow, populationOf: await populationsOf(s.id) }
  const audit: SnapshotAudit = {
    groups: 0,
    hidden: 0,
    determined: before.flatMap((b, k) =>
      divided && !earlier[k]!.same ? [`kabupaten/kota berpindah provinsi sejak terbitan ke-${b.number}`] : [],
    ),
    narrow: [],
    open: OPEN_TO_EACH_SIDE,
    together: before.map((b) => b.number),
  }
  const write = async (cells: Parameters<typeof addCells>[1]) => {
    audit.groups += cells.length
    audit.hidden += cells.reduce((n, c) => n + (c.state === 'hidden' ? 1 : 0), 0)
    await addCells(s.id, cells)
  }
  const country = divided ? countryOf(s.hatchBelow) : null
  let decisions: Decisions = { of: '', made: new Map() }
  let done = 0
  const steps = PARTS * (divided ? provinces : 1)
  const ids = before.map((b) => b.id)
  for await (const here of partsOfProvinces(s.id, ids, divided)) {
    const { province, part } = here
    const where = country ? `Provinsi ${province}, bagian ${part}` : `Bagian ${part}`
    if (decisions.of !== province) decisions = { of: province, made: new Map() }
    await tell(done, steps, `${where}: membaca tes`)
    const published = await Promise.all(ids.map((id) => shownKeys(id, here)))
    const made = await figuresOfPart(here, offices, published, rules, decisions, (words) => tell(done, steps, `${where}: ${words}`))
    for (const key of made.determined) audit.determined.push(key)
    for (const key of made.narrow) audit.narrow.push(key)
    country?.add(made.wholes)
    await write(country ? made.cells.map((c) => (c.place === '' ? { ...c, place: `province:${province}` } : c)) : made.cells)
    done++
  }
  if (country) await write(country.cells())
  await tell(steps, steps, 'Halaman publik')
  await addViews(s.id, [await makePublicPage(s)])
  return { reaches: offices.map((o) => o.key), audit, cells: audit.groups }
}

/** Populations of the released runs by which the tests of a snapshot were measured. */
async function populationsOf(id: string): Promise<PopulationOf> {
  const found = new Map<string, Population | null>()
  for (const { instrumentId, cycle } of await measuredBy(id)) {
    const run = await releasedRun(instrumentId)
    found.set(`${instrumentId}|${cycle}`, run ? populationInPoints(populations(run.latent, run)(cycle), run, instrumentId) : null)
  }
  return (instrumentId, cycle) => found.get(`${instrumentId}|${cycle}`) ?? null
}
