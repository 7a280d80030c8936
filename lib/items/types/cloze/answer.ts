import { lineByLine, type AnswerPart } from '../answer'
import { inGaps } from '../gaps'

export const cloze: AnswerPart<'cloze'> = { ...inGaps, said: lineByLine }
