import { z } from 'zod'
import { decimal, letterAt, LineProblem, need, numberIn } from '../../line-model'
import { checkOptions, common, letter, reasons, text, type WritingPart } from '../writing'

const schema = z.strictObject({
  ...common,
  type: z.literal('graded'),
  options: z.record(letter, z.strictObject({ text, score: z.number().min(-9).max(99) })),
  ...reasons,
})
export type Fields = z.infer<typeof schema>

export const graded: WritingPart<'graded', Fields> = {
  schema,
  compile(item, tools) {
    const scores = Object.values(item.options).map((o) => o.score)
    const top = Math.max(...scores)
    if (top <= 0 || scores.filter((s) => s === top).length !== 1) tools.bad('harus ada tepat satu opsi dengan skor tertinggi')
    checkOptions(item, (o) => item.options[o]!.score === top, tools)
    const each = Object.entries(item.options)
    return {
      content: { type: 'graded', stem: tools.stem, options: tools.entries(Object.fromEntries(each.map(([k, o]) => [k, o.text]))) },
      scoring: { type: 'graded', scores: Object.fromEntries(each.map(([k, o]) => [k, o.score])) },
    }
  },
  decompile(content, { scores }, { words }) {
    const texts = words(content.options)
    return { options: Object.fromEntries(content.options.map((o) => [o.id, { text: texts[o.id]!, score: scores[o.id] ?? 0 }])) }
  },
  hint: 'Satu opsi setiap baris, didahului skornya, misalnya: 3 | Mengajak bicara berdua.',
  fromLines({ lines }) {
    const options = lines.map((l) => {
      const m = /^([-−]?\d+(?:[.,]\d+)?)\s*\|\s*(.+)$/.exec(l)
      if (!m) throw new LineProblem(`Baris "${l.slice(0, 30)}" belum didahului skor dan tanda |.`)
      return { text: m[2]!, score: numberIn(m[1]!) }
    })
    need(options.length >= 2, 'Tulis sedikitnya dua opsi.')
    return { options: Object.fromEntries(options.map((o, i) => [letterAt(i), o])) }
  },
  toLines: (f) =>
    Object.values(f.options)
      .map((o) => `${decimal(o.score)} | ${o.text}`)
      .join('\n'),
}
