import { z } from 'zod'
import { hidden, joined, need, partsIn, shownAgain } from '../../line-model'
import { common, text, type WritingPart } from '../writing'

const schema = z.strictObject({
  ...common,
  type: z.literal('extended'),
  words: z.number().int().min(0).max(1500).default(0),
  rubric: z.array(z.strictObject({ title: text, levels: z.array(text).min(2).max(6) })).min(1),
})
export type Fields = z.infer<typeof schema>

export const extended: WritingPart<'extended', Fields> = {
  schema,
  compile: (item, { stem }) => ({
    content: { type: 'extended', stem, words: item.words },
    scoring: { type: 'extended', rubric: item.rubric },
  }),
  decompile: (content, scoring) => ({ words: content.words, rubric: scoring.rubric }),
  hint: 'Satu kriteria setiap baris: Ketepatan konsep: salah / sebagian / tepat. Batas kata: "paling banyak 150 kata".',
  fromLines(reader) {
    const most = reader.take(/^paling banyak (\d+) kata$/i)
    const rubric = reader.lines.map((l) => {
      const at = l.search(/(?<!\\):/)
      const levels = at < 0 ? [] : partsIn(l.slice(at + 1))
      need(levels.length >= 2, `Kriteria "${l.slice(0, 30)}" belum mempunyai sedikitnya dua tingkat.`)
      return { title: shownAgain(l.slice(0, at).trim(), ':'), levels }
    })
    need(rubric.length, 'Tulis sedikitnya satu kriteria.')
    return { words: Number(most?.[1] ?? 0), rubric }
  },
  toLines: (f) =>
    [...f.rubric.map((c) => `${hidden(c.title, ':')}: ${joined(c.levels)}`), ...(f.words ? [`paling banyak ${f.words} kata`] : [])].join(
      '\n',
    ),
}
