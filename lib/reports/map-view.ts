import { groundLines } from '@/lib/scoring/service'
import type { Actor } from '@/lib/access/model'
import { basisWords, mapFilterNames, parseMapFilter, type MapFilter } from '@/lib/mapping/model'
import { mapPage, regionView, type MapBody, type MapView, type SchoolCell } from '@/lib/mapping/service'
import { config } from '@/lib/platform/config'
import { formatCount, formatDate, formatMoment } from '@/lib/platform/format'
import { competencyNames } from '@/lib/sittings/model'

/** A view of the map as it is taken along: what the page shows under the same filter, and what it rests on in words. */
export type TakenView = {
  title: string
  /** Subject, level, cycle. */
  lead: string
  /** Basis, number of people, date, source and address, a sentence each. */
  facts: string[]
  /** Of them: what stands beside figures that a cut decides. */
  ground: readonly string[]
  simulated: boolean
  view: MapView
  body: MapBody
  region: { code: string; name: string; schools: SchoolCell[] } | null
}

const viewNames: Record<MapFilter['tampilan'], string> = {
  peta: 'Peta',
  tabel: 'Mata pelajaran menurut wilayah',
  sebaran: 'Sebaran',
  indikator: 'Indikator',
}

/** Where the same view stands, for whoever holds the file. */
function addressOf(params: URLSearchParams): string {
  const region = params.get('wilayah')
  const asked = new URLSearchParams([...params].filter(([name, value]) => name !== 'wilayah' && value))
  const path = `/peta${region ? `/${region}` : ''}${asked.size ? `?${asked}` : ''}`
  return `${config().NEXTAUTH_URL?.replace(/\/$/, '') ?? ''}${path}`
}

/** What the facts of a file say: `n` of a hidden whole is not told. */
export function factsOf(view: MapView, now: Date, address: string, ground: readonly string[]): string[] {
  const { total, lastClosed, rules } = view
  return [
    basisWords[view.basis],
    ...ground,
    total.n === null || total.state === 'hidden'
      ? 'Banyaknya guru yang dites disembunyikan.'
      : `${formatCount(total.n)} guru dites (n), bukan seluruh guru.`,
    `± adalah separuh rentang 95 persen dengan sekolah sebagai gugus. Kelompok di bawah ${rules.hideBelow} guru, dan yang dapat membocorkannya, disembunyikan.`,
    `${lastClosed ? `Tes terakhir ${formatDate(lastClosed)}. ` : ''}Diambil ${formatMoment(now)}. Sumber: Petaguru, ${view.cycle?.label ?? 'belum ada siklus'}.`,
    `Tampilan yang sama: ${address}`,
  ]
}

/** The view under the filter that the parameters hold; null for a kabupaten out of reach. Throws `Forbidden`. */
export async function takenView(actor: Actor, params: URLSearchParams, now: Date): Promise<TakenView | null> {
  const filter = parseMapFilter(Object.fromEntries(mapFilterNames.map((name) => [name, params.get(name) ?? ''])))
  const code = params.get('wilayah')
  const [{ view, body }, region] = await Promise.all([mapPage(actor, filter), code ? regionView(actor, code, filter) : null])
  if (code && !region) return null
  const ground = await groundLines({ part: filter.bagian, subject: filter.mapel, at: view.published?.at ?? null })
  const subject = view.subjects.find((s) => s.code === filter.mapel)?.name
  return {
    title: `${region ? `${region.name}: satuan pendidikan` : viewNames[filter.tampilan]}, kompetensi ${competencyNames[filter.bagian]!.toLowerCase()}`,
    lead: `${subject ? `Guru ${subject}` : 'Semua mata pelajaran'}, ${filter.jenjang ? `jenjang ${filter.jenjang}` : 'semua jenjang'}, ${view.cycle?.label ?? 'belum ada siklus'}`,
    facts: factsOf(view, now, addressOf(params), ground),
    ground,
    simulated: view.cycle?.simulated ?? false,
    view,
    body,
    region: region && code ? { code, name: region.name, schools: region.schools } : null,
  }
}
