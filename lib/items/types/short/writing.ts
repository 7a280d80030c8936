import { z } from 'zod'
import { answerFromLine, answerLine, answers, gapFields, textGap } from '../gap-writing'
import { need } from '../../line-model'
import { common, type WritingPart } from '../writing'

const schema = z.strictObject({ ...common, type: z.literal('short'), answers, exact: z.literal(true).optional() })
export type Fields = z.infer<typeof schema>

export const short: WritingPart<'short', Fields> = {
  schema,
  compile: (item, { stem }) => ({
    content: { type: 'short', stem, gaps: [{ id: '1', kind: 'text' }] },
    scoring: { type: 'short', gaps: { 1: textGap(item) } },
  }),
  decompile: (_content, scoring) => gapFields(scoring.gaps['1']!, null),
  hint: 'Satu jawaban yang diterima setiap baris. Jawaban bernilai sebagian didahului persennya, misalnya: 50% | asimilasi. "tepat" membedakan huruf besar.',
  fromLines(reader) {
    const exact = reader.take(/^tepat$/i)
    need(reader.lines.length, 'Tulis sedikitnya satu jawaban.')
    return { answers: reader.lines.map(answerFromLine), ...(exact ? { exact: true } : {}) }
  },
  toLines: (f) =>
    f.answers.some((a) => typeof a !== 'string' && a.exact)
      ? null
      : [...f.answers.map(answerLine), ...(f.exact ? ['tepat'] : [])].join('\n'),
}
