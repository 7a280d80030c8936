import type { ItemType } from '@/lib/items/model'
import { matching, ordering } from './arranging'
import type { Control } from './control'
import { extended } from './extended'
import { cloze, numeric, short } from './gaps'
import { hotspot } from './hotspot'
import { hottext } from './hottext'
import { likert } from './likert'
import { graded, multiple, single } from './options'
import { slider } from './slider'
import { truefalse } from './truefalse'

const controls: { [T in ItemType]: Control<T> } = {
  single,
  multiple,
  truefalse,
  graded,
  likert,
  matching,
  ordering,
  short,
  numeric,
  cloze,
  hottext,
  hotspot,
  extended,
  slider,
}

/** How a participant answers a type. */
export const controlOf = <T extends ItemType>(type: T): Control<T> => controls[type]
