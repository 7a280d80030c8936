import { z } from 'zod'
import { choiceFrom, choiceLine, letterAt, need } from '../../line-model'
import { checkOptions, common, known, letter, options, reasons, type WritingPart } from '../writing'

const schema = z.strictObject({ ...common, type: z.literal('single'), options, key: letter, ...reasons })
export type Fields = z.infer<typeof schema>

export const single: WritingPart<'single', Fields> = {
  schema,
  compile(item, tools) {
    known([item.key], item.options, tools)
    checkOptions(item, (o) => o === item.key, tools)
    return {
      content: { type: 'single', stem: tools.stem, options: tools.entries(item.options) },
      scoring: { type: 'single', key: item.key },
    }
  },
  decompile: (content, scoring, { words }) => ({ options: words(content.options), key: scoring.key }),
  hint: 'Satu opsi setiap baris. Beri tanda * di depan opsi yang benar.',
  fromLines({ lines }) {
    need(lines.length >= 2, 'Tulis sedikitnya dua opsi, satu setiap baris.')
    const choices = lines.map(choiceFrom)
    const keys = choices.flatMap((c, i) => (c.key ? [letterAt(i)] : []))
    need(keys.length, 'Belum ada opsi yang ditandai benar. Beri tanda * di depannya.')
    need(
      keys.length === 1,
      'Dua opsi ditandai benar. Pilihan ganda hanya punya satu kunci; gunakan pilihan ganda kompleks bila memang dua.',
    )
    return { options: Object.fromEntries(choices.map((c, i) => [letterAt(i), c.text])), key: keys[0] }
  },
  toLines: (f) =>
    Object.entries(f.options)
      .map(([l, t]) => choiceLine(t, l === f.key))
      .join('\n'),
}
