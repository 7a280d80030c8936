import { z } from 'zod'
import { LineProblem, need } from '../../line-model'
import { common, text, type WritingPart } from '../writing'

const schema = z.strictObject({
  ...common,
  type: z.literal('truefalse'),
  statements: z
    .array(z.strictObject({ text, key: z.boolean() }))
    .min(2)
    .max(10),
  labels: z.tuple([text, text]).optional(),
})
export type Fields = z.infer<typeof schema>

export const truefalse: WritingPart<'truefalse', Fields> = {
  schema,
  compile: (item, { stem, body }) => ({
    content: {
      type: 'truefalse',
      stem,
      statements: item.statements.map((s, i) => ({ id: String(i + 1), body: body(s.text) })),
      labels: item.labels ?? ['Benar', 'Salah'],
    },
    scoring: { type: 'truefalse', keys: Object.fromEntries(item.statements.map((s, i) => [String(i + 1), s.key])) },
  }),
  decompile(content, { keys }, { inline }) {
    const plain = content.labels[0] === 'Benar' && content.labels[1] === 'Salah'
    return {
      statements: content.statements.map((s) => ({ text: inline(s.body), key: keys[s.id]! })),
      ...(plain ? {} : { labels: content.labels }),
    }
  },
  hint: 'Satu pernyataan setiap baris, didahului B (benar) atau S (salah), misalnya: B | Air membeku pada 0 °C. Label lain: "label: Sesuai / Tidak sesuai".',
  fromLines(reader) {
    const labels = reader.take(/^label\s*:\s*(.+?)\s*\/\s*(.+)$/i)
    const statements = reader.lines.map((l) => {
      const m = /^([BS])\s*\|\s*(.+)$/i.exec(l)
      if (!m) throw new LineProblem(`Baris "${l.slice(0, 30)}" belum didahului B | atau S |.`)
      return { text: m[2]!, key: m[1]!.toUpperCase() === 'B' }
    })
    need(statements.length >= 2, 'Tulis sedikitnya dua pernyataan.')
    return { statements, ...(labels ? { labels: [labels[1]!, labels[2]!] } : {}) }
  },
  toLines: (f) =>
    [...f.statements.map((s) => `${s.key ? 'B' : 'S'} | ${s.text}`), ...(f.labels ? [`label: ${f.labels.join(' / ')}`] : [])].join('\n'),
}
