import { z } from 'zod'
import { LIKERT_SCALE } from '../../model'
import { need } from '../../line-model'
import { common, type WritingPart } from '../writing'

const schema = z.strictObject({ ...common, type: z.literal('likert'), reversed: z.boolean() })
export type Fields = z.infer<typeof schema>

export const likert: WritingPart<'likert', Fields> = {
  schema,
  compile: (item, { stem }) => ({
    content: { type: 'likert', stem, scale: LIKERT_SCALE },
    scoring: { type: 'likert', reversed: item.reversed, points: LIKERT_SCALE.length },
  }),
  decompile(content, scoring) {
    if (content.scale.join() !== LIKERT_SCALE.join()) throw new Error('a Likert item with another scale cannot be written')
    return { reversed: scoring.reversed }
  },
  hint: 'Tulis "searah" atau "terbalik".',
  fromLines({ lines }) {
    const word = lines[0] ?? ''
    need(/^(searah|terbalik)$/i.test(word), 'Tulis "searah" atau "terbalik".')
    return { reversed: /terbalik/i.test(word) }
  },
  toLines: (f) => (f.reversed ? 'terbalik' : 'searah'),
}
