import type { FormatPart } from '../format'
import { correct, declaration, mapping, template } from '../../formats/qti/write-scoring'
import { decimal } from '../../line-model'
import { exampleOptions, needCell, numberOf } from '../table-cells'
import type { Fields } from './writing'

export const graded: FormatPart<'graded'> = {
  qti: (content, { scores }, pen) => {
    const best = Object.entries(scores).sort((a, b) => b[1] - a[1])[0]![0]
    return {
      declared: declaration('RESPONSE', 'single', 'identifier', correct([best]) + mapping(Object.entries(scores), {})),
      body: pen.choices(content, 1),
      processing: template('map_response'),
      label: 'graded',
    }
  },
  interactions: {},
  moodle: (content, { scores }, pen) => {
    const top = Math.max(...Object.values(scores))
    return {
      kind: 'multichoice',
      body: pen.choice(content.options, (id) => Math.max(0, scores[id] ?? 0) / top, true),
      tags: [`petaguru:graded ${content.options.map((o) => scores[o.id] ?? 0).join(',')}`],
    }
  },
  table: {
    example: {
      stem: 'Apa yang sebaiknya Anda lakukan?',
      options: exampleOptions('diam', 'bertanya', 'menegur'),
      rows: [],
      key: 'A=0; B=2; C=1',
    },
    read: ({ options, key }) => {
      const scores = new Map([...key.matchAll(/([A-Ha-h])\s*[=:]\s*(-?[\d.,]+)/g)].map((m) => [m[1]!.toUpperCase(), numberOf(m[2]!)]))
      needCell(
        Object.keys(options).every((l) => scores.has(l)),
        'Skor ditulis untuk setiap opsi, seperti "A=0; B=3; C=1".',
      )
      return { options: Object.fromEntries(Object.entries(options).map(([l, words]) => [l, { text: words, score: scores.get(l) }])) }
    },
    write: (f: Fields) => ({
      options: Object.fromEntries(Object.entries(f.options).map(([l, o]) => [l, o.text])),
      key: Object.entries(f.options)
        .map(([l, o]) => `${l}=${decimal(o.score)}`)
        .join('; '),
    }),
  },
}
