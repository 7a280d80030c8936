import { neighbourhood } from '@/lib/platform/client-address'
import { log } from '@/lib/platform/log'
import { addEvent } from './audit-store'
import type { Refusal } from './audit-model'
import { Gathered } from './gathered'
import { nameInAudit, type Actor, type Role } from './model'
import { presentRequest } from './origin'

/** What was refused because somebody tried more than is theirs, in the audit log: one place for pages, actions, downloads and phones. */

/** Honest people cause a few a day; a machine that walks through addresses is told as one. */
const gathered = new Gathered(300)

type Refused = {
  what: Refusal
  /** What it was about: "permission:users:manage", "seat:…". */
  object: string
  actor: Actor | null
  role?: Role | null
}

/** Notes a refusal; never throws and never waits for the database, so that refusing is as fast as it was. */
export function noteRefusal({ what, object, actor, role = actor?.grants[0]?.role ?? null }: Refused, now = new Date()): void {
  const from = presentRequest()
  const line = (about: string) => (count: number, at: Date) =>
    addEvent(
      {
        actorId: actor?.userId ?? actor?.seatId ?? null,
        actorName: actor ? nameInAudit(actor) : 'Tidak dikenal',
        actorRole: role,
        action: `refused:${what}`,
        object: about,
        count,
        ...(from?.path ? { detail: { path: from.path } } : {}),
      },
      at,
    )
  const who = actor?.userId ?? actor?.seatId ?? (from ? neighbourhood(from.address) : '')
  gathered
    .note(`${what}|${object}|${who}`, line(object), line('rest'), now)
    .catch((err: unknown) => log().error({ err, what }, 'a refusal could not be noted'))
}
