import { z } from 'zod'
import { letterAt, need } from '../line-reader'
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
    const keys = lines.flatMap((l, i) => (l.startsWith('*') ? [letterAt(i)] : []))
    need(keys.length, 'Belum ada opsi yang ditandai benar. Beri tanda * di depannya.')
    return { options: Object.fromEntries(lines.map((l, i) => [letterAt(i), l.replace(/^\*\s*/, '')])), key: keys, ...rules }
  },
  toLines: (f) =>
    f.points ? null : [...Object.entries(f.options).map(([l, t]) => `${f.key.includes(l) ? '* ' : ''}${t}`), ...ruleLine(f)].join('\n'),
}
