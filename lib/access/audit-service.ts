import { z } from 'zod'
import { auditKinds, auditSentence, openerSentence, roleWords, type AuditKind } from './audit-model'
import * as store from './audit-store'
import { auditHead } from './audit-verify'
import type { AuditHead } from './audit-chain'
import type { Actor } from './model'
import { allow, roleFor } from './permissions'
import { openNamed } from './reading'

/** The audit log as the office and as the teachers concerned read it. */

const PAGE = 50
const MOST_EXPORTED = 20_000
const MOST_OPENERS = 200
const DAY_MS = 86_400_000

const day = z.iso.date().nullable().catch(null)
const Filter = z.object({
  siapa: z.string().trim().max(80).catch(''),
  terhadap: z.string().trim().max(80).catch(''),
  jenis: z
    .enum(Object.keys(auditKinds) as [AuditKind, ...AuditKind[]])
    .nullable()
    .catch(null),
  dari: day,
  sampai: day,
  hal: z.coerce.number().int().min(1).max(10_000).catch(1),
})
export type AuditFilter = z.infer<typeof Filter>
/** The filter's words in the address. */
export const auditFilterNames = Object.keys(Filter.shape) as (keyof AuditFilter)[]

const parsed = (input: Record<string, unknown>): AuditFilter =>
  Filter.parse({ siapa: '', terhadap: '', jenis: null, dari: null, sampai: null, hal: 1, ...input })

/** Days are those of Western Indonesia, both ends included. */
function query(f: AuditFilter): store.LineFilter {
  const at = (text: string | null, days: number) => (text ? new Date(Date.parse(`${text}T00:00:00+07:00`) + days * DAY_MS) : null)
  return {
    who: f.siapa,
    whom: f.terhadap,
    reading: f.jenis === 'baca' ? true : f.jenis ? false : null,
    actions: f.jenis ? auditKinds[f.jenis].actions : [],
    from: at(f.dari, 0),
    until: at(f.sampai, 1),
  }
}

export type AuditLine = store.StoredLine & { sentence: string; role: string }
const told = (line: store.StoredLine): AuditLine => ({
  ...line,
  sentence: auditSentence(line),
  role: roleWords(line.actorRole, line.actorId !== null),
})
const subjects = (line: AuditLine) => line.whom.map((w) => w.id)

/** One page of the log by the filter of its address; opening it is a line itself where it shows teachers' names. */
export async function auditPage(
  actor: Actor,
  input: Record<string, unknown>,
): Promise<{ filter: AuditFilter; lines: AuditLine[]; total: number; pages: number; head: AuditHead }> {
  allow(actor, 'audit:read')
  const filter = parsed(input)
  const [lines, total, head] = await Promise.all([
    store.auditLines(query(filter), PAGE, (filter.hal - 1) * PAGE),
    store.countLines(query(filter)),
    auditHead(),
  ])
  await openNamed(actor, 'audit-log', 'audit:read', 'audit', lines.map(told), subjects)
  return { filter, lines: lines.map(told), total, pages: Math.max(1, Math.ceil(total / PAGE)), head }
}

/** The filtered lines for a file, newest first, with the head of the chain that holds them all and this export. At most 20,000. */
export async function auditExport(
  actor: Actor,
  input: Record<string, unknown>,
): Promise<{ lines: AuditLine[]; total: number; head: AuditHead }> {
  allow(actor, 'audit:read')
  const filter = parsed(input)
  const [stored, total] = await Promise.all([store.auditLines(query(filter), MOST_EXPORTED, 0), store.countLines(query(filter))])
  const lines = stored.map(told)
  const { hal: _page, ...detail } = filter
  const whom = new Set(lines.flatMap(subjects))
  if (actor.teacherId) whom.delete(actor.teacherId)
  await store.addLine(
    {
      actorId: actor.userId,
      actorName: actor.name,
      actorRole: roleFor(actor, 'audit:read'),
      action: 'audit:export',
      object: 'audit',
      count: lines.length,
      purpose: 'audit-export',
      subjects: [...whom],
      detail,
    },
    new Date(),
  )
  return { lines, total, head: await auditHead() }
}

export type Opener = { id: string; at: Date; name: string; role: string; words: string }

export type Reading = { id: string; at: Date; name: string; role: string; sentence: string }

/** Who opened what names one teacher, newest first, in the words of the office, at most so many. */
export async function readersOf(actor: Actor, teacherId: string, most: number): Promise<Reading[]> {
  allow(actor, 'audit:read')
  return (await store.readingsOf(teacherId, most)).map((r) => ({
    id: r.id,
    at: r.at,
    name: r.actorName,
    role: roleWords(r.actorRole, r.actorId !== null),
    sentence: auditSentence({ action: '', object: '', purpose: r.purpose, count: null }),
  }))
}

/** Who opened what names this teacher, newest first, in the teacher's own words. Own readings never make a line. */
export async function ownOpeners(actor: Actor): Promise<Opener[]> {
  allow(actor, 'result:own')
  if (!actor.teacherId) return []
  return (await store.readingsOf(actor.teacherId, MOST_OPENERS)).map((r) => ({
    id: r.id,
    at: r.at,
    name: r.actorName,
    role: roleWords(r.actorRole, r.actorId !== null),
    words: openerSentence(r.purpose),
  }))
}
