import { areasOf, atomsOf, takenOf, type AreaSums, type Belonging, type Taken } from './build-store'
import type { Atom } from './family'

/** What is read of a snapshot, one part of one province at a time: so much is held in memory, however many people a country has. */

export type PartOfProvince = Belonging & { atoms: Atom[]; people: Taken[]; areas: AreaSums[] }

type Run<Row> = Belonging & { at: string; rows: Row[] }

/** Rows that belong together, as they come one after the other. */
async function* runs<Row>(rows: AsyncIterable<(Row & Belonging)[]>): AsyncGenerator<Run<Row>> {
  let run = null as Run<Row> | null
  for await (const some of rows)
    for (const { province, part, ...row } of some) {
      const at = `${province}|${part}`
      if (run && run.at !== at) yield run
      if (run?.at !== at) run = { province, part, at, rows: [] }
      run.rows.push(row as Row)
    }
  if (run) yield run
}

/** The runs of one kind of rows, each given away when its province and part are asked for. */
function reader<Row>(rows: AsyncIterable<(Row & Belonging)[]>) {
  const all = runs(rows)
  let head: Run<Row> | null | undefined
  const next = async (): Promise<Run<Row> | null> => {
    if (head === undefined) {
      const step = await all.next()
      head = step.done ? null : step.value
    }
    return head
  }
  return {
    next,
    take: async (at: string): Promise<Row[]> => {
      const found = await next()
      if (found?.at !== at) return []
      head = undefined
      return found.rows
    },
    end: () => all.return(undefined),
  }
}

/** All parts of all provinces of a snapshot (or of all of it, where it is not divided), and of those that were published before where somebody stands in one of them only. */
export async function* partsOfProvinces(id: string, before: readonly string[], divided: boolean): AsyncGenerator<PartOfProvince> {
  const atoms = reader<Atom>(atomsOf(id, before, divided))
  const people = reader<Taken>(takenOf(id, divided))
  const areas = reader<AreaSums>(areasOf(id, divided))
  try {
    for (;;) {
      const heads = (await Promise.all([atoms.next(), people.next(), areas.next()])).filter((h) => h !== null)
      if (!heads.length) return
      const { at, province, part } = heads.reduce((a, b) => (b.at < a.at ? b : a))
      yield { province, part, atoms: await atoms.take(at), people: await people.take(at), areas: await areas.take(at) }
    }
  } finally {
    await Promise.all([atoms.end(), people.end(), areas.end()])
  }
}
