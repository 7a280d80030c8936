import type { ItemType } from '../model'
import type { AnswerPart } from './answer'
import { cloze } from './cloze/answer'
import { extended } from './extended/answer'
import { graded } from './graded/answer'
import { hotspot } from './hotspot/answer'
import { hottext } from './hottext/answer'
import { likert } from './likert/answer'
import { matching } from './matching/answer'
import { multiple } from './multiple/answer'
import { numeric } from './numeric/answer'
import { ordering } from './ordering/answer'
import { short } from './short/answer'
import { single } from './single/answer'
import { slider } from './slider/answer'
import { truefalse } from './truefalse/answer'

const parts: { [T in ItemType]: AnswerPart<T> } = {
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

/** What the folder of a type says of its answers. */
export const answersOf = <T extends ItemType>(type: T): AnswerPart<T> => parts[type]
