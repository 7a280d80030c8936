import type { AnswerPart } from '../answer'
import { inGaps } from '../gaps'

export const numeric: AnswerPart<'numeric'> = { ...inGaps, said: (_scoring, lines) => lines.map((l) => l.words).join('  ·  ') }
