import { createHash } from 'node:crypto'
import { keyOf, optionIds, responseCategory, topCategory } from '@/lib/items/category'
import { isAnswered, type ItemContent, type ItemScoring, type ResponseValue } from '@/lib/items/model'
import { itemOrder } from '@/lib/delivery/order'
import { MISSING, type Responses } from '@/lib/psychometrics/responses'
import type { AnalysisInput } from './analyse-instrument'
import type { AttemptData } from './store'
import type { GroupComparison } from './fairness'
import type { Reach } from './reach-model'
import type { MeasurementSettings } from './measurement-rule'
import { isUnrated, type RatedShares } from '@/lib/rating/model'

/** An item of a form with the scoring that counts (corrections applied). */
export type MeasuredItem = {
  itemVersionId: string
  content: ItemContent
  scoring: ItemScoring
  stimulusId: string | null
  /** Content domain of a subject test ('ALJ'), else indicator ('1.2'): what strengths and needs are told by. */
  area?: string
}

/**
 * Whole-number categories of one attempt. One place for the rule on missing answers: omitted is wrong (category 0), because
 * the clock was the same for all; what lies after the last answer in the order the participant saw was not reached, which is
 * wrong in scoring and missing in calibration; a statement of a scale left empty is missing, for no answer to it is wrong, and so
 * is an extended response that its raters (`rated`) have not judged.
 */
export function categoriesOf(
  items: readonly MeasuredItem[],
  responses: Record<string, ResponseValue>,
  seed: number,
  use: 'calibration' | 'scoring',
  rated: RatedShares = new Map(),
): Map<string, number> {
  const seen = use === 'scoring' ? null : reachedOf(items, responses, seed)
  const out = new Map<string, number>()
  for (const item of items) {
    const value = responses[item.itemVersionId]
    const skipped = (item.scoring.type === 'likert' && !isAnswered(value)) || isUnrated(item, value, rated)
    if ((!seen || seen.has(item.itemVersionId)) && !skipped)
      out.set(item.itemVersionId, responseCategory(item.scoring, value, rated.get(item.itemVersionId)))
  }
  return out
}

/** What a person did with a form, the order in which it was seen taken in. */
export const reachOf = (
  items: readonly Pick<MeasuredItem, 'itemVersionId' | 'stimulusId'>[],
  responses: Record<string, ResponseValue>,
  seed: number,
): Reach => ({
  items: items.length,
  answered: items.filter((i) => isAnswered(responses[i.itemVersionId])).length,
  reached: reachedOf(items, responses, seed).size,
})

/** The items up to the last answer, in the order in which the participant saw them. */
function reachedOf(
  items: readonly Pick<MeasuredItem, 'itemVersionId' | 'stimulusId'>[],
  responses: Record<string, ResponseValue>,
  seed: number,
): Set<string> {
  const order = itemOrder(
    items.map((i) => ({ id: i.itemVersionId, stimulusId: i.stimulusId })),
    seed,
  ).map((i) => i.id)
  return new Set(order.slice(0, order.findLastIndex((id) => isAnswered(responses[id])) + 1))
}

/** Items that are others for the people of these cycles: they changed or leaked since the scale was made. */
export type Renewal = { cycles: ReadonlySet<string>; ids: ReadonlySet<string> }

const RENEWED = '+'
/** The id of an item as the people of the later cycles met it, and the item version behind any id. */
export const renewed = (id: string): string => id + RENEWED
export const versionOf = (id: string): string => (id.endsWith(RENEWED) ? id.slice(0, -RENEWED.length) : id)

/**
 * The response matrix of many attempts, possibly of several forms; items in order of first appearance. With a `renewal` its items stand
 * twice: in a column of their own at the end for the people of the later cycles.
 */
