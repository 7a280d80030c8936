import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { allow, denied, may } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { parseInline } from '@/lib/items/markup'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { correctedScoring } from './corrections'
import { latestForms } from './form-store'
import * as bank from './store'
import * as store from './validity-store'
import { FEWEST_EXPERTS, ruleErrors, validityOf } from './validity'
import { validatedBy } from './workshop-store'

export { relevanceAnchors, validityDecisionNames, FEWEST_EXPERTS, type ValidityDecision } from './validity'

/** What experts rate: the items of an instrument's newest form, and those that wait for validation. Null when there is no such instrument. */
async function newestItems(code: string) {
  const instrument = await bank.findInstrument(code)
  if (!instrument) return null
  const form = (await latestForms()).find((f) => f.instrumentId === instrument.id)
  const [inForm, waiting, nodes] = await Promise.all([
    form ? bank.formItems(form.formId) : [],
    bank.itemsInState(instrument.id, 'validation'),
    bank.frameworkNodes(),
  ])
  const items = [...waiting, ...inForm.filter((i) => !waiting.some((w) => w.itemVersionId === i.itemVersionId))]
  return { instrument, items, nodes: new Map(nodes.map((n) => [n.code, n.title])) }
}

/** The instruments whose items an expert was asked to judge; null for the office, which sees all. */
export async function askedToValidate(actor: Actor): Promise<Set<string> | null> {
  if (may(actor, 'bank:manage')) return null
  return new Set(actor.userId ? await validatedBy(actor.userId) : [])
}

/** Whoever rates was asked to: that somebody manages the bank besides makes no expert of this instrument. */
async function askedToRate(actor: Actor, instrumentId: string): Promise<void> {
  if (!actor.userId || !(await validatedBy(actor.userId)).includes(instrumentId)) throw denied(actor, 'validity:rate')
}

/** Instruments that the actor was asked to review, with how far that has come. */
export async function myReviews(actor: Actor) {
  allow(actor, 'validity:rate')
  const mine = actor.userId ? await validatedBy(actor.userId) : []
  return (await store.reviewCounts(actor.userId)).filter((r) => mine.includes(r.id))
}

/** An instrument as its reviewer sees it: key and rationale of an item only once the reviewer has rated it. */
export async function reviewPage(actor: Actor, code: string) {
  allow(actor, 'validity:rate')
  const found = await newestItems(code)
  if (!found || !actor.userId) return null
  await askedToRate(actor, found.instrument.id)
  const ids = found.items.map((i) => i.itemVersionId)
  const [own, corrected] = await Promise.all([store.ratingsBy(actor.userId, ids), correctedScoring(ids, true)])
  return {
    instrument: found.instrument,
    items: found.items.map(({ itemVersionId, itemCode, content, stimulus, type, cognitiveLevel, domainTitle, nodeCode, ...hidden }) => {
      const rating = own.find((r) => r.itemVersionId === itemVersionId) ?? null
      return {
        ...{ itemVersionId, itemCode, content, stimulus, type, cognitiveLevel, domainTitle },
        node: `${nodeCode} ${found.nodes.get(nodeCode) ?? ''}`.trim(),
        rating,
        key: rating && { scoring: corrected.get(itemVersionId) ?? hidden.scoring, rationale: parseInline(hidden.rationale) },
      }
    }),
  }
}

const Relevance = z.object({ itemVersionId: z.uuid(), relevance: z.number().int().min(1).max(5), comment: z.string().trim().max(1000) })

/** Saves the actor's judgement of one item; a later one replaces it. */
export async function rateRelevance(actor: Actor, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'validity:rate')
  const parsed = Relevance.safeParse(input)
  if (!parsed.success)
    return refuse(
      'input',
      'Pilih relevansi 1 sampai 5; komentar paling panjang 1.000 huruf. Penilaian ini belum disimpan; yang lain aman.',
      faultsOf(parsed),
    )
  const item = await bank.itemVersion(parsed.data.itemVersionId)
  if (!actor.userId || !item) return refuse('item', 'Butir itu tidak ada. Penilaian ini belum disimpan; muat ulang halaman.')
  await askedToRate(actor, item.instrumentId)
  await store.saveRating({ ...parsed.data, userId: actor.userId, expertName: actor.name }, now)
  return ok(null)
}

/** Content validity of an instrument item by item, with the experts' words; their names for the office only. `owing`: items that the reader was asked to judge and has not. */
export async function validityPage(actor: Actor, code: string) {
  allow(actor, 'analysis:read')
  const found = await newestItems(code)
  if (!found) return null
  const mine = await askedToValidate(actor)
  if (mine && !mine.has(found.instrument.id)) throw denied(actor, 'analysis:read')
  const all = await store.ratingsOf(found.items.map((i) => i.itemVersionId))
  // Whoever was asked to judge reads of an item what others said after she has judged it herself, whatever else she may read.
  const asked = actor.userId !== null && (await validatedBy(actor.userId)).includes(found.instrument.id)
  const spoken = new Set(all.filter((r) => r.userId !== null && r.userId === actor.userId).map((r) => r.itemVersionId))
  const items = asked ? found.items.filter((i) => spoken.has(i.itemVersionId)) : found.items
  const ratings = all.filter((r) => !asked || spoken.has(r.itemVersionId))
  const named = may(actor, 'instrument:read')
  const experts = new Set(ratings.map((r) => r.userId ?? r.expertName)).size
  return {
    instrument: found.instrument,
    named,
    /** What the rule errs with this many experts; null below the fewest. */
    errors: experts < FEWEST_EXPERTS ? null : ruleErrors(experts),
    simulated: ratings.some((r) => r.simulated),
    newest: ratings.at(-1)?.at ?? null,
    experts,
    owing: found.items.length - items.length,
    items: items.map((i) => {
      const own = ratings.filter((r) => r.itemVersionId === i.itemVersionId)
      return {
        itemVersionId: i.itemVersionId,
        itemCode: i.itemCode,
        node: `${i.nodeCode} ${found.nodes.get(i.nodeCode) ?? ''}`.trim(),
        ...validityOf(own.map((r) => r.relevance)),
        counts: [1, 2, 3, 4, 5].map((value) => own.filter((r) => r.relevance === value).length),
        comments: own.flatMap((r) =>
          r.comment ? [{ name: named ? r.expertName : null, relevance: r.relevance, comment: r.comment }] : [],
        ),
      }
    }),
  }
}
