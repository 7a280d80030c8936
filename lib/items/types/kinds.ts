import type { z } from 'zod'
import type { ItemType } from '../model'
import type { FormatPart } from './format'
import type { Sample } from './sample'
import type { FieldsOf, WritingPart } from './writing'
import { cloze } from './cloze'
import { extended } from './extended'
import { graded } from './graded'
import { hotspot } from './hotspot'
import { hottext } from './hottext'
import { likert } from './likert'
import { matching } from './matching'
import { multiple } from './multiple'
import { numeric } from './numeric'
import { ordering } from './ordering'
import { short } from './short'
import { single } from './single'
import { slider } from './slider'
import { truefalse } from './truefalse'

/** Everything that a folder says of its type beside the answers: writing it, foreign formats, and samples. */
export type Kind<T extends ItemType> = { writing: WritingPart<T>; format: FormatPart<T>; samples: Sample<FieldsOf<T>>[] }

const each = {
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
} satisfies { [T in ItemType]: Kind<T> }

/** One item as people write it (see prisma/bank/README.md). */
export type BankItem = { [T in keyof typeof each]: z.infer<(typeof each)[T]['writing']['schema']> }[keyof typeof each]

const kinds: { [T in ItemType]: Kind<T> } = each

/** What the folder of a type says of it. What it says of answers stands in `answers.ts`, which loads nothing heavy. */
export const kindOf = <T extends ItemType>(type: T): Kind<T> => kinds[type]
