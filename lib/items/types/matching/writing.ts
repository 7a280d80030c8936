import { z } from 'zod'
import { hidden, letterAt, LineProblem, need, shownAgain } from '../../line-model'
import { named, rule, setKey } from '../set-writing'
import { common, known, letter, options, text, type WritingPart } from '../writing'

const schema = z.strictObject({
  ...common,
  type: z.literal('matching'),
  premises: z.array(text).min(2).max(20),
  choices: options,
  /** The choice of each premise; a list where a premise takes several or none. */
  pairs: z.array(z.union([letter, z.array(letter)])),
  ...rule,
})
export type Fields = z.infer<typeof schema>

export const matching: WritingPart<'matching', Fields> = {
  schema,
  compile(item, tools) {
    if (item.pairs.length !== item.premises.length) tools.bad('banyaknya pasangan tidak sama dengan banyaknya pernyataan kiri')
    known(item.pairs.flat(), item.choices, tools, 'pasangan menunjuk pilihan yang tidak ada')
    const many = item.pairs.some((p) => Array.isArray(p))
    const pairs = item.pairs.flatMap((p, i) => (Array.isArray(p) ? p : [p]).map((choice) => `${i + 1}-${choice}`))
    return {
      content: {
        type: 'matching',
        stem: tools.stem,
        premises: item.premises.map((p, i) => ({ id: String(i + 1), body: tools.body(p) })),
        choices: tools.entries(item.choices),
        ...(many ? { many } : {}),
      },
      scoring: { type: 'matching', ...setKey(pairs, item) },
    }
  },
  decompile(content, key, { inline, words }) {
    const taken = (premise: string) => key.keys.filter((k) => k.startsWith(`${premise}-`)).map((k) => k.slice(premise.length + 1))
    return {
      premises: content.premises.map((p) => inline(p.body)),
      choices: words(content.choices),
      pairs: content.premises.map((p) => (content.many ? taken(p.id) : taken(p.id)[0]!)),
      ...named(key),
    }
  },
  hint: 'Satu pasangan setiap baris: kiri => kanan. Pengecoh kanan: baris yang diawali =>.',
  fromLines({ lines }) {
    const rights: string[] = []
    const premises: string[] = []
    const pairs: string[] = []
    for (const l of lines) {
      const at = l.indexOf('=>')
      if (at < 0) throw new LineProblem(`Baris "${l.slice(0, 30)}" belum memuat tanda =>.`)
      const left = shownAgain(l.slice(0, at).trim(), '=>')
      const right = shownAgain(l.slice(at + 2).trim(), '=>')
      need(right, `Baris "${l.slice(0, 30)}" belum mempunyai pasangan.`)
      if (!rights.includes(right)) rights.push(right)
      if (!left) continue
      premises.push(left)
      pairs.push(letterAt(rights.indexOf(right)))
    }
    need(premises.length >= 2, 'Tulis sedikitnya dua pasangan.')
    // Letters follow the alphabet of the texts, so that their order says nothing about the pairs.
    const order = [...rights].sort((a, b) => a.localeCompare(b, 'id'))
    const renamed = (from: string) => letterAt(order.indexOf(rights[from.charCodeAt(0) - 65]!))
    return { premises, choices: Object.fromEntries(order.map((r, i) => [letterAt(i), r])), pairs: pairs.map(renamed) }
  },
  toLines(f) {
    if (f.points || f.rule || f.pairs.some(Array.isArray)) return null
    const rest = Object.keys(f.choices).filter((c) => !f.pairs.includes(c))
    return [
      ...f.premises.map((p, i) => `${hidden(p, '=>')} => ${f.choices[String(f.pairs[i])]}`),
      ...rest.map((c) => `=> ${f.choices[c]}`),
    ].join('\n')
  },
}
