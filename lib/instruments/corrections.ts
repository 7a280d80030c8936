import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import type { ItemScoring } from '@/lib/items/model'
import { takeTurn } from '@/lib/platform/turn-store'
import { ok, refuse, type Result } from '@/lib/platform/result'
import * as store from './correction-store'

/** Far enough in the future that every correction has been made by then. */
const ALL = new Date(8.64e14)

/**
 * Corrected keys of a form's items by item version: those in force; with `drafts` also those not yet released, all of them or those made
 * up to a moment, which is what a score run begun at that moment counts by.
 */
export async function correctedScoring(itemVersionIds: string[], drafts: boolean | Date): Promise<Map<string, ItemScoring>> {
  const upTo = drafts === true ? ALL : drafts || null
  return new Map((await store.corrections(itemVersionIds, upTo)).map((c) => [c.itemVersionId, c.scoring]))
}

const Correction = z.object({ itemVersionId: z.uuid(), key: z.string().regex(/^[A-F]$/), reason: z.string().trim().min(10).max(500) })

/**
 * Puts a corrected key of a single-choice item on record. It changes nobody's score by itself: it counts in score runs
 * made from now on, and for everybody when such a run is released.
 */
export async function correctKey(actor: Actor, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'calibration:run')
  const parsed = Correction.safeParse(input)
  if (!parsed.success)
    return refuse(
      'input',
      'Pilih kunci yang benar dan tulis alasannya (sedikitnya sepuluh huruf). Belum ada yang berubah.',
      faultsOf(parsed),
    )
  const { itemVersionId, key, reason } = parsed.data
  const item = await store.choiceItem(itemVersionId)
  if (!item || item.scoring.type !== 'single')
    return refuse('type', 'Koreksi kunci di layar ini hanya untuk pilihan ganda. Belum ada yang berubah.')
  if (!item.options.includes(key)) return refuse('key', `Butir ini tidak mempunyai pilihan ${key}. Belum ada yang berubah.`)
  return act(async (tx) => {
    await takeTurn(tx, 'key-correction', itemVersionId)
    const standing = await store.choiceItem(itemVersionId)
    if (standing?.scoring.type === 'single' && standing.scoring.key === key) {
      const [newest] = await store.history([itemVersionId])
      return newest?.reason === reason && newest.createdBy === actor.userId
        ? ok(null)
        : refuse('same', 'Kunci itu sudah dipakai sekarang. Belum ada yang berubah.')
    }
    await store.addCorrection({ itemVersionId, scoring: { type: 'single', key }, reason, createdBy: actor.userId }, now)
    await audit(actor, 'calibration:run', `item_version:${itemVersionId}`, { detail: { key, reason } }, tx)
    return ok(null)
  })
}

export const correctionHistory = store.history
export const releaseCorrections = store.release
