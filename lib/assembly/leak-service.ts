import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { formsOfItem, itemByItsCode, itemFacts, noteLeak, scoringItems } from '@/lib/instruments/inside'
import { scoreResponse } from '@/lib/items/score'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { attemptData } from '@/lib/calibration/inside'
import { formUses, type FormUse } from '@/lib/scoring/inside'

/** What scores would be without one item: over closed attempts, raw share of full credit with and without it, in per cent points. */
export type Without = { n: number; meanChange: number; largest: number }

async function without(instrumentId: string, itemCode: string, formIds: string[]): Promise<Without | null> {
  const attempts = (await attemptData(instrumentId, null)).filter((a) => formIds.includes(a.formId))
  const forms = new Map(await Promise.all(formIds.map(async (id) => [id, await scoringItems(id)] as const)))
  let sum = 0
  let largest = 0
  for (const a of attempts) {
    const items = forms.get(a.formId)!
    const credits = items.map((i) => ({
      code: i.itemCode,
      credit: scoreResponse(i.scoring, a.responses?.[i.itemVersionId], a.rated?.[i.itemVersionId]),
    }))
    const rest = credits.filter((c) => c.code !== itemCode)
    if (!rest.length) continue
    const mean = (list: typeof credits) => list.reduce((s, c) => s + c.credit, 0) / list.length
    const change = 100 * (mean(rest) - mean(credits))
    sum += change
    if (Math.abs(change) > Math.abs(largest)) largest = change
  }
  return attempts.length ? { n: attempts.length, meanChange: sum / attempts.length, largest } : null
}

/** Where an item was delivered; for one marked as leaked also what would change without it. Scores themselves stay as they are. */
export async function itemReach(actor: Actor, itemId: string): Promise<{ uses: FormUse[]; without: Without | null }> {
  allow(actor, 'bank:manage')
  const [forms, facts] = await Promise.all([formsOfItem(itemId), itemFacts(itemId)])
  const ids = forms.map((f) => f.formId)
  const uses = ids.length ? await formUses(ids) : []
  if (!facts?.compromisedAt || !uses.length) return { uses, without: null }
  return { uses, without: await without(facts.instrumentId, facts.code, [...new Set(uses.map((u) => u.formId))]) }
}

const Reason = z.string().trim().min(10, 'Tulis apa yang terjadi, sedikitnya sepuluh huruf.').max(500)

/** Marks an item as leaked: it enters no new form, and everything that it touched is listed. */
export async function leakItem(actor: Actor, code: string, reason: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'bank:manage')
  const parsed = Reason.safeParse(reason)
  if (!parsed.success) return refuse('reason', `${parsed.error.issues[0]!.message} Butir belum ditandai.`, faultsOf(parsed))
  if ((await itemByItsCode(code))?.practice)
    return refuse(
      'practice',
      'Butir ini butir latihan: boleh dilihat siapa saja dan tidak pernah berada di formulir yang dihitung. Tidak perlu ditandai bocor.',
    )
  return act(async (tx) => {
    const marked = await noteLeak(tx, code, parsed.data, { userId: actor.userId, name: actor.name }, now)
    if (!marked) return refuse('item', 'Butir itu tidak ada atau sudah ditandai dengan keterangan lain. Tidak ada yang berubah.')
    if (marked === 'same') return ok(null)
    await audit(actor, 'bank:manage', `item:${code}`, { detail: { compromised: parsed.data } }, tx)
    return ok(null)
  })
}
