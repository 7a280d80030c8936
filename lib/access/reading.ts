import type { Purpose } from './audit-model'
import { addLine } from './audit-store'
import { nameInAudit, type Actor, type Role } from './model'
import type { KeptLine } from './audit-later'
import { roleFor, type Action } from './permissions'

/**
 * The one way by which rows with teachers' names leave a use case: it hands the rows on once its line stands, and the line names every
 * teacher among them (decision 027). A reader's own rows are no reading of somebody else: they are not in the line, and alone make none.
 * `role` is that of the grant which allowed these very rows, where several could have allowed the action.
 */
export async function openNamed<Row>(
  actor: Actor,
  purpose: Purpose,
  action: Action,
  object: string,
  rows: Row[],
  teacherOf: (row: Row) => string | null | undefined | readonly string[],
  extra: { detail?: object; role?: Role } = {},
): Promise<Row[]> {
  const subjects = new Set(rows.flatMap((r) => teacherOf(r) ?? []))
  const count = subjects.size
  if (actor.teacherId) subjects.delete(actor.teacherId)
  if (subjects.size === 0) return rows
  await addLine(
    {
      actorId: actor.userId ?? actor.seatId,
      actorName: nameInAudit(actor),
      actorRole: extra.role ?? roleFor(actor, action),
      action,
      object,
      purpose,
      count,
      subjects: [...subjects],
      ...(extra.detail ? { detail: extra.detail } : {}),
    },
    new Date(),
  )
  return rows
}

/** Writes the lines that making a document kept, in the name of whoever is given it, now. */
export async function writeLines(actor: Actor, lines: readonly KeptLine[], now: Date): Promise<void> {
  for (const line of lines) await addLine({ ...line, actorId: actor.userId ?? actor.seatId, actorName: nameInAudit(actor) }, now)
}
