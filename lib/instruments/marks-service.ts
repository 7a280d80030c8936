import { act, allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import type { Transaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { overtaken } from '@/lib/platform/seen'
import { holdInstrument } from './store'
import * as store from './workshop-store'

/** What an item is marked with beside its text: family, anchor, enemies, and that it leaked. */

/** Family, anchor and enemies of an item. `seen`: how often family and anchor had been set when the page was opened. */
export async function markItem(
  actor: Actor,
  code: string,
  input: { family?: string; anchor?: boolean; seen?: number; enemy?: string; peace?: string },
  now: Date,
): Promise<Result<null>> {
  allow(actor, 'bank:manage')
  const item = await store.itemByCode(code)
  if (!item) return refuse('item', 'Butir itu tidak ada.')
  return act(async (tx) => {
    // Whoever makes a practice form holds the instrument too: no item becomes an anchor behind its back.
    await holdInstrument(tx, item.instrumentId)
    if (input.anchor && (await store.itemByCode(code))!.practice)
      return refuse('practice', 'Butir latihan boleh dilihat siapa saja, jadi tidak dapat menjadi jangkar. Tidak ada yang berubah.', [
        'anchor',
      ])
    if (input.enemy || input.peace) {
      const other = await store.itemByCode((input.enemy ?? input.peace)!.trim().toUpperCase())
      if (!other || other.id === item.id || other.instrumentId !== item.instrumentId)
        return refuse('enemy', 'Tulis kode butir lain dari instrumen yang sama. Tidak ada yang berubah.')
      await store.setEnemies(item.id, other.id, Boolean(input.enemy))
    }
    if (input.family !== undefined || input.anchor !== undefined) {
      const marks = (await store.eventsOf(item.id)).filter((e) => e.kind === 'marked')
      const standing = (await store.itemByCode(code))!
      const said =
        (input.family === undefined || (input.family.trim() || null) === standing.family) &&
        (input.anchor ?? standing.anchor) === standing.anchor
      if (said) return ok(null)
      const late = overtaken(input.seen, { version: marks.length, by: marks.at(-1)?.userName, at: marks.at(-1)?.at })
      if (late) return late
      const family = input.family === undefined ? undefined : input.family.trim() || null
      await store.markItem(
        item.id,
        { family, anchor: input.anchor },
        'marked',
        `Keluarga: ${family ?? 'tidak ada'}; jangkar: ${input.anchor ? 'ya' : 'tidak'}`,
        { userId: actor.userId, name: actor.name },
        now,
      )
    }
    return ok(null)
  })
}

/** Marks an item as leaked, inside the transaction of the caller; `same` when it bears this very mark already, null when it cannot be marked. */
export async function noteLeak(
  tx: Transaction,
  code: string,
  reason: string,
  person: store.Person,
  now: Date,
): Promise<'new' | 'same' | null> {
  const seen = await store.itemByCode(code)
  if (!seen) return null
  await holdInstrument(tx, seen.instrumentId)
  const item = (await store.itemByCode(code))!
  if (item.compromisedAt) return item.compromisedReason === reason ? 'same' : null
  await store.markItem(item.id, { compromised: reason }, 'compromised', reason, person, now)
  return 'new'
}
