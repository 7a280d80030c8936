import { act, allow, audit, scopeOf } from '@/lib/access/service'
import type { Actor, Role } from '@/lib/access/model'
import { inTransaction } from '@/lib/platform/db'
import { takeTurn } from '@/lib/platform/turn-store'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { isOpen, offices, type Office, type Switch } from './public-model'
import * as store from './public-store'

/** The two switches of the public page. Each office has its own, and either alone shuts the page at once. */

const roleOf: Record<Office, Role> = { bgtk: 'bgtk', dinas: 'dinas-provinsi' }

const asSwitches = (found: readonly store.Decision[]): Switch[] =>
  (Object.keys(offices) as Office[]).map((office) => {
    const d = found.find((f) => f.office === office)
    return { office, open: d?.open ?? false, name: d?.name ?? null, at: d?.at ?? null }
  })

/** Whether citizens may read now: asked anew at every request, so that a switch counts at once. */
export const publicIsOpen = async (): Promise<boolean> => isOpen(asSwitches(await store.decisions()))

export type PublicDesk = {
  open: boolean
  switches: (Switch & { own: boolean })[]
  history: { office: Office; open: boolean; name: string; at: Date }[]
}

const owns = (actor: Actor, office: Office): boolean =>
  scopeOf({ ...actor, grants: actor.grants.filter((g) => g.role === roleOf[office]) }, 'publication:public') !== null

/** Both switches as they stand, and what was decided before. */
export async function publicDesk(actor: Actor): Promise<PublicDesk> {
  allow(actor, 'publication:public')
  const [found, all] = await Promise.all([store.decisions(), store.allDecisions()])
  const switches = asSwitches(found)
  return {
    open: isOpen(switches),
    switches: switches.map((s) => ({ ...s, own: owns(actor, s.office) })),
    history: all.map(({ office, open, name, at }) => ({ office, open, name, at })),
  }
}

/** Turns the switch of an office. Whoever stands in both turns one of them only: opening takes two persons, shutting one. */
export async function turnPublic(actor: Actor, office: Office, open: boolean, now: Date): Promise<Result<{ open: boolean }>> {
  allow(actor, 'publication:public')
  if (!owns(actor, office))
    return refuse('office', `Sakelar ini milik ${offices[office]}. Tidak ada yang berubah; sakelar kantor Anda ada di halaman ini juga.`)
  return act(async (tx) => {
    await takeTurn(tx, 'public-page', '')
    const before = await store.decisions()
    const own = before.find((d) => d.office === office)
    const other = before.find((d) => d.office !== office)
    const both = (mine: boolean) => ok({ open: mine && (other?.open ?? false) })
    if ((own?.open ?? false) === open) return both(open)
    if (open && other?.open && other.setBy !== null && other.setBy === actor.userId)
      return refuse(
        'same',
        'Anda sendiri yang menyalakan sakelar kantor lain. Minta rekan menyalakan yang ini; halaman publik tetap tertutup.',
      )
    await store.addDecision(tx, { office, open, setBy: actor.userId, name: actor.name, at: now })
    await audit(actor, 'publication:public', `public:${office}`, { detail: { open } }, tx)
    return both(open)
  })
}

/** Writes what an office decides, for the demonstration and for tests. */
export const decidePublic = (office: Office, open: boolean, who: { userId: string | null; name: string }, now: Date): Promise<unknown> =>
  inTransaction((tx) => store.addDecision(tx, { office, open, setBy: who.userId, name: who.name, at: now }))
