import type { FormatPart } from '../format'
import { text } from '../../formats/moodle/pen'
import { premiseId } from '../../formats/qti/pen'
import { correct, declaration, mapping, template } from '../../formats/qti/write-scoring'
import { xmlText } from '../../formats/xml'
import { bareCell, needCell } from '../table-cells'
import type { Fields } from './writing'

export const truefalse: FormatPart<'truefalse'> = {
  qti: (content, scoring, pen) => {
    const rows = Object.entries(scoring.keys)
    const pair = (id: string, yes: boolean) => `${premiseId(id)} ${yes ? 'A' : 'B'}`
    const points = rows.flatMap(([id, key]): [string, number][] => [
      [pair(id, key), 1 / rows.length],
      [pair(id, !key), -1 / rows.length],
    ])
    const labels = content.labels.map((v, i) => ({ id: 'AB'[i]!, body: [{ t: 'text' as const, v }] }))
    return {
      declared: declaration(
        'RESPONSE',
        'multiple',
        'directedPair',
        correct(rows.map(([id, key]) => pair(id, key))) + mapping(points, { lower: 0, upper: 1 }),
      ),
      body: pen.matching(content, content.statements, labels, false),
      processing: template('map_response'),
      label: 'truefalse',
    }
  },
  interactions: {},
  moodle: (content, { keys }, pen) => {
    const label = (yes: boolean | undefined) => text(xmlText(content.labels[yes ? 0 : 1]))
    const rows = content.statements.map(
      (s) => `<subquestion format="html">${text(pen.write.inline(s.body))}<answer>${label(keys[s.id])}</answer></subquestion>`,
    )
    const unused = [true, false].filter((v) => !Object.values(keys).includes(v))
    const rest = unused.map((v) => `<subquestion format="html"><text></text><answer>${label(v)}</answer></subquestion>`)
    return {
      kind: 'matching',
      body: `<shuffleanswers>true</shuffleanswers>${[...rows, ...rest].join('')}`,
      tags: [`petaguru:truefalse ${content.labels.join('|')}`],
    }
  },
  table: {
    example: { stem: 'Tentukan benar atau salah.', options: {}, rows: ['\\(2 + 2 = 4\\)', 'Air membeku pada 10 °C.'], key: 'B, S' },
    read: ({ options, rows, key }) => {
      const truths =
        key
          .toUpperCase()
          .match(/[A-Z]+/g)
          ?.map((w) => w.startsWith('B') || w === 'YA' || w.startsWith('SE')) ?? []
      needCell(
        truths.length === rows.length,
        `Kunci memuat ${truths.length} tanda, pernyataan ada ${rows.length}. Tulis B atau S untuk setiap pernyataan.`,
      )
      // Labels are words without any writing of ours.
      const labels = options.A && options.B ? { labels: [bareCell(options.A), bareCell(options.B)] } : {}
      return { statements: rows.map((words, i) => ({ text: words, key: truths[i] })), ...labels }
    },
    write: (f: Fields) => ({
      rows: f.statements.map((s) => s.text),
      ...(f.labels ? { options: { A: f.labels[0], B: f.labels[1] } } : {}),
      key: f.statements.map((s) => (s.key ? 'B' : 'S')).join(', '),
    }),
  },
}
