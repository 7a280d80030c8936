import type { Actor } from '@/lib/access/model'
import { may, openNamed, regionIdsOf, scopeOf } from '@/lib/access/service'
import { formatDate } from '@/lib/platform/format'
import { findSchools, findTeachers, literallyOrLike } from '@/lib/roster/inside'
import * as store from './store'

/** One search over what this actor may open: every hit leads to a page that asks for its own permission once more. */

export type Hit = { href: string; title: string; note: string }
export type Found = { kind: string; hits: Hit[] }[]

/** Hits of a kind; who wants more goes on in the list of that kind. */
const MOST = 8
/** Fewer letters are in every name. */
export const LEAST = 2

async function teachers(actor: Actor, q: string): Promise<Hit[]> {
  const all = may(actor, 'roster:read')
  const scope = scopeOf(actor, all ? 'roster:read' : 'result:named')
  if (!scope) return []
  const found = await literallyOrLike((wide) => findTeachers(q, scope, MOST, wide))
  const rows = await openNamed(actor, 'search', all ? 'roster:read' : 'result:named', 'search', found, (t) => t.id, { detail: { q } })
  return rows.map((t) => ({
    href: `/data-guru/${t.id}`,
    title: t.name,
    note: t.schoolName,
  }))
}

/** A head's own school is the page of that head. */
const schoolAddress = (actor: Actor, id: string): string => (may(actor, 'map:read') ? `/sekolah/${id}` : `/sekolah?sekolah=${id}`)

async function schools(actor: Actor, q: string): Promise<Hit[]> {
  const scope = scopeOf(actor, 'result:named')
  if (!scope) return []
  return (await literallyOrLike((wide) => findSchools(q, scope, MOST, wide))).map((s) => ({
    href: schoolAddress(actor, s.id),
    title: s.name,
    note: [s.npsn && `NPSN ${s.npsn}`, s.regionName].filter(Boolean).join(' · '),
  }))
}

async function regions(actor: Actor, q: string): Promise<Hit[]> {
  const scope = scopeOf(actor, 'map:read')
  if (!scope) return []
  const reached = regionIdsOf(scope)
  return (await store.findRegions(q, MOST))
    .filter((r) => reached === null || reached.includes(r.id))
    .map((r) => ({ href: `/peta/${r.code}`, title: r.name, note: 'kabupaten/kota di peta' }))
}

async function items(actor: Actor, q: string): Promise<Hit[]> {
  if (!may(actor, 'bank:manage')) return []
  const [found, instruments] = await Promise.all([store.findItems(q, MOST), store.findInstruments(q, MOST)])
  return [
    ...instruments.map((i) => ({ href: `/bgtk/instrumen/${i.code}`, title: i.title, note: 'instrumen' })),
    ...found.map((i) => ({ href: `/bgtk/instrumen/${i.instrument}/butir/${i.code}`, title: i.code, note: `butir ${i.title}` })),
  ].slice(0, MOST)
}

async function tests(actor: Actor, q: string): Promise<Hit[]> {
  if (!may(actor, 'cycle:manage')) return []
  const [cycles, sittings] = await Promise.all([store.findCycles(q, MOST), store.findSittings(q, MOST)])
  return [
    ...cycles.map((c) => ({ href: `/bgtk/siklus/${c.id}`, title: c.name, note: `siklus, mulai ${formatDate(c.startsOn)}` })),
    ...sittings.map((s) => ({ href: `/bgtk/sesi/${s.id}`, title: s.name, note: `sesi ${formatDate(s.opensAt)}, ${s.venue}` })),
  ].slice(0, MOST)
}

/** What is found for `q` by kind, kinds without a hit left out; nothing below two letters. Names that are shown are noted as read. */
export async function find(actor: Actor, q: string): Promise<Found> {
  const asked = q.trim().slice(0, 100)
  if (asked.length < LEAST) return []
  const kinds: [string, Promise<Hit[]>][] = [
    ['Guru', teachers(actor, asked)],
    ['Sekolah', schools(actor, asked)],
    ['Kabupaten/kota', regions(actor, asked)],
    ['Butir dan instrumen', items(actor, asked)],
    ['Siklus dan sesi', tests(actor, asked)],
  ]
  const hits = await Promise.all(kinds.map(([, h]) => h))
  return kinds.map(([kind], i) => ({ kind, hits: hits[i]! })).filter((f) => f.hits.length > 0)
}
