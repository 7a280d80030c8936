import { parseInline } from '@/lib/items/markup'
import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import * as forms from './form-store'
import * as store from './store'

export async function instruments(actor: Actor) {
  allow(actor, 'instrument:read')
  return store.listInstruments()
}

/** One instrument with its newest form, keys and rationales: for those who may read instruments only. */
export async function instrumentView(actor: Actor, code: string) {
  allow(actor, 'instrument:read')
  const instrument = await store.findInstrument(code)
  if (!instrument) return null
  const form = await forms.findForm(instrument.competencyCode, instrument.subjectId)
  const [items, nodes] = await Promise.all([form ? store.formItems(form.formId) : [], store.frameworkNodes()])
  return {
    instrument,
    items: items.map((i) => ({ ...i, rationaleNodes: parseInline(i.rationale) })),
    nodes: new Map(nodes.map((n) => [n.code, n.title])),
  }
}

/** A picture or sound of an item by the hash of its bytes, for whoever is logged in: only who has seen the item knows the hash. */
export const media = (_actor: Actor, hash: string) => store.findMedia(hash)

export type { FormRow } from './form-store'
export type { FormItemRow } from './store'
export { correctKey } from './corrections'
export {
  myReviews,
  rateRelevance,
  relevanceAnchors,
  reviewPage,
  validityDecisionNames,
  validityPage,
  FEWEST_EXPERTS,
  type ValidityDecision,
} from './validity-service'
export {
  editor,
  itemPage,
  itemStateNames,
  itemStates,
  keepMedia,
  lineHints,
  moveItem,
  previewItem,
  readyStates,
  reviewItem,
  saveItem,
  workshop,
  type Draft,
  type ItemState,
  type Preview,
} from './workshop-service'
export { previewItems, type ImportPreview, type PreviewItem } from './preview-service'
export { markItem } from './marks-service'
export { endTask, giveTask, myTasks } from './task-service'
export { changeDomains, changeFramework, domainPage, frameworkPage, type OutlineHistory } from './outline-service'
export {
  bookOf,
  exportFormats,
  exportItems,
  importItems,
  itemTemplate,
  printableForms,
  MOST_PACKED,
  type ExportFormat,
  type Exported,
  type ImportRow,
} from './exchange-service'
