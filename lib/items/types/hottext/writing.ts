import { z } from 'zod'
import { hotIds } from '../../hot'
import { need } from '../../line-model'
import { named, rule, setKey } from '../set-writing'
import { common, type WritingPart } from '../writing'

const schema = z.strictObject({
  ...common,
  type: z.literal('hottext'),
  key: z.array(z.string()).min(1),
  most: z.number().int().min(0).default(0),
  ...rule,
})
export type Fields = z.infer<typeof schema>

export const hottext: WritingPart<'hottext', Fields> = {
  schema,
  compile(item, { stem, bad }) {
    const hot = hotIds(stem)
    if (item.key.some((k) => !hot.includes(k))) bad('kunci tidak ada di antara kata yang dapat dipilih')
    return {
      content: { type: 'hottext', stem, most: item.most },
      scoring: { type: 'hottext', ...setKey(item.key, item), options: hot },
    }
  },
  decompile: (content, key) => ({ key: key.keys, most: content.most, ...named(key) }),
  hint: 'Tandai kata di dalam soal seperti [[A|kata]], lalu tulis kuncinya di sini, misalnya: A, C. Batas: "paling banyak 2".',
  fromLines(reader) {
    const most = reader.take(/^paling banyak (\d+)$/i)
    const key = reader.lines
      .join(' ')
      .split(/[\s,;]+/)
      .filter(Boolean)
    need(key.length, 'Tulis huruf kata yang menjadi kunci, misalnya: A, C.')
    return { key, most: Number(most?.[1] ?? 0) }
  },
  toLines: (f) => (f.points || f.rule ? null : [f.key.join(', '), ...(f.most ? [`paling banyak ${f.most}`] : [])].join('\n')),
}
