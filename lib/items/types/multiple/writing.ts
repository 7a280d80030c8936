import { z } from 'zod'
import { choiceFrom, choiceLine, letterAt, need } from '../../line-model'
import { named, rule, ruleLine, setKey } from '../set-writing'
import { checkOptions, common, known, letter, options, reasons, type WritingPart } from '../writing'

const schema = z.strictObject({ ...common, type: z.literal('multiple'), options, key: z.array(letter).min(1), ...rule, ...reasons })
export type Fields = z.infer<typeof schema>

export const multiple: WritingPart<'multiple', Fields> = {
  schema,
  compile(item, tools) {
    known(item.key, item.options, tools)
    if (!item.rule && !item.points && new Set(item.key).size >= Object.keys(item.options).length) tools.bad('semua opsi menjadi kunci')
    checkOptions(item, (o) => item.key.includes(o), tools)
    return {
      content: { type: 'multiple', stem: tools.stem, options: tools.entries(item.options) },
      scoring: { type: 'multiple', ...setKey(item.key, item), options: Object.keys(item.options).sort() },
    }
  },
  decompile: (content, scoring, { words }) => ({ options: words(content.options), key: scoring.keys, ...named(scoring) }),
  hint: 'Satu opsi setiap baris. Beri tanda * di depan setiap opsi yang benar. Baris "semua atau nol" meniadakan nilai sebagian.',
  fromLines(reader) {
    const rules = reader.rule()
    const { lines } = reader
    need(lines.length >= 2, 'Tulis sedikitnya dua opsi, satu setiap baris.')
    const choices = lines.map(choiceFrom)
    const keys = choices.flatMap((c, i) => (c.key ? [letterAt(i)] : []))
    need(keys.length, 'Belum ada opsi yang ditandai benar. Beri tanda * di depannya.')
    return { options: Object.fromEntries(choices.map((c, i) => [letterAt(i), c.text])), key: keys, ...rules }
  },
  toLines: (f) =>
    f.points ? null : [...Object.entries(f.options).map(([l, t]) => choiceLine(t, f.key.includes(l))), ...ruleLine(f)].join('\n'),
}
