import type { Transaction } from '@/lib/platform/db'
import type { Purpose } from './audit-model'
import type { KeptLine } from './audit-later'
import { addAudit } from './audit-store'
import type { Actor } from './model'
import { roleFor, type Action } from './permissions'

/** Lines of the log outlive a teacher's data, so they hold her key and never her name; whoever works in an office is named. */
export const nameInAudit = (actor: Actor): string =>
  actor.grants.length > 0 && actor.grants.every((g) => g.role === 'guru') ? 'Guru' : actor.name

/**
 * The one way by which rows with teachers' names leave a use case: it hands the rows on once its line stands, and the line names every
 * teacher among them (decision 027). A reader's own rows are no reading of somebody else: they are not in the line, and alone make none.
 */
export async function openNamed<Row>(
  actor: Actor,
  purpose: Purpose,
  action: Action,
  object: string,
  rows: Row[],
  teacherOf: (row: Row) => string | null | undefined | readonly string[],
  extra: { detail?: unknown; tx?: Transaction } = {},
): Promise<Row[]> {
  const subjects = new Set(rows.flatMap((r) => teacherOf(r) ?? []))
  const count = subjects.size
  if (actor.teacherId) subjects.delete(actor.teacherId)
  if (subjects.size === 0) return rows
  await addAudit(
    {
      actorId: actor.userId ?? actor.seatId,
      actorName: nameInAudit(actor),
      actorRole: roleFor(actor, action),
      action,
      object,
      purpose,
      count,
      subjects: [...subjects],
      ...(extra.detail ? { detail: extra.detail } : {}),
    },
    new Date(),
    extra.tx,
  )
  return rows
}

/** Writes the lines that making a document kept, in the name of whoever is given it, now. */
export async function writeLines(actor: Actor, lines: readonly KeptLine[], now: Date): Promise<void> {
  for (const line of lines) await addAudit({ ...line, actorId: actor.userId ?? actor.seatId, actorName: nameInAudit(actor) }, now)
}
