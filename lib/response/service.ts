import { allow, isWhole, regionIdsOf } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import type { MapFilter } from '@/lib/mapping/model'
import { indicatorView, type IndicatorView } from '@/lib/mapping/service'
import { modulesFor } from '@/lib/plans/catalogue'
import { tieredParts } from '@/lib/plans/model'
import { catalogue, tierEffect, tierRules } from '@/lib/plans/service'
import { regions, subjects } from '@/lib/roster/service'
import { rulesInForce } from '@/lib/standards/service'
import type { ClassOffer, ModuleOffer, Response, ResponseFilter, Tiers } from './model'
import * as store from './store'
import { thinOf } from './thin'

export { briefFor, type Brief, type BriefPart } from './brief-service'
export { schoolTopics, SHARED, type SchoolTopics } from './school-service'

/**
 * From a number to help: what can be done about a kabupaten, a subject or an indicator, put together from what the rooms below publish, each
 * with its own suppression. Nothing is counted here.
 */

/** Teachers by level of support at a place or of a subject, as the tables of support tell them. */
async function tiersAt(actor: Actor, filter: MapFilter, at: { region: string } | { subject: string }): Promise<Response['tiers']> {
  if (!(tieredParts as readonly string[]).includes(filter.bagian))
    return { why: 'Kompetensi kepribadian hanya untuk umpan balik; tidak ada tingkat dukungan yang diturunkan darinya.' }
  if ('region' in at && filter.mapel)
    return { why: 'Tingkat dukungan tidak dirinci menurut wilayah dan mata pelajaran sekaligus, supaya kelompok kecil tetap terlindungi.' }
  const { rules } = await tierRules()
  const { figures: effect, said } = (await tierEffect(actor, rules, filter.bagian)).open()
  const found = 'region' in at ? effect.byRegion.find((r) => r.key === at.region) : effect.bySubject.find((r) => r.key === at.subject)
  if (!found) return { why: 'Belum ada guru yang terbaca untuk tingkat dukungan di sini.' }
  if (!found.n.length) return { why: `Gurunya di bawah ${effect.hideBelow} orang, atau angkanya akan membuka kelompok sekecil itu.` }
  const tiers: Tiers = {
    groups: effect.groups.map((g, i) => ({ name: g.name, n: found.n[i] ?? null })),
    total: found.total,
    hours: found.hours,
    rupiah: found.rupiah,
    said,
  }
  return tiers
}

/**
 * What can be done about what the filter names, for an actor who reads the map and support. Null where there is no such place, subject or
 * indicator, or it is out of reach. Throws `Forbidden`.
 */
export async function whatCanBeDone(actor: Actor, filter: MapFilter, asked: ResponseFilter, now: Date): Promise<Response | null> {
  const scope = allow(actor, 'map:read')
  const whole = isWhole(allow(actor, 'support:read'))
  const [regionList, subjectList, told, offered, { rules }] = await Promise.all([
    regions(),
    subjects(),
    indicatorView(actor, filter),
    catalogue(actor),
    rulesInForce(),
  ])
  // Modules lead to indicators; content domains have none of their own.
  const indicators = told.filter((i) => !i.domain)
  const reached = regionIdsOf(scope)
  const region = asked.wilayah ? regionList.find((r) => r.kemendagriCode === asked.wilayah && (!reached || reached.includes(r.id))) : null
  const subject = filter.mapel ? subjectList.find((s) => s.code === filter.mapel) : null
  const indicator: IndicatorView[number] | null | undefined = asked.indikator ? indicators.find((i) => i.code === asked.indikator) : null
  if (region === undefined || subject === undefined || indicator === undefined || !(region ?? subject ?? indicator)) return null

  const open = offered.filter((m) => m.active)
  const thin = indicator
    ? thinOf(
        indicator.cells.map((cell) => ({ code: cell.code, title: cell.name, cell })),
        filter,
      )
    : thinOf(
        indicators.flatMap(({ code, title, cells, total }) => {
          const cell = region ? cells.find((c) => c.code === region.kemendagriCode) : total
          return cell ? [{ code, title, cell }] : []
        }),
        filter,
      )
  const areas = indicator ? [indicator.code] : thin.map((t) => t.code)
  const fitting = new Map<string, ModuleOffer>()
  const offer = (m: (typeof open)[number], area: string) => {
    const found = fitting.get(m.code) ?? { code: m.code, title: m.title, mode: m.mode, hours: m.hours, cost: m.cost, areas: [] }
    fitting.set(m.code, { ...found, areas: [...found.areas, area] })
  }
  for (const area of areas) for (const m of modulesFor(area, subject?.code ?? null, open)) offer(m, area)
  if (subject && filter.bagian === '4') for (const m of open.filter((o) => o.subjects?.includes(subject.code))) offer(m, subject.name)

  const classes = async (): Promise<Response['classes']> => {
    if (!whole) return { why: 'Kelas dibuka dan diisi BGTK untuk semua jenjang; mintalah kursi kepada BGTK.' }
    const names = new Set(fitting.keys())
    return (await store.openClasses()).flatMap((c): ClassOffer[] => {
      const near = region ? c.classes.filter((k) => k.regions.includes(region.kemendagriCode)) : c.classes
      if (!near.length && (!names.has(c.module) || !c.waiting)) return []
      return [
        {
          module: c.module,
          title: c.title,
          mode: c.mode,
          waiting: c.waiting > 0 && c.waiting < rules.hideBelow ? null : c.waiting,
          classes: near.length,
          free: near.reduce((s, k) => s + k.free, 0),
        },
      ]
    })
  }
  const tutors = async (): Promise<Response['tutors']> => {
    if (!whole) return { why: 'Tutor sebaya dicocokkan BGTK untuk seluruh provinsi; kekurangannya dibaca BGTK.' }
    if (indicator) return { why: 'Tutor sebaya dicocokkan menurut mata pelajaran dan wilayah, bukan menurut satu indikator.' }
    const own = (await store.gapsOfMatching()).filter(
      (g) => (!region || g.regionCode === region.kemendagriCode) && (!subject || g.subject === subject.code),
    )
    const shown = own.filter((g) => g.learners >= rules.hideBelow)
    return {
      gaps: shown
        .map((g) => ({
          region: regionList.find((r) => r.kemendagriCode === g.regionCode)?.shortName ?? g.regionCode,
          subject: subjectList.find((s) => s.code === g.subject)?.name ?? g.subject,
          learners: g.learners,
        }))
        .sort((a, b) => a.region.localeCompare(b.region, 'id') || a.subject.localeCompare(b.subject, 'id')),
      few: own.length - shown.length,
    }
  }
  const code = region?.kemendagriCode ?? null
  const [tiers, classList, tutorList, sittings, untested] = await Promise.all([
    region
      ? tiersAt(actor, filter, { region: region.kemendagriCode })
      : subject
        ? tiersAt(actor, filter, { subject: subject.code })
        : { why: 'Tingkat dukungan ditetapkan menurut kompetensi, bukan menurut satu indikator.' },
    classes(),
    tutors(),
    store.comingSittings(now, code),
    code ? store.untestedSchools(code, scope, filter.siklus) : [],
  ])
  return {
    kind: region ? 'region' : indicator ? 'indicator' : 'subject',
    name: region?.name ?? (indicator ? `${indicator.code} ${indicator.title}` : `Guru ${subject!.name}`),
    thin,
    tiers,
    classes: classList,
    modules: [...fitting.values()].slice(0, 12),
    tutors: tutorList,
    sittings,
    untested,
  }
}
