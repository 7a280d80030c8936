import type { ItemType, ResponseValue } from '../model'
import type { FieldsOf } from './writing'

/** Ways out of the house that an item may not fit, each with the reason that is told. */
export type Formats = 'moodle' | 'xlsx'

/** A whole item of a type, as people write it, and what tests want to know of it. Every way to give credit has one. */
export type Sample<F extends FieldsOf<ItemType>> = {
  item: F
  /** A response that answers it in part, or wholly where it has one part. */
  some: ResponseValue
  /** The formats that cannot hold it, with the reason; `lines`: the editor's lines cannot say it. */
  left?: Partial<Record<Formats, string>> & { lines?: true }
}

/** What every sample is about. */
export const about = { indicator: '4.1.1', domain: 'X', level: 'L2' as const, rationale: 'Karena begitu menurut definisinya.' }
