import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { inTransaction } from '@/lib/platform/db'
import { takeTurn } from '@/lib/platform/turn-store'
import { ok, refuse, type Result } from '@/lib/platform/result'
import * as store from './incident-store'
import { clockEnd } from './model'

/** The register of failures of protection, with the 3 × 24 hours that run from when the office knew. */

export type { IncidentRow } from './incident-store'

export async function incidents(actor: Actor): Promise<store.IncidentRow[]> {
  allow(actor, 'privacy:manage')
  return store.allIncidents()
}

const text = z.string().trim().min(10).max(4_000)
const Incident = z.object({
  happened: text,
  data: text,
  measures: text,
  affected: z.union([z.literal('').transform(() => null), z.coerce.number().int().min(0).max(10_000_000)]),
  happenedAt: z.date().nullable(),
  knownAt: z.date(),
})

/** Enters an incident; the clock runs from `knownAt`, whenever it is typed in. */
export async function reportIncident(actor: Actor, input: unknown, now: Date): Promise<Result<Date>> {
  allow(actor, 'privacy:manage')
  const parsed = Incident.safeParse(input)
  if (!parsed.success)
    return refuse(
      'form',
      'Lengkapi apa yang terjadi, data yang terkena, yang dilakukan (masing-masing sedikitnya 10 huruf), dan kapan diketahui. Belum ada yang tersimpan.',
      faultsOf(parsed, { happenedAt: 'happened-day', knownAt: 'known-day' }),
    )
  const { knownAt, happenedAt } = parsed.data
  if (knownAt > now || (happenedAt && happenedAt > knownAt))
    return refuse(
      'times',
      'Waktu diketahui tidak boleh di masa depan, dan kejadiannya tidak boleh sesudah diketahui. Belum ada yang tersimpan.',
      ['known-day', 'happened-day'],
    )
  const dueAt = clockEnd(knownAt)
  return inTransaction(async (tx) => {
    await takeTurn(tx, 'data-incident', '')
    if (await store.sameIncident(tx, { ...parsed.data, by: actor.userId })) return ok(dueAt)
    const id = await store.addIncident(tx, { ...parsed.data, dueAt, by: actor.userId, now })
    await audit(actor, 'privacy:manage', `data_incident:${id}`, { detail: { reported: true } }, tx)
    return ok(dueAt)
  })
}

const gone = refuse('missing', 'Kejadian ini tidak ditemukan.')
const closed = refuse('closed', 'Kejadian ini sudah ditutup. Catatannya tetap.')

/** Notes that the people concerned, or the agency, were told in writing; told twice, the first time stays. */
export async function noteTold(actor: Actor, id: string, side: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'privacy:manage')
  const parsed = z.enum(['subjects', 'agency']).safeParse(side)
  if (!parsed.success || !z.uuid().safeParse(id).success) return gone
  return inTransaction(async (tx) => {
    const incident = await store.lockIncident(tx, id)
    if (!incident) return gone
    if (incident.closedAt) return closed
    await store.noteTold(tx, id, parsed.data, now)
    await audit(actor, 'privacy:manage', `data_incident:${id}`, { detail: { told: parsed.data } }, tx)
    return ok(null)
  })
}

/** Closes an incident with its record: only after both were told. */
export async function closeIncident(actor: Actor, id: string, record: string, now: Date): Promise<Result<null>> {
  allow(actor, 'privacy:manage')
  const words = text.safeParse(record)
  if (!words.success || !z.uuid().safeParse(id).success)
    return refuse('form', 'Tuliskan catatan penutup sedikitnya 10 huruf. Kejadian ini masih terbuka.', ['record'])
  return inTransaction(async (tx) => {
    const incident = await store.lockIncident(tx, id)
    if (!incident) return gone
    if (incident.closedAt) return incident.closing === words.data && incident.closedName === actor.name ? ok(null) : closed
    if (!incident.subjectsToldAt || !incident.agencyToldAt)
      return refuse('told', 'Catat dahulu bahwa orang yang terkena dan lembaga sudah diberi tahu. Kejadian ini masih terbuka.')
    await store.closeIncident(tx, id, words.data, actor.userId, now)
    await audit(actor, 'privacy:manage', `data_incident:${id}`, { detail: { closed: true } }, tx)
    return ok(null)
  })
}
