import type { FormatPart } from '../format'
import { Left, text } from '../../formats/moodle/pen'
import { pairId } from '../../formats/qti/pen'
import { setDeclaration } from '../../formats/qti/write-scoring'
import { exampleOptions, needCell } from '../table-cells'
import type { Fields } from './writing'

export const matching: FormatPart<'matching'> = {
  qti: (content, scoring, pen) => ({
    ...setDeclaration(scoring, [], pairId, 'directedPair', false, false),
    body: pen.matching(content, content.premises, content.choices, content.many ?? false),
  }),
  interactions: {},
  moodle: (content, key, pen) => {
    if (content.many || key.points) throw new Left('menjodohkan dengan beberapa pasangan')
    const chosen = content.premises.map((p) => key.keys.find((k) => k.startsWith(`${p.id}-`))!.slice(p.id.length + 1))
    const rest = content.choices.filter((c) => !chosen.includes(c.id))
    const body = (id: string) => pen.write.inline(content.choices.find((c) => c.id === id)!.body)
    const rows = content.premises.map(
      (p, i) => `<subquestion format="html">${text(pen.write.inline(p.body))}<answer>${text(body(chosen[i]!))}</answer></subquestion>`,
    )
    const extra = rest.map((c) => `<subquestion format="html"><text></text><answer>${text(body(c.id))}</answer></subquestion>`)
    const letters = [...new Set([...chosen, ...rest.map((c) => c.id)])].join('')
    return {
      kind: 'matching',
      body: `<shuffleanswers>true</shuffleanswers>${[...rows, ...extra].join('')}`,
      tags: [`petaguru:matching ${letters}`, ...(key.rule ? ['aturan:all'] : [])],
    }
  },
  table: {
    example: {
      stem: 'Jodohkan kata dengan lawannya.',
      options: exampleOptions('rendah', 'sempit', 'dangkal'),
      rows: ['tinggi', 'luas'],
      key: '1-A; 2-B',
    },
    read: ({ options, rows, key }) => {
      const pairs = new Map([...key.matchAll(/(\d)\s*[-=:]\s*([A-Ha-h])/g)].map((m) => [Number(m[1]), m[2]!.toUpperCase()]))
      needCell(pairs.size === rows.length, 'Kunci menjodohkan ditulis seperti "1-C; 2-A", satu pasangan untuk setiap pernyataan.')
      return { premises: rows, choices: options, pairs: rows.map((_, i) => pairs.get(i + 1)) }
    },
    write: (f: Fields) => {
      if (f.points) return { left: 'bobot opsinya tersendiri' }
      if (f.rule || f.pairs.some((p) => Array.isArray(p))) return { left: 'aturan menjodohkannya tersendiri' }
      return { rows: f.premises, options: f.choices, key: f.pairs.map((p, i) => `${i + 1}-${String(p)}`).join('; ') }
    },
  },
}
