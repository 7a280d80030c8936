import type { AnswerPart } from '../answer'
import { inGaps } from '../gaps'

export const short: AnswerPart<'short'> = { ...inGaps, said: (_scoring, lines) => lines.map((l) => l.words).join('  ·  ') }
