import { frameworkTitles } from '@/lib/instruments/inside'
import { coveredBy, readRoster, readSlices, readView, type ReadCell, type Snapshot, type StoredView } from '@/lib/publication/inside'
import { levels, regions, subjects } from '@/lib/roster/service'
import { competencyOrder } from '@/lib/sittings/model'
import { publicParts, type Names, type PartRead } from './public-figures'
import type { PublicPart } from './public-model'

/** The public page is put together once, with the snapshot: whoever opens it first waits no longer than the next. */

const KIND = 'public'

async function namesNow(): Promise<Names> {
  const [places, allLevels, allSubjects, titles] = await Promise.all([regions(), levels(), subjects(), frameworkTitles()])
  return {
    places: places.map((r) => ({ id: r.id, code: r.kemendagriCode, name: r.shortName })),
    levels: allLevels.map((l) => ({ code: l.code, name: l.name })),
    subjects: allSubjects.map((s) => ({ id: s.id, code: s.code, name: s.name })),
    indicators: new Map([...titles].map(([code, t]) => [code, t.title])),
  }
}

/** One question after the other: asked all at once they would hold every connection of a process that others wait for. */
async function made(s: Snapshot): Promise<PublicPart[]> {
  const read: PartRead[] = []
  for (const part of competencyOrder) {
    const everybody = { part, reach: '', cycle: '', status: '' }
    const tested = await coveredBy(s, { ...everybody, level: '', subject: '' })
    const roster = await readRoster(s, part)
    const cells: ReadCell[] = []
    for (const open of [
      { level: '', subject: '' },
      { subject: '', indicator: '' },
      { level: '', indicator: '' },
    ])
      cells.push(...(await readSlices(s, { ...everybody, ...open })))
    read.push({ part, tested, cells, roster })
  }
  return publicParts(read, await namesNow())
}

/** What the public would read of a snapshot whose figures are made, as a page of it. */
export const makePublicPage = async (s: Snapshot): Promise<StoredView> => ({ kind: KIND, reach: '', name: '', body: await made(s) })

/** What the public reads of a snapshot, as it was kept; of one that is older than this page, put together now. */
export const readPublicParts = async (s: Snapshot): Promise<PublicPart[]> => (await readView<PublicPart[]>(s, KIND, '', '')) ?? made(s)
