import { parseGrowthFilter, type Withheld } from '@/lib/growth/model'
import { growthPage, type GrowthCell } from '@/lib/growth/service'
import type { Cell, MapFilter } from '@/lib/mapping/model'
import { certaintyOf, scaleFor, type Certainty } from '@/lib/mapping/palette-model'
import { indicatorView, mapView, regionView, type MapView } from '@/lib/mapping/service'
import type { Actor } from '@/lib/access/model'
import { competencyOrder } from '@/lib/sittings/model'
import type { Thin } from './model'
import { thinOf } from './thin'

/**
 * What an official takes into a meeting: the published figures of the reader's own reach, what of them is certain, what is not known, and
 * what changed. Nothing is counted here that another page does not show; what is hidden there is hidden here.
 */

export type BriefPart = {
  part: string
  total: Cell
  certainty: Certainty | null
  basis: MapView['basis']
  /** Places that are told apart from the rest, by name; nobody is ranked. */
  below: string[]
  above: string[]
}
export type BriefChange = { part: string; total: GrowthCell | null; withheld: Withheld[] }
export type Brief = {
  view: MapView
  /** The kabupaten/kota of the reader, or null: all of them. */
  place: string | null
  parts: BriefPart[]
  /** Thinnest indicators of pedagogic competency. */
  thin: Thin[]
  changes: { cycles: string; parts: BriefChange[] } | null
  /** Of the one kabupaten/kota that the reader has: schools of which nobody was tested. */
  untested: number | null
  /** Places of which a figure is hidden. */
  hidden: number
}

/** The brief for whoever reads the map, of the cycle and level that the filter names. Throws `Forbidden`. */
export async function briefFor(actor: Actor, filter: MapFilter): Promise<Brief> {
  const of = (bagian: string): MapFilter => ({
    ...filter,
    bagian: bagian as MapFilter['bagian'],
    mapel: '',
    status: '',
    nilai: 'rata-rata',
  })
  const [views, indicators, growth] = await Promise.all([
    Promise.all(competencyOrder.map((c) => mapView(actor, of(c), 'report:export'))),
    indicatorView(actor, of('1'), 'report:export'),
    Promise.all(competencyOrder.map((c) => growthPage(actor, parseGrowthFilter({ bagian: c })))),
  ])
  const [view] = views as [MapView, ...MapView[]]
  const only = view.cells.length === 1 ? view.cells[0]! : null
  const region = only ? await regionView(actor, only.code, of('1')) : null
  const parts = views.map((v, i): BriefPart => {
    const part = competencyOrder[i]!
    const named = (word: Cell['compared']) =>
      v.cells
        .filter((c) => c.compared === word)
        .map((c) => c.name)
        .sort((a, b) => a.localeCompare(b, 'id'))
    const scale = scaleFor({ bagian: part, nilai: 'rata-rata' })
    return {
      part,
      total: v.total,
      certainty: v.total.mean === null ? null : certaintyOf(v.total.margin, scale),
      basis: v.basis,
      below: named('di bawah'),
      above: named('di atas'),
    }
  })
  const compared = growth.find((g) => g.view)?.view ?? null
  return {
    view,
    place: only?.name ?? null,
    parts,
    thin: thinOf(
      indicators.filter((i) => !i.domain).map(({ code, title, total }) => ({ code, title, cell: total })),
      of('1'),
    ),
    changes: compared && {
      cycles: `${compared.chosen.baseName} dan ${compared.chosen.name}`,
      parts: growth.flatMap((g, i) =>
        g.view ? [{ part: competencyOrder[i]!, total: g.view.total.change ? g.view.total : null, withheld: g.view.withheld }] : [],
      ),
    },
    untested: region ? region.untested.length : null,
    hidden: new Set(views.flatMap((v) => v.cells.flatMap((c) => (c.state === 'hidden' ? [c.code] : [])))).size,
  }
}
