import { z } from 'zod'
import * as access from '@/lib/access/personal'
import { allow, auditCopy, denied, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import * as delivery from '@/lib/delivery/personal'
import * as documents from '@/lib/documents/personal'
import { settleShown } from '@/lib/delivery/inside'
import type { PersonalRoom, PersonalRows } from '@/lib/platform/personal'
import * as rating from '@/lib/rating/personal'
import * as roster from '@/lib/roster/personal'
import * as scoring from '@/lib/scoring/personal'
import * as sittings from '@/lib/sittings/personal'
import * as plans from '@/lib/plans/personal'
import * as tutoring from '@/lib/tutoring/personal'
import { inventory } from './inventory-model'
import { activities, notInCopy } from './processing-model'
import * as own from './personal'
import { requestById } from './request-store'

/** Everything the system holds about one teacher, gathered from every room in the order of the inventory. */

/** Rooms in the order in which they forget: whoever finds its rows by a seat or by the account comes before these go. */
export const rooms: PersonalRoom[] = [tutoring, plans, rating, scoring, delivery, documents, own, access, sittings, roster]

export type CopySection = { table: string; title: string; activity: string; rows: Record<string, unknown>[] }
export type DataCopy = {
  teacherId: string
  name: string
  school: string
  sections: CopySection[]
  left: { title: string; reason: string }[]
}

/** The rows of every room by table. */
export async function gathered(teacherId: string): Promise<PersonalRows> {
  return Object.assign({}, ...(await Promise.all(rooms.map((r) => r.dataOf(teacherId))))) as PersonalRows
}

async function copyFor(teacherId: string): Promise<DataCopy | null> {
  const identity = await roster.identityOf(teacherId)
  if (!identity) return null
  await settleShown({ teacherId }, new Date())
  const rows = await gathered(teacherId)
  return {
    teacherId,
    name: identity.name,
    school: identity.schoolName,
    sections: inventory
      .filter((h) => !(h.table in notInCopy))
      .map((h) => ({ table: h.table, title: h.title, activity: activities[h.activity].title, rows: rows[h.table] ?? [] })),
    left: inventory.filter((h) => h.table in notInCopy).map((h) => ({ title: h.title, reason: notInCopy[h.table]! })),
  }
}

/** The copy of the teacher who asks. */
export async function ownCopy(actor: Actor): Promise<DataCopy | null> {
  allow(actor, 'privacy:own')
  if (!actor.teacherId) return null
  const copy = await copyFor(actor.teacherId)
  if (copy) await auditCopy(actor, 'privacy:own', `teacher:${actor.teacherId}`, { count: 1, detail: { copy: true } })
  return copy
}

/** Whether a copy still answers this request; false where there is none. Throws `Forbidden` where it asks for something else or was answered. */
export async function copyIsAsked(actor: Actor, requestId: string): Promise<boolean> {
  allow(actor, 'privacy:propose')
  const request = z.uuid().safeParse(requestId).success ? await requestById(requestId) : null
  if (request && (request.kind !== 'salinan' || request.answeredAt)) throw denied(actor, 'privacy:propose')
  return request !== null
}

/** The copy that answers a request for one, as long as it is open: the office reads a person's whole record for no other reason. */
export async function copyForRequest(actor: Actor, requestId: string): Promise<DataCopy | null> {
  allow(actor, 'privacy:propose')
  const request = (await copyIsAsked(actor, requestId)) ? await requestById(requestId) : null
  if (!request) return null
  const copy = await copyFor(request.teacherId)
  if (copy)
    await openNamed(actor, 'data-copy', 'privacy:propose', `teacher:${request.teacherId}`, [request.teacherId], (id) => id, {
      detail: { copy: true, request: requestId },
    })
  return copy
}