export function matrixOf(
  attempts: readonly Pick<AttemptData, 'formId' | 'seed' | 'responses' | 'rated' | 'cycleCode'>[],
  forms: ReadonlyMap<string, readonly MeasuredItem[]>,
  use: 'calibration' | 'scoring',
  renewal: Renewal | null = null,
): { data: Responses; items: MeasuredItem[] } {
  const met = [...new Map([...forms.values()].flat().map((i) => [i.itemVersionId, i])).values()]
  const again = met.filter((i) => renewal?.ids.has(i.itemVersionId)).map((i) => ({ ...i, itemVersionId: renewed(i.itemVersionId) }))
  const items = [...met, ...again]
  const place = new Map(items.map((i, j) => [i.itemVersionId, j]))
  const cells = new Int8Array(attempts.length * items.length).fill(MISSING)
  attempts.forEach((a, row) => {
    for (const [id, category] of categoriesOf(forms.get(a.formId)!, a.responses ?? {}, a.seed, use, new Map(Object.entries(a.rated ?? {}))))
      cells[row * items.length + place.get(renewal?.cycles.has(a.cycleCode) && renewal.ids.has(id) ? renewed(id) : id)!] = category
  })
  return {
    items,
    data: {
      ids: items.map((i) => i.itemVersionId),
      persons: attempts.length,
      items: items.length,
      cells,
      categories: items.map((i) => topCategory(i.scoring) + 1),
    },
  }
}

/** Phones against computers, by what the browser said of itself. */
const deviceOf = (userAgent: string | null): string | null =>
  userAgent === null ? null : /Android|iPhone|iPad|Mobile/i.test(userAgent) ? 'ponsel' : 'komputer'

/** Kota against kabupaten: the last two digits of a kota's code begin at 71. */
const areaOf = (code: string): string => (Number(code.slice(3)) >= 71 ? 'kota' : 'kabupaten')

function comparisonsOf(attempts: readonly AttemptData[]): GroupComparison[] {
  return [
    {
      key: 'Jenis kelamin',
      reference: 'laki-laki',
      focal: 'perempuan',
      of: attempts.map((a) => (a.sex === 'L' ? 'laki-laki' : a.sex === 'P' ? 'perempuan' : null)),
    },
    { key: 'Status sekolah', reference: 'negeri', focal: 'swasta', of: attempts.map((a) => a.ownership) },
    { key: 'Wilayah', reference: 'kota', focal: 'kabupaten', of: attempts.map((a) => areaOf(a.regionCode)) },
    { key: 'Perangkat', reference: 'ponsel', focal: 'komputer', of: attempts.map((a) => deviceOf(a.userAgent)) },
  ]
}

/** What the analysis needs of these attempts, with a hash of exactly that. */
export function analysisInput(
  attempts: readonly AttemptData[],
  forms: ReadonlyMap<string, readonly MeasuredItem[]>,
  labels: ReadonlyMap<string, string>,
  settings: MeasurementSettings,
): { input: AnalysisInput; dataHash: string } {
  const { data, items } = matrixOf(attempts, forms, 'calibration')
  const options = items.map((i) => optionIds(i.content))
  const choices = new Int8Array(data.cells.length).fill(-1)
  attempts.forEach((a, row) =>
    items.forEach((item, j) => {
      const chosen = a.responses?.[item.itemVersionId]
      if (typeof chosen === 'string') choices[row * items.length + j] = options[j]!.indexOf(chosen)
    }),
  )
  const hash = createHash('sha256')
    .update(JSON.stringify([data.ids, data.categories, items.map((i) => i.scoring), attempts.map((a) => a.formId)]))
    .update(data.cells)
    .update(choices)
  return {
    input: {
      items: items.map((i, j) => ({ id: i.itemVersionId, options: options[j]!, key: keyOf(i.scoring) })),
      data,
      forms: [...forms].map(([id, held]) => ({ id, label: labels.get(id) ?? id, items: held.map((i) => i.itemVersionId) })),
      formOf: attempts.map((a) => a.formId),
      personOf: attempts.map((a) => a.person),
      choices,
      comparisons: comparisonsOf(attempts),
      settings,
    },
    dataHash: hash.digest('hex'),
  }
}
